"""Take rows into the ledger that were written before it, or past it."""

from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from . import chain, rows

# How many rows are read, and entered in one transaction.
BATCH = 2000


def take_in(apps, labels=tuple(rows.AUDITED)) -> Iterator[int]:
    """Enter every audited row that has no entry; yield how many, after each transaction.

    `apps` gives the models, of a migration or of today. Four queries for `BATCH` rows, in bounded
    memory; what was interrupted goes on where it was.
    """
    for label in labels:
        last = 0
        while last is not None:
            last, number = _take_in_batch(apps, label, after=last)
            if number:
                yield number


def _take_in_batch(apps, label: str, *, after: int) -> tuple[int | None, int]:
    """Enter the next rows of a table; return the id of the last (None: no more) and how many."""
    entries = apps.get_model("articles", "LedgerEntry")
    model = apps.get_model("articles", label)
    of_row = entries.objects.filter(object_type=label, object_id=OuterRef("pk"))
    missing = model.objects.filter(pk__gt=after).exclude(Exists(of_row.exclude(row_digest="")))
    found = list(rows.digests(missing.order_by("pk")[:BATCH]))
    if not found:
        return None, 0
    with transaction.atomic():
        _enter(apps, entries, label, found)
    return found[-1][0], len(found)


def _enter(apps, entries: type[models.Model], label: str, found: list[tuple[int, str]]) -> None:
    heads = apps.get_model("articles", "LedgerHead").objects
    head = heads.select_for_update().get_or_create(pk=rows.HEAD)[0]
    now, made = timezone.now(), []
    for pk, digest in found:
        head.number += 1
        entry = entries(
            number=head.number,
            made_at=now,
            kind="taken_in",
            object_type=label,
            object_id=pk,
            facts=chain.canonical({}),
            row_digest=digest,
            previous=head.digest,
        )
        entry.digest = head.digest = chain.entry_digest(head.digest, rows.entry_values(entry))
        made.append(entry)
    entries.objects.bulk_create(made, batch_size=BATCH)
    heads.filter(pk=rows.HEAD).update(number=head.number, digest=head.digest)
