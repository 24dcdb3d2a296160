"""One line of an archive → a clipping; what is not exactly right is refused, with its reason."""

import json
import re
from datetime import date

from articles.copy import Copy, PictureWords, SignedName

from . import words
from .clippings import MIDDLE, Clipping, PageFacts, Picture, Where, Who, label_of, uid_at
from .faults import ClippingError, Kind
from .values import Values, visible

LABEL = re.compile(r"[A-Z]{0,3}[0-9]{1,3}")
ISSUE_FIELDS = ("date", "edition", "serial")
PAGE_FIELDS = ("page", "label", "page_name", "editor", "designer", "proofreader", "planned")
ARTICLE_FIELDS = (
    *("order", "kicker", "headline", "deck", "paragraphs", "uid", "genre", "rank", "source"),
    *("column", "dateline", "bylines", "body", "tags", "captions", "photos"),
)
FIELDS = frozenset([*ISSUE_FIELDS, *PAGE_FIELDS, *ARTICLE_FIELDS])
BYLINE = frozenset(["role", "name", "contributor"])
CAPTION = frozenset(["photo", "words", "credit"])
PHOTO = frozenset(
    [*("uid", "file", "alt", "credit", "contributor"), *("taken_on", "place", "rights", "focus")]
)
# Before it nobody printed a newspaper.
FIRST_YEAR = 1600
# The largest numbers that every database keeps in these columns.
SMALL, LARGE, LAST_PLACE = 32_767, 2_147_483_647, 9_999


def read(line: bytes, where: Where) -> Clipping:
    """Return the clipping that a line holds.

    Raises ClippingError, which knows the issue as soon as the line has told its own.
    """
    key = None
    try:
        values = Values(_decoded(line))
        issued_on = values.day("date")
        if issued_on is None:
            raise values.fault(Kind.MISSING, "date")
        if issued_on.year < FIRST_YEAR:
            raise values.fault(Kind.NO_DATE, "date", value=issued_on)
        edition = values.number("edition", least=1, most=SMALL) or 1
        key = (issued_on, edition)
        return _clipping(values.only(FIELDS), issued_on, edition, where)
    except ClippingError as fault:
        fault.where, fault.key = where, key
        raise


def _decoded(line: bytes) -> dict:
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise ClippingError(Kind.NOT_TEXT, {"at": error.start + 1}) from error
    except (ValueError, RecursionError) as error:
        raise ClippingError(Kind.NOT_JSON, {"why": visible(str(error))}) from error
    if not isinstance(found, dict):
        raise ClippingError(Kind.NOT_OBJECT)
    return found


