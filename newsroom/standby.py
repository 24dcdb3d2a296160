"""Readers' pages from a standby of PostgreSQL, where it is no older than what readers may see.

The one place that decides it. A reader's request compares the numbers of what is published
(`articles/publication.py`) in the standby with those of now: where they are the same, the models
that it reads are read there. Everything else is the primary's: the desk, whoever is logged in,
previews, every write, what is read within a transaction, and the numbers themselves.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

from articles import publication
from articles.change_numbers import numbers_in
from newsroom.page_cache.scope_numbers import current_numbers

logger = logging.getLogger(__name__)
STANDBY = "standby"
# Addresses whose answers are no readers' pages, or show what no number counts.
APART = ("/admin/", "/preview/", "/health/", "/static/")
# For how many seconds a standby that did not answer is left alone.
REST = 5
UNAVAILABLE = 503


class _State(threading.local):
    is_reading = False


_state = _State()


class StandbyRouter:
    """Lets models be read in the standby while a reader's page is built, and never be written."""

    def db_for_read(self, model, **hints) -> str:
        """Return the standby within `reading`, but for what is read within a transaction."""
        is_own = connections[DEFAULT_DB_ALIAS].in_atomic_block
        return STANDBY if _state.is_reading and not is_own else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints) -> str:
        """Return the primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first, second, **hints) -> bool:
        """Allow all: both databases hold the same rows."""
        return True

    def allow_migrate(self, db, app_label, **hints) -> bool:
        """Allow the primary alone; the standby follows."""
        return db == DEFAULT_DB_ALIAS


class StandbyMiddleware:
    """Builds readers' pages from the standby where that may be, again from the primary on failure.

    It stands behind the page cache. Two queries, one of them in the primary; where Redis knows the
    numbers, none there.
    """

    def __init__(self, get_response):
        if STANDBY not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.failed_at = -REST

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_standby(request) or not self.is_current():
            return self.get_response(request)
        with reading():
            response = self.get_response(request)
        if response.status_code != UNAVAILABLE:
            return response
        self.leave_alone("it failed while a page was built")
        return self.get_response(request)

    def is_current(self) -> bool:
        """Tell whether the standby has all that was published. Two queries."""
        if time.monotonic() - self.failed_at < REST:
            return False
        now = current_numbers(publication.SITE)
        try:
            return numbers_in(connections[STANDBY], publication.SITE) == now
        except Error as error:
            self.leave_alone(type(error).__name__)
            return False

    def leave_alone(self, why: str) -> None:
        """Read from the primary for some seconds."""
        self.failed_at = time.monotonic()
        connections[STANDBY].close()
        logger.warning("The standby is left alone for %d s: %s", REST, why)


@contextmanager
def reading() -> Iterator[None]:
    """Let models be read in the standby by this thread."""
    _state.is_reading = True
    try:
        yield
    finally:
        _state.is_reading = False


def is_for_standby(request: HttpRequest) -> bool:
    """Tell whether a request is a reader's: of nobody who is logged in, for what is published."""
    is_read = request.method in ("GET", "HEAD") and not request.path_info.startswith(APART)
    return is_read and settings.SESSION_COOKIE_NAME not in request.COOKIES
