"""Paragraphs as printed ↔ the body as stored, with nothing changed in the words.

A paragraph's line breaks are stored as `br`; a paragraph may be empty or blank. The opening is
dateline and lead-in as an article composes them; printed, it stands in the first paragraph.
"""

import html
import re
from collections.abc import Sequence

from articles import body
from articles.copy import SignedName, signed
from articles.intake import datelines

TAGS = re.compile(r"(<[^>]*>)")


def opening(dateline: str, bylines: Sequence[SignedName]) -> str:
    """Return what opens the first printed paragraph: 本报讯（记者 张可馨）."""
    names = signed(bylines)
    return f"{dateline}（{names}）" if dateline and names else dateline


def opening_in(paragraphs: Sequence[str]) -> tuple[str, tuple[SignedName, ...]]:
    """Return the dateline and the bylines that open printed paragraphs.

    Nothing where composing them would not give the same characters: then they stay words.
    """
    found = datelines.lead_in(paragraphs[0]) if paragraphs else None
    if found is None or not found.bylines:
        return "", ()
    names = tuple(SignedName(who.house + who.role, who.name) for who in found.bylines)
    composed = opening(found.dateline, names)
    is_exact = composed == paragraphs[0][: found.end] and "\n" not in composed
    return (found.dateline, names) if is_exact and _fits(found.dateline, names) else ("", ())


def _fits(dateline: str, names: Sequence[SignedName]) -> bool:
    """Tell whether these are short enough to be a dateline, roles and names."""
    return len(dateline) <= 60 and all(len(n.role) <= 30 and len(n.name) <= 60 for n in names)


def stored(paragraphs: Sequence[str], opening: str) -> str | None:
    """Return the body of printed paragraphs; None where they do not begin with the opening."""
    kept = list(paragraphs)
    if opening:
        if not kept or not kept[0].startswith(opening):
            return None
        kept[0] = kept[0].removeprefix(opening)
        if kept == [""]:
            return ""
    return body.from_paragraphs(kept).replace("\n", "<br>")


def printed(markup: str, opening: str) -> list[str]:
    """Return the paragraphs of a stored body as they are printed behind the opening."""
    found = body.paragraphs(markup)
    if not opening:
        return found
    if markup.startswith("<p>"):
        return [opening + found[0], *found[1:]]
    return [opening, *found]


def is_stored_form(markup: str) -> bool:
    """Tell whether a body is HTML in the stored form, whatever blanks its words have.

    Its mark-up must be what cleaning leaves; its words must hold no mark-up of their own.
    """
    pieces = TAGS.split(markup)
    words, tags = pieces[::2], pieces[1::2]
    if any(html.escape(html.unescape(text), quote=False) != text for text in words):
        return False
    marked = "".join(
        tag + ("x" if text or _is_empty(tags, number) else "")
        for number, (tag, text) in enumerate(zip(tags, words[1:], strict=True))
    ).replace("<br>", "x<br>x")
    return not words[0] and (body.clean(marked) == marked if marked else not markup)


def _is_empty(tags: Sequence[str], number: int) -> bool:
    """Tell whether a tag is followed at once by the one that closes it."""
    following = tags[number + 1] if number + 1 < len(tags) else ""
    return following.startswith("</") and following[2:-1] == tags[number][1:-1].partition(" ")[0]
