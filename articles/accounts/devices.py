"""Devices from which an account has logged in, known by a signed cookie of the desk."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from .throttle import digest

SALT = "articles.accounts.devices"
MAX_AGE = 180 * 24 * 60 * 60
MOST_ACCOUNTS = 10


def known_device(request: HttpRequest, username: str) -> str:
    """Return the id of the device, if this account has logged in from it; else an empty one."""
    device, accounts = _read(request)
    return device if _short(username) in accounts else ""


def is_known(request: HttpRequest) -> bool:
    """Tell whether any account has logged in from a device. No query."""
    return bool(_read(request)[0])


def remember(request: HttpRequest, username: str) -> None:
    """Note that an account has logged in; the answer then takes the cookie with it."""
    device, accounts = _read(request)
    accounts = [_short(username), *(name for name in accounts if name != _short(username))]
    request.device_cookie = [device or get_random_string(22), accounts[:MOST_ACCOUNTS]]


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie on the answer to a log-in; nothing on any other."""
    value = getattr(request, "device_cookie", None)
    if value:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            signing.dumps(value, salt=SALT),
            max_age=MAX_AGE,
            path="/admin/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        device, accounts = signing.loads(value, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return "", []
    return device, accounts


def _short(username: str) -> str:
    return digest("account", username)[:16]