def _once(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field is given twice")
    return found


def _no_number(name: str):
    raise ValueError(name)


def _clipping(values: Values, issued_on: date, edition: int, where: Where) -> Clipping:
    page = _page(values)
    order = values.number("order", least=1, most=LAST_PLACE)
    if page is None or order is None:
        _check_bare(values, page)
    facts = {} if order is None else _article(values)
    if order is not None:
        facts["uid"] = values.uid("uid") or uid_at(issued_on, edition, page.label, order)
    return Clipping(
        issued_on=issued_on,
        edition=edition,
        serial=values.number("serial", least=0, most=LARGE),
        page=page,
        order=order,
        where=where,
        **facts,
    )


def _check_bare(values: Values, page: PageFacts | None) -> None:
    """Refuse words or facts of a page that stand nowhere."""
    allowed = ISSUE_FIELDS if page is None else (*ISSUE_FIELDS, *PAGE_FIELDS)
    for name in values.found:
        if name not in allowed:
            wanted = "page" if page is None else "order"
            raise values.fault(Kind.NOT_PLACED, name, wanted=wanted)


def _page(values: Values) -> PageFacts | None:
    """Return the page, told by its number or by its label as printed; None where there is none."""
    told = values.of("page", int, str)
    label = values.line("label") or (label_of(told) if isinstance(told, int) else told)
    if label is None:
        return None
    if (isinstance(told, int) and not 1 <= told <= 999) or not LABEL.fullmatch(label):
        raise values.fault(Kind.NO_LABEL, "page", value=visible(str(label)))
    return PageFacts(
        label=label,
        name=values.line("page_name"),
        editor=values.line("editor"),
        designer=values.line("designer"),
        proofreader=values.line("proofreader"),
        planned=values.number("planned", least=0, most=SMALL) or 0,
    )


def _article(values: Values) -> dict:
    """Return what a clipping says of its article."""
    paragraphs = values.strings("paragraphs")
    dateline = values.line("dateline")
    bylines, links = _bylines(values)
    if "dateline" not in values and "bylines" not in values:
        dateline, bylines = words.opening_in(paragraphs)
        links = (None,) * len(bylines)
    captions = _captions(values)
    pictures = _pictures(values, {caption.photo for caption in captions})
    copy = Copy(
        kicker=values.line("kicker"),
        headline=values.line("headline"),
        deck=values.line("deck"),
        dateline=dateline,
        bylines=bylines,
        body=_body(values, paragraphs, words.opening(dateline, bylines)),
        captions=captions,
        column=values.line("column"),
        tags=tuple(sorted(set(values.strings("tags", is_line=True)))),
    )
    return {
        "copy": copy,
        "links": links,
        "genre": values.line("genre") or "news",
        "rank": values.number("rank", least=1, most=4),
        "source": values.line("source"),
        "pictures": pictures,
    }


def _body(values: Values, paragraphs: list[str], opening: str) -> str:
    """Return the body to store; it must be printed as exactly these paragraphs."""
    if "body" not in values:
        stored = words.stored(paragraphs, opening)
        if stored is None:
            raise values.fault(Kind.OTHER_OPENING, "paragraphs", opening=visible(opening))
        return stored
    markup = values.lines("body")
    if not words.is_stored_form(markup):
        raise values.fault(Kind.NO_BODY, "body")
    if "paragraphs" in values and words.printed(markup, opening) != paragraphs:
        raise values.fault(Kind.OTHER_BODY, "body")
    return markup


def _bylines(values: Values) -> tuple[tuple[SignedName, ...], tuple[Who | None, ...]]:
    rows = [Values(row, name="bylines").only(BYLINE) for row in values.listed("bylines")]
    for row in rows:
        if not row.line("name"):
            raise row.fault(Kind.MISSING, "name")
    names = tuple(SignedName(row.line("role"), row.line("name")) for row in rows)
    return names, tuple(row.who("contributor") for row in rows)


def _captions(values: Values) -> tuple[PictureWords, ...]:
    rows = [Values(row, name="captions").only(CAPTION) for row in values.listed("captions")]
    for row in rows:
        if not row.uid("photo"):
            raise row.fault(Kind.MISSING, "photo")
    return tuple(PictureWords(r.uid("photo"), r.lines("words"), r.line("credit")) for r in rows)


def _pictures(values: Values, shown: set[str]) -> tuple[Picture, ...]:
    """Return what is told of the photos that captions show; of others nothing may be told."""
    rows = [Values(row, name="photos").only(PHOTO) for row in values.listed("photos")]
    pictures = tuple(map(_picture, rows))
    if any(picture.uid not in shown for picture in pictures):
        raise values.fault(Kind.NOT_PLACED, "photos", wanted="captions")
    return pictures


def _picture(row: Values) -> Picture:
    uid = row.uid("uid")
    if not uid:
        raise row.fault(Kind.MISSING, "uid")
    return Picture(
        uid=uid,
        file=row.file_name("file") or f"{uid}.jpg",
        alt=row.line("alt"),
        credit=row.line("credit"),
        contributor=row.who("contributor"),
        taken_on=row.day("taken_on"),
        place=row.line("place"),
        rights=row.line("rights"),
        focus=row.focus("focus", MIDDLE),
    )
