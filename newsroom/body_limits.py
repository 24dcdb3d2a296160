"""Refuse bodies that are too large, before anything parses them.

Django parses a body when a view or the check of the CSRF token asks for `request.POST`. A
urlencoded one costs eighty times its size in memory, a multipart one a few times. So urlencoded
bodies are small (the desk sends long forms as multipart), and so is all that comes without a login.
"""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.translation import gettext

from articles.accounts import devices
from articles.views import errors

from .middleware import DESK

KB, MB = 1024, 1024 * 1024
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
# The largest body of each kind in bytes: without a login, and of a member.
LIMITS = {URLENCODED: (256 * KB, MB), MULTIPART: (2 * MB, 110 * MB)}
# Such as JSON; the views themselves say what they take.
OTHER = (MB, 40 * MB)


class BodyLimitMiddleware:
    """Answers 413 to a body over the limits, and 411 to one that does not say how long it is.

    It stands after the login is known and before anything reads a body. No query, unless a body
    is larger than is taken without a login, from a browser in which nobody has logged in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return refusal(request) or self.get_response(request)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a body that is not taken, if it is not.

    Two queries where the size asks for a login: the session and the member.
    """
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return _page(request, 411, gettext("The length of what is sent must be told."))
    size = content_length(request)
    stranger, member = LIMITS.get(request.content_type, OTHER)
    if size <= stranger:
        return None
    # A login that has just ended loses no text: the desk hands back what is sent.
    if not (devices.is_known(request) or _is_member(request)):
        return _page(request, 413, _words_without_login(stranger))
    return _page(request, 413, _words(request, member)) if size > member else None


def _is_member(request: HttpRequest) -> bool:
    """Tell whether a member asks; no, while the database does not answer. Two queries."""
    try:
        return request.user.is_authenticated
    except (OperationalError, InterfaceError):
        return False


def content_length(request: HttpRequest) -> int:
    """Return the bytes that a request says it has; 0 where it says nothing that makes sense."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def _words(request: HttpRequest, limit: int) -> str:
    if request.content_type != URLENCODED:
        return gettext(
            "The desk takes %(limit)s MB at once. Nothing was stored. Go back in the browser, "
            "where your text still is, and send it in parts."
        ) % {"limit": _megabytes(limit)}
    return gettext(
        "A form that was opened before the desk was renewed takes %(limit)s MB. Nothing was "
        "stored. Go back in the browser, where your text still is, copy it, and send it by a "
        "page that is opened anew."
    ) % {"limit": _megabytes(limit)}


def _words_without_login(limit: int) -> str:
    return gettext(
        "You are not logged in, and without a login the desk takes %(limit)s MB. Nothing was "
        "stored. Log in in another window, then go back in this one, where your text still is, "
        "and send it again."
    ) % {"limit": _megabytes(limit)}


def _megabytes(size: int) -> str:
    return localize(round(size / MB, 2))


def _page(request: HttpRequest, status: int, words: str) -> HttpResponse:
    is_desk = request.path_info.startswith(DESK)
    template = "admin/error.html" if is_desk else errors.TEMPLATE
    return errors.plain(status, gettext("Too much at once"), words, template)
