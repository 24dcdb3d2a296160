"""What every request and every response passes, whatever view answers."""

from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpResponseNotAllowed
from django.utils import timezone

POLICIES = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DESK = "/admin/"


class PolicyHeaders:
    """Adds the isolation headers to every response, static files and errors included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        return response


class ReadersOnlyRead:
    """Refuses, before a body is read, any method but GET and HEAD, and POST at the desk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        at_desk = request.path_info.startswith(DESK)
        allowed = ("GET", "HEAD", "POST") if at_desk else ("GET", "HEAD")
        if request.method in allowed:
            return self.get_response(request)
        return HttpResponseNotAllowed(allowed)


class SessionEnds:
    """Ends a session at the desk eight idle hours, or a day, after it began.

    The eight hours are `SESSION_COOKIE_AGE`; they count from the last change of the session, so
    this writes to it now and then: at most one query in `noticed_every` and member.
    """

    longest = timedelta(hours=24)
    noticed_every = timedelta(minutes=10)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(DESK) and request.user.is_authenticated:
            self.notice(request)
        return self.get_response(request)

    def notice(self, request):
        """Log a session out that is too old; otherwise note that it is in use."""
        now = timezone.now()
        began = self.instant(request.session.setdefault("began_at", now.isoformat()))
        if now - began > self.longest:
            logout(request)
        elif now - self.instant(request.session.get("seen_at")) > self.noticed_every:
            request.session["seen_at"] = now.isoformat()

    def instant(self, text: str | None) -> datetime:
        """Return what was noted, or an instant long ago."""
        return datetime.fromisoformat(text or "1949-10-01T00:00:00+00:00")
