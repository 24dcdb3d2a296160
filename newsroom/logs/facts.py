"""What a log record tells: plain values, without secrets, each of one line."""

import logging
import re
import time
import traceback
from datetime import datetime
from http.client import responses
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

LONGEST = 1_000
HIDDEN = "[hidden]"
# Controls, line and paragraph separators, marks that turn the direction, halves of a character.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
SECRET_NAME = re.compile("password|token|secret|authorization", re.I)
# The token of a preview link lets anybody read what is not published.
PREVIEW = re.compile("^(/preview/)([^/]+)")


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record tells, in the order in which it is written. No query.

    Of a request: method, path without its query, status, user, address and milliseconds.
    """
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    facts = {
        "time": datetime.fromtimestamp(record.created)
        .astimezone()
        .isoformat(timespec="milliseconds"),
        "level": level_of(record),
        "logger": record.name,
    }
    hidden: list[str] = []
    if isinstance(request, HttpRequest):
        facts |= facts_of_request(request) | ({"status": status} if status else {})
        hidden = secrets_of(request)
    facts["message"] = one_line(message_of(record), hidden)[:LONGEST]
    if record.exc_info and record.exc_info[1] and not is_refusal(record):
        facts["traceback"] = one_line(
            "".join(traceback.format_exception(record.exc_info[1])), hidden
        )
    return facts


def is_refusal(record: logging.LogRecord) -> bool:
    """Tell whether a record is of a request that was refused, rather than of an error of ours."""
    return record.name.startswith("django.security") or getattr(record, "status_code", 500) < 500


def level_of(record: logging.LogRecord) -> str:
    """Return the level; Django takes some refusals, such as of an unknown host, for errors."""
    return "WARNING" if is_refusal(record) and record.levelname == "ERROR" else record.levelname


def facts_of_request(request: HttpRequest) -> dict[str, Any]:
    """Return method, path, user, address and milliseconds; the user only where it is known."""
    facts = {
        "method": one_line(request.method or ""),
        "path": safe_path(request.path),
        "user": getattr(getattr(request, "_cached_user", None), "pk", None),
        "address": one_line(request.META.get("REMOTE_ADDR", "")),
    }
    began = getattr(request, "began", None)
    return facts if began is None else facts | {"ms": round((time.monotonic() - began) * 1000)}


def safe_path(path: str) -> str:
    """Return a path in percent escapes, without the token of a preview link."""
    path = PREVIEW.sub(rf"\1{HIDDEN}", path)
    return quote(path, safe="/~:@!$&'()*+,;=[]", errors="backslashreplace")[:LONGEST]


def message_of(record: logging.LogRecord) -> str:
    """Return the message; in place of Django's own, which hold the path, what was wrong."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name == "django.security.csrf" and record.args:
        return f"CSRF: {record.args[0]}"
    if record.name != "django.request":
        return record.getMessage()
    if error is not None and str(error):
        return f"{type(error).__name__}: {error}"
    return type(error).__name__ if error else responses.get(getattr(record, "status_code", 0), "")


def secrets_of(request: HttpRequest) -> list[str]:
    """Return what of a request may stand in no log: cookies, passwords, tokens. Reads no body."""
    named = [*request.headers.items(), *request.GET.items()]
    named += getattr(request, "_post", {}).items()  # Only where it has been read.
    found = [str(value) for name, value in named if SECRET_NAME.search(name)]
    found += [*request.COOKIES.values(), request.META.get("QUERY_STRING", "")]
    found += [token for _, token in PREVIEW.findall(request.path)]
    return sorted({value for value in found if len(value) >= 4}, key=len, reverse=True)


def one_line(text: str, hidden: list[str] = ()) -> str:
    """Return a text without its secrets, and with what could begin a new line escaped."""
    for value in hidden:
        text = text.replace(value, HIDDEN)
    return UNSAFE.sub(_escape, text.rstrip("\n"))


def _escape(found: re.Match) -> str:
    code = ord(found[0])
    return {10: "\\n", 13: "\\r", 9: "\\t"}.get(code) or (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    )
