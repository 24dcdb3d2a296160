"""Count the addresses that are asked for in vain, by day, without anything of who asked.

Each process counts in memory and writes once a minute, in the request of whoever comes then: a
flood of wrong addresses makes few writes, and what a process has not written when it ends is
lost. A database that is busy or out of reach is asked again later; no reader waits or is told.
"""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Lock
from time import monotonic

from django.db import Error, connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from articles.models import MissedAddress

logger = logging.getLogger(__name__)
LONGEST = 200
# Rows of one day, addresses in the memory of a process, seconds between two writes.
MOST_A_DAY, MOST_IN_MEMORY, INTERVAL = 1_000, 500, 60
KEPT = timedelta(days=30)
BUSY_MS = 100
PAGE = re.compile(r"/(?:[^.]*|.*\.(?:html?|shtml|aspx?|jspx?|php|do|pdf))", re.I)
# What programs try that look for holes, and what may name a person.
SUSPECT = re.compile(r"/\.|/wp-|/admin|/cgi-bin|@|[\x00-\x1f\ufffd<>\"'\\]|[0-9]{11}", re.I)
PARAMETER = re.compile(r"[A-Za-z_]{1,20}")
MOST_PARAMETERS = 3


class Misses:
    """The misses that a process has counted and not written."""

    def __init__(self):
        self._lock = Lock()
        self._counts: Counter[tuple[date, str]] = Counter()
        self._written_at: float | None = None

    def count(self, path: str, parameters: Sequence[tuple[str, str]]) -> None:
        """Count a miss; write all of them when a minute has passed since that was done.

        No query in most requests, seven in one that writes. Raises nothing.
        """
        name = told_path(path, parameters)
        if name is None:
            return
        key = timezone.localdate(), name
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_IN_MEMORY:
                self._counts[key] += 1
            if self._written_at and monotonic() - self._written_at < INTERVAL:
                return
            self._written_at = monotonic()
            counts, self._counts = self._counts, Counter()
        try:
            write(counts)
        except Error:
            logger.info("Addresses asked for in vain could not be counted; trying again later.")
            with self._lock:
                self._counts += counts


def told_path(path: str, parameters: Sequence[tuple[str, str]]) -> str | None:
    """Return an address as it is counted; None for what does not look like a page.

    Of its parameters the names are kept, the values never.
    """
    if not PAGE.fullmatch(path) or SUSPECT.search(path):
        return None
    names = [name for name, _value in parameters if PARAMETER.fullmatch(name)]
    named = "&".join(sorted(set(names))[:MOST_PARAMETERS])
    return (f"{path}?{named}" if named else path)[:LONGEST]


def write(counts: Counter[tuple[date, str]]) -> None:
    """Add counts to the rows of their days, and delete the rows that are too old.

    A day that has its number of rows takes no more. Raises django.db.Error where the database is
    busy. One query, and four for each day.
    """
    with _short_wait(), transaction.atomic():
        if connection.vendor == "postgresql":
            _set(f"SET LOCAL lock_timeout = {BUSY_MS}")
        for day in {day for day, _path in counts}:
            _write_day(day, {path: n for (each, path), n in counts.items() if each == day})
        MissedAddress.objects.filter(day__lt=timezone.localdate() - KEPT).delete()


def _write_day(day: date, counts: dict[str, int]) -> None:
    rows = MissedAddress.objects.filter(day=day)
    known = set(rows.filter(path__in=counts).values_list("path", flat=True))
    room = max(0, MOST_A_DAY - rows.count())
    new = sorted(counts.keys() - known)[:room]
    MissedAddress.objects.bulk_create(
        [MissedAddress(day=day, path=path) for path in new], ignore_conflicts=True
    )
    added = Case(*(When(path=path, then=Value(n)) for path, n in counts.items()))
    rows.filter(path__in=counts).update(count=F("count") + added)


@contextmanager
def _short_wait():
    """Let SQLite wait for another writer for a tenth of a second only, instead of its 20."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
    _set(f"PRAGMA busy_timeout = {BUSY_MS}")
    try:
        yield
    finally:
        _set(f"PRAGMA busy_timeout = {usual * 1_000}")


def _set(statement: str) -> None:
    """Execute a setting of the connection, for which the ORM has no words."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


misses = Misses()
