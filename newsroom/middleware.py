"""Middleware: isolation headers, read-only addresses, the lifetime of a session."""

from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

DESK = "/admin/"


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


class SessionLifetimeMiddleware:
    """Logs a member of the desk out after eight idle hours, or after a day.

    The eight hours are `SESSION_COOKIE_AGE`; they count from the last change of the session, so
    this writes to it now and then: at most two queries in `update_interval` and member. A view
    whose request is no work of the member (a form left open) sets `request.is_idle`.
    """

    max_age = timedelta(hours=24)
    update_interval = timedelta(minutes=10)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        if request.user.is_authenticated and self.is_over(request.session):
            logout(request)
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

    def parse_time(self, stored: str | None) -> datetime:
        """Return a stored time, or one long ago where there is none."""
        return datetime.fromisoformat(stored or "1949-10-01T00:00:00+00:00")
