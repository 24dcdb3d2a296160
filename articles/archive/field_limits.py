"""Check values of an archive against the columns: what does not fit is refused, never cut."""

from collections.abc import Iterator

from django.db.models import Field, Model
from taggit.models import Tag

from articles.archive.format.json_values import shorten_for_message
from articles.archive.format.record_errors import ErrorCode, RecordError
from articles.archive.format.records import ContributorName, FieldValues, Record
from articles.models import Article, Byline, Caption, Column, Contributor, Issue, Page, Photo

from .format import fields


def check_record(record: Record) -> None:
    """Raise RecordError where a value is too long for its column or none of its choices."""
    for model, values in _rows(record):
        for name, value in values.items():
            if isinstance(value, str) and (error := _error(model._meta.get_field(name), value)):
                error.where, error.key = record.where, record.key
                raise error


def _error(field: Field, value: str) -> RecordError | None:
    if field.max_length and len(value) > field.max_length:
        params = {"field": field.name, "most": field.max_length, "length": len(value)}
        return RecordError(ErrorCode.TOO_LONG, params)
    if field.choices and value and value not in dict(field.flatchoices):
        params = {"field": field.name, "value": shorten_for_message(value)}
        return RecordError(ErrorCode.NOT_KNOWN, params)
    return None


def _rows(record: Record) -> Iterator[tuple[type[Model], FieldValues]]:
    """Iterate over the values of a record with the models that store them."""
    copy, article = record.copy, record.article
    yield Article, fields.values_of(fields.HEADING, copy) | {"dateline": copy.dateline} | article
    yield Column, {"name": copy.column}
    yield from ((Byline, fields.values_of(fields.BYLINE, row)) for row in copy.bylines)
    yield from ((Tag, {"name": tag}) for tag in copy.tags)
    yield from ((Caption, fields.values_of(fields.CAPTION, row)) for row in copy.captions)
    yield from map(_contributor, filter(None, record.links))
    for photo in record.photos:
        yield Photo, photo.values
        if who := photo.values["contributor"]:
            yield _contributor(who)
    yield Issue, record.issue
    if record.page:
        yield Page, {"label": record.page.label, **record.page.values}


def _contributor(who: ContributorName) -> tuple[type[Model], FieldValues]:
    return Contributor, dict(zip(("name", "distinction"), who, strict=True))
