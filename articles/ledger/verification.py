"""Find what was changed, removed, inserted or exchanged: in the ledger, and in what it tells of.

Everything is read once, streamed, while others may write.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db import models
from django.utils.translation import gettext as _

from articles.models import LedgerEntry, LedgerHead

from . import chain, rows

# How many defects are told; the others are counted.
TOLD = 100


@dataclass(frozen=True, slots=True)
class Head:
    """The number and digest of an entry, as they were written down."""

    number: int
    digest: str

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Parse "12:9f86…"; raises ValueError for anything else."""
        number, _colon, digest = text.strip().partition(":")
        if len(digest) != len(chain.digest("")) or not number.isdecimal():
            raise ValueError(text)
        return cls(int(number), digest.lower())

    def __str__(self):
        return f"{self.number}:{self.digest}"


@dataclass(slots=True)
class Verdict:
    """What was verified and what is wrong, in words."""

    entries: int = 0
    rows: int = 0
    count: int = 0
    defects: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Add a defect; only the first ones are told."""
        self.count += 1
        if len(self.defects) < TOLD:
            self.defects.append(words)


def head() -> Head:
    """Return the head of the ledger as it is now; number 0 where there is no entry. One query."""
    found = LedgerHead.objects.filter(pk=rows.HEAD).values_list("number", "digest").first()
    return Head(*(found or (0, "")))


def verify(expected: Sequence[Head] = ()) -> Verdict:
    """Verify the whole ledger and the rows it tells of.

    `expected` are heads that were written down before: they find that the end was cut off, or
    that all was written anew. Eleven queries, streamed, and two for each suspicion.
    """
    verdict = Verdict()
    _Chain(verdict, [*expected, head()]).follow(LedgerEntry.objects.order_by("number"))
    for label, model in rows.AUDITED.items():
        _verify_rows(verdict, label, model)
    return verdict


def verify_end(number: int) -> Verdict:
    """Verify the last entries, and that they are all there by their numbers. Four queries."""
    verdict, now = Verdict(), head()
    last = LedgerEntry.objects.filter(number__gt=now.number - number).order_by("number")
    before = LedgerEntry.objects.filter(number=now.number - number).values_list("digest", flat=True)
    start = Head(max(now.number - number, 0), before.first() or "")
    _Chain(verdict, [now], last=start).follow(last)
    return verdict


class _Chain:
    """Follows entries by their numbers, and adds what is wrong with them to a verdict."""

    def __init__(self, verdict: Verdict, heads: Sequence[Head], last: Head = Head(0, "")):
        self.verdict, self.last = verdict, last
        self.heads = sorted(heads, key=lambda each: each.number)

    def follow(self, entries: models.QuerySet) -> None:
        """Read the entries, and the head once more; every head must have been met. Two queries."""
        for values in rows.as_stored(entries, rows.COLUMNS).iterator(rows.CHUNK):
            self.verdict.entries += 1
            self.check(values)
        while self.heads and self.heads[-1].number > self.last.number:
            facts = {"number": self.heads.pop().number, "last": self.last.number}
            self.verdict.add(
                _("The end is missing: entry %(number)d was there, %(last)d is the last.") % facts
            )
        # Written together, so that no entry that was read is newer than the head is now.
        if (number := head().number) < self.last.number:
            facts = {"number": number, "last": self.last.number}
            self.verdict.add(_("The head is %(number)d, the last entry %(last)d.") % facts)

    def check(self, values: tuple) -> None:
        """Check one entry by itself, and that it follows the last one."""
        *told, previous, digest = values
        number = told[0]
        if not isinstance(number, int):  # SQLite takes anything
            self.verdict.add(_("An entry has no number: %(told)s") % {"told": number})
            return
        if number != self.last.number + 1:
            facts = {"first": self.last.number + 1, "last": number - 1}
            self.verdict.add(_("Entries %(first)d to %(last)d are missing.") % facts)
        elif previous != self.last.digest:
            self.verdict.add(
                _("Entry %(number)d does not follow the one before it.") % {"number": number}
            )
        if chain.entry_digest(previous, [*map(rows.plain, told)]) != digest:
            self.verdict.add(_("Entry %(number)d was changed.") % {"number": number})
        self.last = Head(number, digest)
        for each in self.heads:
            if each.number == number and each.digest != digest:
                self.verdict.add(
                    _("Entry %(number)d is another one than that written down.")
                    % {"number": number}
                )


def _verify_rows(verdict: Verdict, label: str, model: type[models.Model]) -> None:
    """Compare the rows of a table with the entries of them, both by the ids of the rows."""
    entered = LedgerEntry.objects.filter(object_type=label).exclude(row_digest="")
    entered = entered.order_by("object_id").values_list("object_id", "row_digest", "number")
    # SQLite takes text as an id; that such an entry was changed is found by its digest.
    named = (each for each in entered.iterator(rows.CHUNK) if isinstance(each[0], int))
    by_id = groupby(named, key=itemgetter(0))
    stored = rows.digests(model.objects.order_by("pk"))
    for pk, digest, found in _joined(stored, ((pk, list(group)) for pk, group in by_id)):
        verdict.rows += digest is not None
        if digest is None or [each[1] for each in found] != [digest]:
            _suspect(verdict, label, model, pk)


def _joined(stored: Iterator, entered: Iterator) -> Iterator[tuple]:
    """Join two streams by their ids: id, the digest of the row, the entries of it."""
    row, entries = next(stored, None), next(entered, None)
    while row or entries:
        pk = min(each[0] for each in (row, entries) if each)
        digest, found = None, []
        if row and row[0] == pk:
            digest, row = row[1], next(stored, None)
        if entries and entries[0] == pk:
            found, entries = entries[1], next(entered, None)
        yield pk, digest, found


def _suspect(verdict: Verdict, label: str, model: type[models.Model], pk: int) -> None:
    """Look once more at a row that differed, for it may be new; add what is wrong. Two queries."""
    stored = [digest for _pk, digest in rows.digests(model.objects.filter(pk=pk))]
    entries = LedgerEntry.objects.filter(object_type=label, object_id=pk).exclude(row_digest="")
    found = list(entries.order_by("number").values_list("row_digest", "number"))
    facts = {"row": model._meta.verbose_name, "id": pk, "number": found[0][1] if found else 0}
    if not found:
        verdict.add(_("%(row)s %(id)d is not in the ledger: it was inserted.") % facts)
    elif not stored:
        verdict.add(_("%(row)s %(id)d is missing; entry %(number)d tells of it.") % facts)
    elif len(found) > 1:
        verdict.add(_("%(row)s %(id)d has more than one entry.") % facts)
    elif found[0][0] != stored[0]:
        verdict.add(_("%(row)s %(id)d was changed after entry %(number)d.") % facts)
