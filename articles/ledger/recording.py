"""Enter events in the ledger, in the transaction of what they tell of.

The head of the ledger is locked last: whatever a service locks is locked before, so that those
who write never wait for each other in a circle. Hence events wait until the outermost `atomic()`
ends, and are entered together then, in three queries.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from articles.models import Correction, LedgerKind, Member, Release, ReleaseAction, Review, Revision

from . import chain, head, rows

_address: ContextVar[str] = ContextVar("address", default="")
_waiting: ContextVar[list["_Event"] | None] = ContextVar("waiting", default=None)


@dataclass(frozen=True, slots=True)
class _Event:
    """What an entry will tell, besides its number and time."""

    kind: LedgerKind
    member_id: int | None
    address: str
    object_type: str
    object_id: int | None
    facts: str
    row_digest: str = ""


@contextmanager
def asked_from(address: str) -> Iterator[None]:
    """Let the entries that are made inside name the address from which they were asked for."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


@contextmanager
def atomic() -> Iterator[None]:
    """As `transaction.atomic()`, and enter what was recorded inside when it ends.

    Inside of another one, that one enters it; what is rolled back is not entered. Also a
    decorator. Three queries where something was recorded.
    """
    outer = _waiting.get()
    if outer is not None:
        before = len(outer)
        try:
            with transaction.atomic():
                yield
                is_dropped = transaction.get_rollback()
        except BaseException:
            del outer[before:]
            raise
        if is_dropped:
            del outer[before:]
        return
    with transaction.atomic():
        token = _waiting.set([])
        try:
            yield
            events = _waiting.get()
        finally:
            _waiting.reset(token)
        if events and not transaction.get_rollback():
            _append(events)


def record(
    kind: LedgerKind,
    row: models.Model | None = None,
    *,
    by: Member | None = None,
    **facts: str | int | bool | list[str] | None,
) -> None:
    """Enter an event: what it concerns, who did it, and small facts about it.

    Neither words of articles nor passwords, codes, tokens or what was typed as one belong in the
    facts. Entered at the end of the `atomic()` around it; at once where there is none.
    """
    _enter([_event(kind, row, by.pk if by else None, facts)])


def record_rows(stored: Sequence[models.Model]) -> None:
    """Enter rows of revisions, reviews, releases or corrections that were just written.

    Each with the digest of its columns; otherwise as `record`.
    """
    _enter([_row_event(row) for row in stored])


def _event(kind: LedgerKind, row: models.Model | None, member_id: int | None, facts) -> _Event:
    return _Event(
        kind=kind,
        member_id=member_id,
        address=_address.get(),
        object_type=row._meta.model_name if row else "",
        object_id=row.pk if row else None,
        facts=chain.canonical(facts),
    )


def _row_event(row: models.Model) -> _Event:
    kind, facts = KINDS[type(row)](row)
    return _Event(
        kind=kind,
        member_id=row.made_by_id,
        address=_address.get(),
        object_type=row._meta.model_name,
        object_id=row.pk,
        facts=chain.canonical(facts),
        row_digest=rows.digest_of(row),
    )


def _of_revision(row: Revision) -> tuple[LedgerKind, dict]:
    facts = {"article": row.article_id, "number": row.number, "change": row.change}
    return LedgerKind.REVISION, facts


def _of_review(row: Review) -> tuple[LedgerKind, dict]:
    kind = LedgerKind.WITHDRAWAL if row.move == "withdraw" else LedgerKind.REVIEW
    return kind, {"article": row.article_id, "move": row.move, "to": row.to_status}


def _of_release(row: Release) -> tuple[LedgerKind, dict]:
    is_recall = row.act == ReleaseAction.RECALLED
    at = rows.plain(row.goes_out_at)
    return LedgerKind.RECALL if is_recall else LedgerKind.RELEASE, {"issue": row.issue_id, "at": at}


def _of_correction(row: Correction) -> tuple[LedgerKind, dict]:
    return LedgerKind.CORRECTION, {"article": row.article_id}


KINDS = {
    Revision: _of_revision,
    Review: _of_review,
    Release: _of_release,
    Correction: _of_correction,
}


def _enter(events: Iterable[_Event]) -> None:
    if (waiting := _waiting.get()) is not None:
        waiting.extend(events)
        return
    with atomic():
        _waiting.get().extend(events)


def _append(events: Sequence[_Event]) -> None:
    """Add entries behind the last one, and lock it until the transaction ends. Three queries."""
    number, digest = head.lock()
    now, entries = timezone.now(), []
    for event in events:
        number, previous = number + 1, digest
        told = (
            *(number, now, event.kind.value, event.member_id, event.address),
            *(event.object_type, event.object_id, event.facts, event.row_digest),
        )
        digest = chain.entry_digest(previous, [*map(rows.plain, told)])
        entries.append((*told, previous, digest))
    head.write(entries)
