"""Messages to group robots: 企业微信 and 钉钉 take the same JSON.

An address is a secret, and comes from outside: only https and only the hosts of `NOTICE_HOSTS`, no
redirect, no proxy, little time. No error holds any part of it.
"""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext

TIMEOUT = 10  # seconds, for each step
LONGEST_ANSWER = 10_000
FORBIDDEN = frozenset('\\"<>^`{|}')


class NoticeError(Exception):
    """A message could not be sent; the text says why, without any secret."""


def check_address(url: str) -> SplitResult:
    """Return the parts of a robot's address; raise NoticeError for one that is not taken."""
    is_plain = url.isascii() and url.isprintable() and " " not in url and not FORBIDDEN & {*url}
    try:
        parts = urlsplit(url)
    except ValueError:
        is_plain = False
    if not is_plain or f"{parts.scheme}://{parts.netloc.lower()}" not in _origins():
        raise NoticeError(gettext("Only addresses of these hosts are taken: %s") % _host_names())
    if parts.path in ("", "/") or parts.fragment:
        raise NoticeError(gettext("This is not the whole address of a robot."))
    return parts


def post(url: str, text: str) -> None:
    """Send a text to a group robot; raise NoticeError where it does not confirm it."""
    parts = check_address(url)
    status, answer = _exchange(parts, json.dumps({"msgtype": "text", "text": {"content": text}}))
    if status != 200:
        raise NoticeError(f"HTTP {status}")
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, LookupError, TypeError):
        raise NoticeError(gettext("The robot gave no answer that can be read.")) from None
    if code != 0:
        known = code if isinstance(code, int) else "?"
        raise NoticeError(gettext("The robot refused it: errcode %s") % known)


def _exchange(parts: SplitResult, body: str) -> tuple[int, bytes]:
    """Send a body; return the status and the beginning of the answer."""
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        connection.request("POST", address, body.encode(), headers)
        response = connection.getresponse()
        return response.status, response.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as error:
        # What the error says may hold the address: its name says enough.
        raise NoticeError(gettext("Cannot be reached: %s") % type(error).__name__) from None
    finally:
        connection.close()


def _origins() -> set[str]:
    """Return the origins that are taken; a host alone stands for https."""
    return {host if "://" in host else f"https://{host}" for host in settings.NOTICE_HOSTS}


def _host_names() -> str:
    return "、".join(settings.NOTICE_HOSTS)
