"""What is not written: a request twice, and addresses that machines try."""

import logging
import re

from .facts import is_refusal

MISSING = {404, 410}
# What programs ask every site for, in search of gaps, or of pictures for a bookmark.
NOISE = re.compile(
    r"^/(?:wp-|wordpress|xmlrpc|cgi-bin|vendor/|phpmyadmin|actuator|\.|apple-touch-icon|favicon)"
    r"|\.(?:php\d?|aspx?|jspx?|cgi|env|git|sql|bak|ini|ya?ml|zip|gz)(?:/|$)",
    re.I,
)


class OncePerRequest(logging.Filter):
    """Passes the first of Django's records of a request: it tells some refusals twice.

    The first one names the cause. That a request was slow is told where nothing else was: each
    record holds how long it took. Each handler has a filter of its own.
    """

    def filter(self, record):
        request = getattr(record, "request", None)
        if request is None or not record.name.startswith(("django.", "newsroom.slow")):
            return True
        told = request.__dict__.setdefault("told_by", set())
        is_first = id(self) not in told
        if record.name.startswith("django."):
            told.add(id(self))
        return is_first


class NoNoise(logging.Filter):
    """Stops what is not found where a HEAD asked for it, or a program that looks for gaps."""

    def filter(self, record):
        request = getattr(record, "request", None)
        if request is None or getattr(record, "status_code", None) not in MISSING:
            return True
        return request.method != "HEAD" and not NOISE.search(request.path)


class OursOnly(logging.Filter):
    """Passes errors of our own, no refusals."""

    def filter(self, record):
        return not is_refusal(record)
