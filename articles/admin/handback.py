"""Text handed back: a form that arrives after the login has expired, or was renewed elsewhere,
or that meets a database that is out of reach.

Django would drop such a form. Here its fields come back in a page that says what happened,
shows the text, and carries every field in one hidden one, `handback`. Sent again from there to
the same address, with a login where one is missing, the form is stored as if nothing had been.
Needs no JavaScript. Passwords are never handed back, and files cannot be.
"""

import json
from functools import update_wrapper
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import login
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refuse

from articles import body, cleaning

from .login import LoginForm

FIELD = "handback"
# Up to this many characters a field is shown with others.
SHORT = 200
Pairs = list[tuple[str, str]]


def guard(view, site: admin.AdminSite):
    """Return a view of the desk to which a form sent without a login is not lost."""

    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST" or request.path == reverse("admin:logout"):
            return view(request, *args, **kwargs)
        if FIELD in request.POST:
            return _resume(request, site, lambda: view(request, *args, **kwargs))
        if not site.has_permission(request):
            return _hand_back(request, site, _posted(request))
        return view(request, *args, **kwargs)

    return update_wrapper(guarded, view)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Hand back a form of our own whose token is stale; refuse any other (403)."""
    if not request.path.startswith(reverse("admin:index")) or not _is_ours(request):
        return refuse(request, reason=reason)
    if request.path == reverse("admin:login"):
        return HttpResponseRedirect(request.get_full_path())
    return _hand_back(request, admin.site, _posted(request))


def salvage(request: HttpRequest, *, status: int, lead: str) -> HttpResponse | None:
    """Hand back a form that could not be stored; `lead` says why.

    None where nothing was typed at the desk, or not on a page of ours. No query: the database
    may be what is out of order, so the page knows nobody and shows no navigation.
    """
    entrances = (reverse("admin:login"), reverse("admin:logout"))
    at_desk = request.path.startswith(reverse("admin:index")) and request.path not in entrances
    if request.method != "POST" or not at_desk or not _is_ours(request):
        return None
    try:
        pairs = _posted(request)
    except (OSError, SuspiciousOperation, BadRequest):  # broken off, too large, damaged
        return None
    context = _kept(request, pairs) | {"lead": lead, "csrf_token": get_token(request)}
    # Without the request nothing in the page asks who is logged in or for messages.
    return _answer(render_to_string("admin/handback.html", context), status=status)


def _resume(request: HttpRequest, site: admin.AdminSite, view) -> HttpResponse:
    """Log in if a login came along, then let the view see the form that was handed back."""
    pairs = _posted(request)
    if "username" in request.POST:
        form = LoginForm(request, request.POST)
        if not form.is_valid():
            return _hand_back(request, site, pairs, form=form)
        login(request, form.get_user())
    if not site.has_permission(request):
        return _hand_back(request, site, pairs)
    request.POST = _as_post(pairs)
    try:
        return view()
    except PermissionDenied:
        form = LoginForm(request, {"username": request.user.get_username()})
        form.errors.clear()
        form.add_error(None, _("This account may not do this. Log in with another one."))
        return _hand_back(request, site, pairs, form=form)


def _hand_back(request, site, pairs: Pairs, *, form=None) -> HttpResponse:
    """Return the page that carries the fields, with a login form where one is needed."""
    if form is None and not site.has_permission(request):
        form = LoginForm(request)
    context = site.each_context(request) | _kept(request, pairs) | {"form": form}
    return _answer(render_to_string("admin/handback.html", context, request), status=403)


def _kept(request: HttpRequest, pairs: Pairs) -> dict:
    """Return what the page needs to show the fields and to send them again. No query."""
    return {
        "site_title": admin.site.site_title,
        "site_header": admin.site.site_header,
        "title": _("Your text is safe"),
        "address": request.get_full_path(),
        "held": json.dumps(pairs, ensure_ascii=False),
        "texts": _texts([value for name, value in pairs if _is_words(name, value)]),
        "has_files": bool(request.FILES),
        "is_nav_sidebar_enabled": False,
    }


def _answer(page: str, *, status: int) -> HttpResponse:
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


def _posted(request: HttpRequest) -> Pairs:
    """Return the fields to hand back, in order: those posted, or those handed back before."""
    if FIELD in request.POST:
        pairs = _unpacked(request.POST[FIELD])
    else:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [pair for pair in pairs if not _is_secret(pair[0])]


def _unpacked(held: str) -> Pairs:
    try:
        return [(str(name), str(value)) for name, value in json.loads(held)]
    except (ValueError, TypeError) as fault:
        raise BadRequest("The form that was handed back is damaged.") from fault


def _as_post(pairs: Pairs) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    post._mutable = False
    return post


def _is_secret(name: str) -> bool:
    return "password" in name or name == "csrfmiddlewaretoken"


def _is_words(name: str, value: str) -> bool:
    """Tell whether a field holds words worth showing, rather than a number or a key."""
    return not name.startswith("_") and (len(value) > 30 or not value.isascii())


def _texts(values: list[str]) -> list[str]:
    """Return what was typed, for copying: short fields together, then each long one."""
    plain = [body.words(cleaning.clean(value)) if "</p>" in value else value for value in values]
    short = "\n".join(value for value in plain if len(value) <= SHORT)
    return [text for text in (short, *(value for value in plain if len(value) > SHORT)) if text]


def _is_ours(request: HttpRequest) -> bool:
    """Tell whether a page of this site sent the request, by what the browser says."""
    sent = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    origin = f"{sent.scheme}://{sent.netloc}"
    ours = f"{request.scheme}://{request.get_host()}"
    return origin == ours or origin in settings.CSRF_TRUSTED_ORIGINS
