"""A pasted text in the body of an article → its fields: headings, lead-in, names, photo credits.

The parser of printed pages finds them, by the rules of documents. A field that holds other words
is left as it is, and its line stays in the text.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from articles.content.article_html import Block as StoredBlock
from articles.content.article_html import words
from articles.content.copy import Copy
from articles.content.sanitizer import sanitize
from articles.intake.drafts import BETWEEN_NAMES, length_errors
from articles.intake.parse.lead_ins import parse_lead_in
from articles.intake.parse.types import HEADS

from .document_draft import read_fields, remaining_html
from .document_lines import Line, label_lines, split_lines
from .word.conversion import Block

FIELDS = ("column", "kicker", "headline", "deck", "dateline", "bylines")
LEAD_IN = ("dateline", "bylines")


@dataclass(frozen=True, slots=True)
class BodySplit:
    """The words with those found in their fields, and the credits of pictures in their order.

    `kept` names the fields whose words stay in the text, because they hold others.
    """

    copy: Copy
    credits: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def split_body(
    present: Copy, *, columns: Collection[str] = (), free_captions: int = 0
) -> BodySplit:
    """Return the words of an article with what its text prints before and after the story.

    `columns` are the paper's standing columns; `free_captions` is how many pictures have no
    credit yet. No character is lost: what is in no field stays in the text.
    """
    lines = label_lines(split_lines([Block(present.body)]), columns=columns)
    _article, draft = read_fields(lines, ())
    kept = [name for name in FIELDS if _is_other(present, draft.copy, name)]
    blocked = _blocked(kept, lines)
    if length_errors([draft]):
        blocked |= {number for number, line in enumerate(lines) if line.kind in HEADS}
    split, credits = _take(present, _as_text(lines, blocked), free_captions)
    if _has_doubled_names(present, split):
        blocked |= _name_lines(lines)
        split, credits = _take(present, _as_text(lines, blocked), free_captions)
        split = replace(split, bylines=present.bylines)
    return BodySplit(split, credits, tuple(kept))


def _take(present: Copy, lines: Sequence[Line], free_captions: int) -> tuple[Copy, tuple[str, ...]]:
    """Return the words with those of the lines in their fields, and the credits."""
    article, draft = read_fields(lines, ())
    credits, lines = _cut_credits(lines, free_captions)
    found = {name: getattr(draft.copy, name) for name in FIELDS if getattr(draft.copy, name)}
    body = sanitize("".join(remaining_html(article, lines)))
    return replace(present, **found, body=body), credits


def _is_other(present: Copy, found: Copy, name: str) -> bool:
    """Tell whether a field holds other words than those found for it."""
    mine, theirs = getattr(present, name), getattr(found, name)
    return bool(mine and theirs) and mine != theirs


def _blocked(kept: Sequence[str], lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that stay in the text."""
    blocked = {number for number, line in enumerate(lines) if line.kind in kept}
    if set(kept) & set(LEAD_IN):
        blocked |= _name_lines(lines)
    return blocked


def _name_lines(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that print names, or open with a lead-in."""
    return {
        number
        for number, line in enumerate(lines)
        if line.kind == "byline" or (line.kind == "body" and parse_lead_in(line.text))
    }


def _as_text(lines: Sequence[Line], blocked: set[int]) -> list[Line]:
    """Return the lines; those with these numbers are text and nothing else."""
    return [
        replace(line, kind="summary", joins_previous=False) if number in blocked else line
        for number, line in enumerate(lines)
    ]


def _cut_credits(lines: Sequence[Line], most: int) -> tuple[tuple[str, ...], list[Line]]:
    """Return the first lines that are credits, without brackets, and the lines without them."""
    numbers = [at for at, line in enumerate(lines) if line.kind == "credit"][:most]
    credits = tuple(lines[at].text.strip("（()） \u3000") for at in numbers)
    empty = StoredBlock("p", "")
    return credits, [
        replace(line, block=empty) if at in numbers else line for at, line in enumerate(lines)
    ]


def _has_doubled_names(present: Copy, split: Copy) -> bool:
    """Tell whether the text still prints names that are in the bylines now."""
    lost = _count(words(present.body)) - _count(words(split.body))
    names = "".join(byline.name for byline in split.bylines)
    return split.bylines != present.bylines and bool(_count(names) - lost)


def _count(text: str) -> Counter[str]:
    return Counter(BETWEEN_NAMES.sub("", text))
