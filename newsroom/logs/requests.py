"""Middleware: how long a request takes, the slow ones, and the access log."""

import logging
import time

from django.conf import settings

from .facts import one_line

slow, access = logging.getLogger("newsroom.slow"), logging.getLogger("newsroom.access")


class RequestLogMiddleware:
    """Logs a request that took longer than `SLOW_SECONDS`, and with `ACCESS_LOG` each.

    It stands before all others, kept pages included. No query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.began = time.monotonic()
        response = self.get_response(request)
        facts = {"request": request, "status_code": response.status_code}
        took = time.monotonic() - request.began
        if took > settings.SLOW_SECONDS:
            slow.warning("Slow: %.1f s", took, extra=facts)
        if settings.ACCESS_LOG:
            access.info("Answered", extra=facts | {"answer": answer(request, response)})
        return response


def answer(request, response) -> dict:
    """Return what the access log holds besides the request: bytes and the reader's program."""
    size = response.headers.get("Content-Length")
    if size is None and not response.streaming:
        size = len(response.content)
    agent = one_line(request.META.get("HTTP_USER_AGENT", "")[:200])
    return {"bytes": None if size is None else int(size), "agent": agent}
