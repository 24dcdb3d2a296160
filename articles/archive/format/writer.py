"""Format a record as its line of an archive; reader.py parses the same record from it."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from articles.content.copy import BylineText

from . import fields, printed_text
from .records import ContributorName, PhotoRecord, Record, default_uid, label_of


def format_record(record: Record) -> str:
    """Return the line of a record, without its end; empty values are left out."""
    line = {"date": record.issued_on}
    if record.page is not None:
        line["page"] = page_of(record.page.label)
    if record.order is not None:
        line |= _text(record)
    if record.edition != 1:
        line["edition"] = record.edition
    line |= fields.format_fields(fields.ISSUE, record.issue)
    if record.page is not None:
        line |= fields.format_fields(fields.PAGE, record.page.values)
    if record.order is not None:
        line |= _metadata(record) | _opening(record)
    return json.dumps(line, ensure_ascii=False, default=str)


def page_of(label: str) -> int | str:
    """Return a page's number where that alone gives its label, else the label."""
    is_number = label.isdigit() and int(label) and label_of(int(label)) == label
    return int(label) if is_number else label


def _text(record: Record) -> dict:
    copy = record.copy
    opening = printed_text.opening(copy.dateline, copy.bylines)
    return {
        "order": record.order,
        **{field.key: getattr(copy, field.name) for field in fields.HEADING},
        "paragraphs": printed_text.printed_paragraphs(copy.body, opening),
    }


def _metadata(record: Record) -> dict:
    copy = record.copy
    has_default_uid = record.uid == default_uid(*record.key, *record.place)
    return {
        **({} if has_default_uid else {"uid": record.uid}),
        **fields.format_fields(fields.ARTICLE, record.article),
        **_without_empty(
            column=copy.column,
            tags=copy.tags,
            captions=[fields.format_fields(fields.CAPTION, asdict(row)) for row in copy.captions],
            photos=[_photo(photo) for photo in record.photos],
        ),
    }


def _photo(photo: PhotoRecord) -> dict:
    values = fields.format_fields(fields.PHOTO, photo.values)
    return {"uid": photo.uid, "file": photo.file, **values}


def _without_empty(**values: object) -> dict:
    return {name: value for name, value in values.items() if value}


def _opening(record: Record) -> Mapping[str, object]:
    """Return dateline, bylines and body where the printed paragraphs alone do not give them.

    An empty dateline is written where the text would be parsed as one.
    """
    copy = record.copy
    opening = printed_text.opening(copy.dateline, copy.bylines)
    paragraphs = printed_text.printed_paragraphs(copy.body, opening)
    found = {}
    if (copy.dateline, copy.bylines) != printed_text.parse_opening(paragraphs) or any(record.links):
        bylines = [_byline(*each) for each in zip(copy.bylines, record.links, strict=True)]
        found = _without_empty(dateline=copy.dateline, bylines=bylines) or {"dateline": ""}
    if printed_text.html_from_printed(paragraphs, opening) != copy.body:
        found["body"] = copy.body
    return found


def _byline(row: BylineText, link: ContributorName | None) -> dict:
    return fields.format_fields(fields.BYLINE, asdict(row)) | _without_empty(contributor=link)
