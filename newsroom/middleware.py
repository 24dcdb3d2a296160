"""Middleware: the client's address, isolation headers, read-only addresses, session lifetime."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

from articles import ledger
from articles.accounts import browsers, devices
from articles.accounts.sessions import LONGEST

DESK = "/admin/"


class ClientAddressMiddleware:
    """Sets `REMOTE_ADDR` to the address of who asked, where proxies stand in front.

    Each proxy appends to X-Forwarded-For who asked it: of `TRUSTED_PROXIES` proxies the entry of
    the outermost counts, and what stands before it may be forged. Where the proxies note nothing,
    `request.is_address_known` is false: the address is that of the proxy, and everybody's.
    The entries that a request makes in the ledger name the address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        proxies = settings.TRUSTED_PROXIES
        noted = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
        request.is_address_known = not proxies
        if noted and len(noted) >= proxies:
            self.set_address(request, noted[-proxies].strip())
        address = request.META.get("REMOTE_ADDR", "") if request.is_address_known else ""
        with ledger.asked_from(address):
            return self.get_response(request)

    def set_address(self, request, noted: str) -> None:
        """Set the address, if it is one; a proxy may note unknown."""
        try:
            request.META["REMOTE_ADDR"] = str(ip_address(noted))
        except ValueError:
            return
        request.is_address_known = True


class PolicyHeadersMiddleware(SecurityMiddleware):
    """Adds to Django's security headers the two that it does not set.

    It stands outside Django's own, which refuses an unknown host before its headers are set.
    """

    def process_request(self, request):
        """Leave the redirect to https to Django's own middleware."""

    def process_response(self, request, response):
        """Set the headers on any response, static files and errors included."""
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)


class ReadOnlyMiddleware:
    """Refuses, before a body is read, any method but GET and HEAD, and POST in the admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_desk = request.path_info.startswith(DESK)
        allowed = ("GET", "HEAD", "POST") if is_desk else ("GET", "HEAD")
        if request.method in allowed:
            return self.get_response(request)
        return HttpResponseNotAllowed(allowed)


class KnownDeviceMiddleware:
    """Sets the cookie by which a device is known from which an account has logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        devices.set_cookie(request, response)
        return response


class SessionLifetimeMiddleware:
    """Logs a member of the desk out after eight idle hours, or after a day.

    The eight hours are `SESSION_COOKIE_AGE`; they count from the last change of the session, so
    this writes to it now and then, with where it is used: at most two queries in `update_interval`
    and member. A view whose request is no work of the member (a form left open) sets
    `request.is_idle`.
    """

    max_age = LONGEST
    update_interval = timedelta(minutes=10)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        if request.user.is_authenticated and self.is_over(request.session):
            logout(request)
        elif not request.user.is_authenticated and SESSION_KEY in request.session:
            request.session.flush()  # Of an account that is disabled: it never lives again.
        response = self.get_response(request)
        if request.user.is_authenticated and not getattr(request, "is_idle", False):
            self.record_use(request)
        return response

    def is_over(self, session) -> bool:
        """Tell whether a session began more than a day ago."""
        began = session.get("began_at")
        return began is not None and timezone.now() - self.parse_time(began) > self.max_age

    def record_use(self, request) -> None:
        """Record that a session is in use; on the answer to a login, also when it began."""
        now = timezone.now()
        if now - self.parse_time(request.session.get("seen_at")) <= self.update_interval:
            return
        if "seen_at" in request.session and not request.session.modified:
            # Read anew: another request may have stored something meanwhile, a message say.
            request.session = type(request.session)(request.session.session_key)
        request.session.setdefault("began_at", now.isoformat())
        request.session["seen_at"] = now.isoformat()
        is_known = getattr(request, "is_address_known", True)
        request.session["address"] = request.META.get("REMOTE_ADDR", "") if is_known else ""
        request.session["browser"] = browsers.describe(request.headers.get("User-Agent", ""))

    def parse_time(self, stored: str | None) -> datetime:
        """Return a stored time, or one long ago where there is none."""
        return datetime.fromisoformat(stored or "1949-10-01T00:00:00+00:00")
