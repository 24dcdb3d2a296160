"""Parse one line of an archive into a record; anything invalid is refused with its reason."""

import json
import re
from datetime import date

from articles.content.copy import BylineText, CaptionText, Copy

from . import fields, printed_text
from .json_values import JsonObject, find_invisible, shorten_for_message
from .record_errors import ErrorCode, RecordError
from .records import (
    ContributorName,
    Key,
    PageRecord,
    PhotoRecord,
    Record,
    SourceLine,
    default_uid,
    label_of,
)

LABEL = re.compile(r"[A-Z]{0,3}[0-9]{1,3}")
ISSUE_KEYS = frozenset(["date", "edition", *fields.keys(fields.ISSUE)])
PAGE_KEYS = ISSUE_KEYS | {"page", "label", *fields.keys(fields.PAGE)}
ARTICLE_KEYS = PAGE_KEYS | {
    *("order", "uid", *fields.keys(fields.HEADING), "paragraphs", *fields.keys(fields.ARTICLE)),
    *("column", "dateline", "bylines", "body", "tags", "captions", "photos"),
}
BYLINE_KEYS = frozenset([*fields.keys(fields.BYLINE), "contributor"])
CAPTION_KEYS = frozenset(fields.keys(fields.CAPTION))
PHOTO_KEYS = frozenset(["uid", "file", *fields.keys(fields.PHOTO)])
# Before it nobody printed a newspaper.
FIRST_YEAR = 1600
LAST_ORDER = 9_999


def parse_record(line: bytes, where: SourceLine) -> Record:
    """Return the record that a line holds.

    Raises RecordError, which names the issue once the line has given a valid date and edition.
    """
    key = None
    try:
        values = JsonObject(_decode(line))
        key = _key(values)
        return _record(values.check_keys(ARTICLE_KEYS), *key, where)
    except RecordError as error:
        error.where, error.key = where, key
        raise


def _key(line: JsonObject) -> Key:
    """Return the date and the edition of the issue of a line."""
    issued_on = line.day("date")
    if issued_on is None:
        raise line.error(ErrorCode.MISSING, "date")
    if issued_on.year < FIRST_YEAR:
        raise line.error(ErrorCode.NO_DATE, "date", value=issued_on)
    return issued_on, line.number("edition", least=1, most=fields.SMALL) or 1


def _decode(line: bytes) -> dict:
    try:
        found = json.loads(
            line.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise RecordError(ErrorCode.NOT_TEXT, {"at": error.start + 1}) from error
    except (ValueError, RecursionError) as error:
        raise RecordError(ErrorCode.NOT_JSON, {"why": shorten_for_message(str(error))}) from error
    if not isinstance(found, dict):
        raise RecordError(ErrorCode.NOT_OBJECT)
    return found


def _unique(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field is given twice")
    return found


def _refuse_constant(name: str):
    raise ValueError(name)


def _record(line: JsonObject, issued_on: date, edition: int, where: SourceLine) -> Record:
    page = _page(line)
    order = line.number("order", least=1, most=LAST_ORDER)
    if page is None or order is None:
        _check_placed(line, page)
    article = {} if order is None else _article(line)
    if order is not None:
        article["uid"] = line.uid("uid") or default_uid(issued_on, edition, page.label, order)
    issue = fields.parse_fields(fields.ISSUE, line)
    place = {"issued_on": issued_on, "edition": edition, "page": page, "order": order}
    removed = find_invisible(line.values)
    return Record(**place, issue=issue, where=where, removed=removed, **article)


def _check_placed(line: JsonObject, page: PageRecord | None) -> None:
    """Refuse fields of an article without an order, and of a page without a page."""
    allowed, wanted = (ISSUE_KEYS, "page") if page is None else (PAGE_KEYS, "order")
    for key in line.values:
        if key not in allowed:
            raise line.error(ErrorCode.NOT_PLACED, key, wanted=wanted)


def _page(line: JsonObject) -> PageRecord | None:
    """Return the page, given by its number or by its label as printed; None without one."""
    page = line.get("page", int, str)
    label = line.line("label") or (label_of(page) if isinstance(page, int) else page)
    if label is None:
        return None
    if (isinstance(page, int) and not 1 <= page <= 999) or not LABEL.fullmatch(label):
        raise line.error(ErrorCode.NO_LABEL, "page", value=shorten_for_message(str(label)))
    return PageRecord(label, fields.parse_fields(fields.PAGE, line))


def _article(line: JsonObject) -> dict:
    """Return the arguments of a record that an article's line gives, without its uid."""
    paragraphs = line.strings("paragraphs")
    dateline = line.line("dateline")
    bylines, links = _bylines(line)
    if "dateline" not in line and "bylines" not in line:
        dateline, bylines = printed_text.parse_opening(paragraphs)
        links = (None,) * len(bylines)
    captions = _captions(line)
    photos = _photos(line, {caption.photo for caption in captions})
    copy = Copy(
        **fields.parse_fields(fields.HEADING, line),
        dateline=dateline,
        bylines=bylines,
        body=_body(line, paragraphs, printed_text.opening(dateline, bylines)),
        captions=captions,
        column=line.line("column"),
        tags=tuple(sorted(set(line.strings("tags", is_line=True)))),
    )
    article = fields.parse_fields(fields.ARTICLE, line)
    return {"copy": copy, "links": links, "article": article, "photos": photos}


def _body(line: JsonObject, paragraphs: list[str], opening: str) -> str:
    """Return the body to store; it must be printed as exactly these paragraphs."""
    if "body" not in line:
        stored = printed_text.html_from_printed(paragraphs, opening)
        if stored is None:
            raise line.error(
                ErrorCode.OTHER_OPENING, "paragraphs", opening=shorten_for_message(opening)
            )
        return stored
    body = line.lines("body")
    if not printed_text.is_stored_form(body):
        raise line.error(ErrorCode.NO_BODY, "body")
    if "paragraphs" in line and printed_text.printed_paragraphs(body, opening) != paragraphs:
        raise line.error(ErrorCode.OTHER_BODY, "body")
    return body


def _bylines(line: JsonObject) -> tuple[tuple[BylineText, ...], tuple[ContributorName | None, ...]]:
    rows = _rows(line, "bylines", BYLINE_KEYS, required="name")
    texts = tuple(BylineText(**fields.parse_fields(fields.BYLINE, row)) for row in rows)
    return texts, tuple(row.contributor("contributor") for row in rows)


def _captions(line: JsonObject) -> tuple[CaptionText, ...]:
    rows = _rows(line, "captions", CAPTION_KEYS, required="photo")
    return tuple(CaptionText(**fields.parse_fields(fields.CAPTION, row)) for row in rows)


def _photos(line: JsonObject, shown: set[str]) -> tuple[PhotoRecord, ...]:
    """Return the photos that are described; each must be shown by a caption."""
    rows = _rows(line, "photos", PHOTO_KEYS, required="uid")
    photos = tuple(map(_photo, rows))
    if any(photo.uid not in shown for photo in photos):
        raise line.error(ErrorCode.NOT_PLACED, "photos", wanted="captions")
    return photos


def _photo(row: JsonObject) -> PhotoRecord:
    uid = row.uid("uid")
    file = row.file_name("file") or f"{uid}.jpg"
    return PhotoRecord(uid, file, fields.parse_fields(fields.PHOTO, row))


def _rows(line: JsonObject, key: str, known: frozenset[str], *, required: str) -> list[JsonObject]:
    rows = [JsonObject(row, name=key).check_keys(known) for row in line.array(key)]
    for row in rows:
        if not row.line(required):
            raise row.error(ErrorCode.MISSING, required)
    return rows
