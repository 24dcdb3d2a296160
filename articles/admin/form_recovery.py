"""Form recovery: forms posted after the login expired or changed, or while the database is down.

Django would drop such a form. Here its fields come back in a page that says what happened, shows
the text, and carries every field in one hidden one, `handback`. Sent again from there to the same
address, with a login where one is missing, the form is saved as usual. Works without JavaScript.
Passwords never come back, and files cannot.
"""

import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import login
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refuse

from articles.content import article_html, sanitizer
from articles.editing.autosave_content import form_pairs, posted_pairs
from articles.models.working_copy import Pairs

from .login import LoginForm

FIELD = "handback"
# Up to this many characters a field is shown with others.
SHORT = 200


def recover(request: HttpRequest, site: admin.AdminSite, view: Callable) -> HttpResponse:
    """Answer a form that was posted without a login, or again from the recovery page."""
    pairs = _posted(request)
    if FIELD in request.POST:
        return _resume(request, site, pairs, view)
    return _recovery_page(request, site, pairs)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Recover a form of our own whose CSRF token is stale; refuse any other (403)."""
    if not request.path.startswith(reverse("admin:index")) or not _is_ours(request):
        return refuse(request, reason=reason)
    if request.path == reverse("admin:login"):
        return HttpResponseRedirect(request.get_full_path())
    return _recovery_page(request, admin.site, _posted(request))


def recover_form(request: HttpRequest, *, status: int, lead: str) -> HttpResponse | None:
    """Recover a form that could not be saved; `lead` says why.

    None for anything but a form of the desk, sent by a page of ours. No query: the database may
    be what fails, so the page knows no member and shows no navigation.
    """
    if request.method != "POST" or not _is_at_desk(request) or not _is_ours(request):
        return None
    try:
        pairs = _posted(request)
    except (OSError, SuspiciousOperation, BadRequest):  # broken off, too large, damaged
        return None
    context = _context(request, pairs) | {"lead": lead, "csrf_token": get_token(request)}
    # Without the request nothing in the page asks who is logged in or for messages.
    return _answer(render_to_string("admin/form_recovery.html", context), status=status)


def ask_first(request: HttpRequest, address: str, *, lead: str, label: str) -> HttpResponse:
    """Lead to what must be done before anything else; a form comes back with all its words.

    `lead` says so, with `{}` for the link to `address`; from there it leads on to where one was
    going. No query.
    """
    link = format_html('<a href="{}" target="_blank">{}</a>', address, label)
    kept = recover_form(request, status=403, lead=format_html(lead, link))
    path = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return kept or HttpResponseRedirect(f"{address}?{urlencode({'next': path})}")


def _resume(request: HttpRequest, site: admin.AdminSite, pairs: Pairs, view) -> HttpResponse:
    """Log in if a login came along, then let the view see the recovered form."""
    if "username" in request.POST:
        form = LoginForm(request, request.POST)
        if not form.is_valid():
            return _recovery_page(request, site, pairs, form=form)
        login(request, form.get_user())
    if not site.has_permission(request):
        return _recovery_page(request, site, pairs)
    request.POST = _as_post(pairs)
    try:
        return view()
    except PermissionDenied:
        return _recovery_page(request, site, pairs, form=_other_login(request))


def _other_login(request: HttpRequest) -> LoginForm:
    """Return the login form that asks for an account that may do what was refused."""
    form = LoginForm(request, {"username": request.user.get_username()})
    form.errors.clear()
    form.add_error(None, _("This account may not do this. Log in with another one."))
    return form


def _recovery_page(request, site, pairs: Pairs, *, form=None) -> HttpResponse:
    """Return the page that carries the fields, with a login form where one is needed."""
    if form is None and not site.has_permission(request):
        form = LoginForm(request)
    context = site.each_context(request) | _context(request, pairs) | {"form": form}
    return _answer(render_to_string("admin/form_recovery.html", context, request), status=403)


def _context(request: HttpRequest, pairs: Pairs) -> dict:
    """Return what the page needs to show the fields and to send them again. No query."""
    return {
        "site_title": admin.site.site_title,
        "site_header": admin.site.site_header,
        "title": _("Your text is safe"),
        "address": request.get_full_path(),
        "held": json.dumps(pairs, ensure_ascii=False),
        "texts": _texts([value for name, value in pairs if _is_words(name, value)]),
        "has_files": bool(request.FILES),
    }


def _answer(page: str, *, status: int) -> HttpResponse:
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


def _posted(request: HttpRequest) -> Pairs:
    """Return the fields to recover, in order: those posted, or those of the recovery page."""
    if FIELD not in request.POST:
        return posted_pairs(request.POST)
    try:
        return form_pairs(json.loads(request.POST[FIELD]))
    except (ValueError, TypeError) as error:
        raise BadRequest("The form of the recovery page is damaged.") from error


def _as_post(pairs: Pairs) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    return post


def _is_words(name: str, value: str) -> bool:
    """Tell whether a field holds words worth showing, rather than a number or a key."""
    return not name.startswith("_") and (len(value) > 30 or not value.isascii())


def _texts(values: list[str]) -> list[str]:
    """Return what was typed, for copying: short fields together, then each long one."""
    plain = [
        article_html.words(sanitizer.sanitize(value)) if "</p>" in value else value
        for value in values
    ]
    short = "\n".join(value for value in plain if len(value) <= SHORT)
    return [text for text in (short, *(value for value in plain if len(value) > SHORT)) if text]


def _is_at_desk(request: HttpRequest) -> bool:
    """Tell whether a request is for a page of the desk other than those of the login."""
    login_views = (reverse("admin:login"), reverse("admin:logout"))
    return request.path.startswith(reverse("admin:index")) and request.path not in login_views


def _is_ours(request: HttpRequest) -> bool:
    """Tell whether a page of this site sent the request, by what the browser says."""
    sent = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    origin = f"{sent.scheme}://{sent.netloc}"
    ours = f"{request.scheme}://{request.get_host()}"
    return origin == ours or origin in settings.CSRF_TRUSTED_ORIGINS
