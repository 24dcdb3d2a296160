"""The rows of which the ledger keeps the digest, and how they are digested."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection, models
from django.db.models.functions import Cast

from articles.models import Correction, LedgerEntry, Release, Review, Revision

from . import chain

AUDITED = {model._meta.model_name: model for model in (Revision, Review, Release, Correction)}
HEAD = 1  # the id of the row of the head
CHUNK = 2000  # rows that are fetched at a time
# The columns of an entry, in the order in which they are digested.
ENTRY = (
    *("number", "made_at", "kind", "member_id", "address"),
    *("object_type", "object_id", "facts", "row_digest"),
)
# All of them, in the order in which they are written and read.
COLUMNS = (*ENTRY, "previous", "digest")


def digest_of(row: models.Model) -> str:
    """Return the digest of all columns of a row that has just been written. No query."""
    fields = row._meta.concrete_fields
    return _digest(fields, (getattr(row, field.attname) for field in fields))


def digests(rows: models.QuerySet) -> Iterator[tuple[int, str]]:
    """Yield the id and the digest of each of some rows of an audited table. One query, streamed."""
    fields = rows.model._meta.concrete_fields
    names = [field.attname for field in fields]
    at = names.index(rows.model._meta.pk.attname)
    for values in as_stored(rows, names).iterator(CHUNK):
        yield values[at], _digest(fields, values)


def as_stored(rows: models.QuerySet, names: Iterable[str]) -> models.QuerySet:
    """Select columns as the database holds them: of SQLite an instant is text.

    What is written there is no instant perhaps, or the same one otherwise written.
    """
    if connection.vendor != "sqlite":
        return rows.values_list(*names)
    instants = {
        field.attname
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.DateTimeField)
    }
    raw = {f"{name}_raw": Cast(name, models.TextField()) for name in instants}
    return rows.annotate(**raw).values_list(
        *(f"{name}_raw" if name in instants else name for name in names)
    )


def entry_values(entry: LedgerEntry) -> list[chain.Value]:
    """Return the values of an entry as they are digested."""
    return [plain(getattr(entry, name)) for name in ENTRY]


def plain(value: object) -> chain.Value:
    """Return a value as it is digested: an instant as text."""
    return chain.clock(value) if isinstance(value, datetime) else value


def _digest(fields: Iterable[models.Field], values: Iterable[object]) -> str:
    pairs = zip(fields, values, strict=True)
    return chain.row_digest({field.attname: _column(field, value) for field, value in pairs})


def _column(field: models.Field, value: object) -> chain.Value:
    """Return a column as it is digested: words by their digest, None where it is empty."""
    if value is None or (value == "" and not field.null):
        return None
    return chain.digest(str(value)) if isinstance(field, models.TextField) else plain(value)
