"""A clipping → its one line; `reading.read` makes the same clipping of it again."""

import json

from . import words
from .clippings import MIDDLE, Clipping, PageFacts, Picture, Who, label_of, uid_at


def line(clipping: Clipping) -> str:
    """Return the line of a clipping, without its end: what says nothing is left out."""
    found = {"date": clipping.issued_on.isoformat()}
    if clipping.page is not None:
        found["page"] = page_of(clipping.page.label)
    if clipping.order is not None:
        found |= _words(clipping)
    found |= _given(
        edition=clipping.edition if clipping.edition != 1 else None,
        serial=clipping.serial,
        **_page_facts(clipping.page),
    )
    if clipping.order is not None:
        found |= _facts(clipping)
    return json.dumps(found, ensure_ascii=False)


def page_of(label: str) -> int | str:
    """Return a page's number, where that alone tells its label; else the label."""
    is_number = label.isdigit() and int(label) and label_of(int(label)) == label
    return int(label) if is_number else label


def _given(**facts) -> dict:
    """Return the facts that say something."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _page_facts(page: PageFacts | None) -> dict:
    if page is None:
        return {}
    return {
        "page_name": page.name,
        "editor": page.editor,
        "designer": page.designer,
        "proofreader": page.proofreader,
        "planned": page.planned or None,
    }


def _words(clipping: Clipping) -> dict:
    copy = clipping.copy
    return {
        "order": clipping.order,
        "kicker": copy.kicker,
        "headline": copy.headline,
        "deck": copy.deck,
        "paragraphs": words.printed(copy.body, words.opening(copy.dateline, copy.bylines)),
    }


def _facts(clipping: Clipping) -> dict:
    copy = clipping.copy
    derived = uid_at(*clipping.key, *clipping.place)
    told = _opening(clipping)
    return (
        _given(
            uid=clipping.uid if clipping.uid != derived else None,
            genre=clipping.genre if clipping.genre != "news" else None,
            rank=clipping.rank,
            source=clipping.source,
            column=copy.column,
            tags=list(copy.tags),
            captions=[_given(photo=c.photo, words=c.words, credit=c.credit) for c in copy.captions],
            photos=[_picture(picture) for picture in clipping.pictures],
        )
        | told
    )


def _opening(clipping: Clipping) -> dict:
    """Return dateline, bylines and body as far as the printed paragraphs alone do not tell them.

    An empty dateline is written where the words would be taken for one.
    """
    copy = clipping.copy
    opening = words.opening(copy.dateline, copy.bylines)
    paragraphs = words.printed(copy.body, opening)
    found = {}
    if (copy.dateline, copy.bylines) != words.opening_in(paragraphs) or any(clipping.links):
        signed = zip(copy.bylines, clipping.links, strict=True)
        bylines = [_given(role=s.role, name=s.name, contributor=_who(who)) for s, who in signed]
        found = _given(dateline=copy.dateline, bylines=bylines) or {"dateline": ""}
    if words.stored(paragraphs, opening) != copy.body:
        found["body"] = copy.body
    return found


def _who(who: Who | None) -> list[str] | None:
    return list(who) if who else None


def _picture(picture: Picture) -> dict:
    return _given(
        uid=picture.uid,
        file=picture.file,
        alt=picture.alt,
        credit=picture.credit,
        contributor=_who(picture.contributor),
        taken_on=picture.taken_on.isoformat() if picture.taken_on else None,
        place=picture.place,
        rights=picture.rights,
        focus=picture.focus if picture.focus != MIDDLE else None,
    )
