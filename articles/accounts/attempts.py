"""A log-in that is tried: throttled, a few at a time, and remembered where it succeeds."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from articles import ledger
from articles.models import LedgerKind, Member

from . import devices, throttle

logger = logging.getLogger(__name__)
# One that checks a password and one that waits; others would take the threads from readers.
slots = BoundedSemaphore(2)


class BusyError(Exception):
    """This process checks as many passwords as it may at a time."""


@dataclass(slots=True)
class Attempt:
    """A log-in that is tried; `is_half` where the password is right and a code is to come.

    `member` is who is logged in by it: nobody where only a password was asked for once more.
    `facts` are entered in the ledger with it, whether it succeeds or fails.
    """

    is_half: bool = False
    member: Member | None = None
    facts: dict[str, str | int] = field(default_factory=dict)


@contextmanager
def attempt(request: HttpRequest, username: str) -> Iterator[Attempt]:
    """Let a password or a code be checked inside; an exception from there says it was wrong.

    Half a log-in is no failure and no success: it clears nothing that others have failed at.
    Raises ThrottledError or BusyError before that. Sixteen queries, at most; one where it is
    throttled. The ledger tells of every one, but of those that are throttled.
    """
    is_known = getattr(request, "is_address_known", True)
    address = request.META.get("REMOTE_ADDR", "") if is_known else ""
    device = devices.known_device(request, username)
    keys = throttle.keys_of(username, address, device)
    tried = Attempt()
    try:
        throttle.check(keys)
        if not slots.acquire(blocking=False):
            raise BusyError
        try:
            throttle.count(keys)
            try:
                yield tried
            except ValidationError:
                _record_failure(username, tried.facts)
                raise
            throttle.uncount(keys, is_half=tried.is_half)
        finally:
            slots.release()
    except (throttle.ThrottledError, BusyError) as error:
        logger.warning("Log-in refused: %s", type(error).__name__, extra={"request": request})
        raise
    if not tried.is_half:
        devices.remember(request, username)
        if tried.member:
            ledger.record(LedgerKind.LOG_IN, tried.member, by=tried.member, **tried.facts)


def _record_failure(username: str, facts: dict) -> None:
    """Enter whose account it was; not what was typed, which may be a password."""
    member = Member.objects.filter(username=username).first()
    ledger.record(LedgerKind.LOG_IN_FAILED, member, **facts)
