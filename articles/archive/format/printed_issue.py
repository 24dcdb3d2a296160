"""Assemble the records of one issue, and check that they agree on its pages and photos."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import fields
from .fields import Field
from .json_values import shorten_for_message
from .record_errors import ErrorCode, RecordError
from .records import FieldValues, Key, PhotoRecord, Record


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """An issue as the archive has it: its pages by their labels, its articles in any order."""

    key: Key
    values: FieldValues
    pages: dict[str, FieldValues]
    articles: tuple[Record, ...]

    @property
    def photos(self) -> dict[str, PhotoRecord]:
        """The photos that the archive describes, by their uids."""
        return {photo.uid: photo for record in self.articles for photo in record.photos}


def assemble_issue(records: Sequence[Record]) -> PrintedIssue:
    """Return the issue that records of one date and edition make.

    Raises RecordError where two have one place or one uid, or different values for their issue,
    page or photo.
    """
    articles = tuple(record for record in records if record.order is not None)
    _check_unique(articles, "place", ErrorCode.SAME_PLACE)
    _check_unique(articles, "uid", ErrorCode.SAME_ARTICLE)
    values, pages = {}, {}
    for record in records:
        values = _merge(fields.ISSUE, values, record.issue, record)
        if page := record.page:
            pages[page.label] = _merge(fields.PAGE, pages.get(page.label, {}), page.values, record)
    _check_photos(articles)
    return PrintedIssue(records[0].key, values, pages, articles)


def _check_unique(articles: Sequence[Record], name: str, code: ErrorCode) -> None:
    seen: dict[object, Record] = {}
    for record in articles:
        first = seen.setdefault(getattr(record, name), record)
        if first is not record:
            params = {"other": first.where, "uid": record.uid}
            params |= {"page": record.page.label, "order": record.order}
            raise RecordError(code, params, where=record.where, key=record.key)


def _check_photos(articles: Sequence[Record]) -> None:
    """Raise where one photo is described in two ways."""
    seen: dict[str, PhotoRecord] = {}
    for record in articles:
        for photo in record.photos:
            first = seen.setdefault(photo.uid, photo)
            if first != photo:
                raise _disagreement("photos", first, photo, record)


def _merge(
    kinds: Sequence[Field], known: FieldValues, values: FieldValues, record: Record
) -> FieldValues:
    """Return the known values with those that one record adds; raise where they differ."""
    merged = dict(values)
    for field in kinds:
        first, second = known.get(field.name), values[field.name]
        if field.is_empty(first):
            continue
        if not field.is_empty(second) and first != second:
            raise _disagreement(field.name, first, second, record)
        merged[field.name] = first
    return merged


def _disagreement(name: str, first: object, second: object, record: Record) -> RecordError:
    one, other = shorten_for_message(str(first)), shorten_for_message(str(second))
    params = {"field": name, "one": one, "other": other}
    return RecordError(ErrorCode.DISAGREES, params, where=record.where, key=record.key)
