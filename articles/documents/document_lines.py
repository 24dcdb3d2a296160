"""The lines of a document and their kinds, found by the parser of printed pages.

A line is one paragraph, list or table of the stored form. A style of the document says more
than the parser; headings are looked for before the first paragraph of the text only, names
there and in the last lines.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from articles.content import article_html
from articles.content.sanitizer import sanitize
from articles.intake.parse.parser import parse_blocks
from articles.intake.parse.types import HEADS, Decision, ParsedBlock

from .word.conversion import Block, Picture

BY_STYLE = Decision("by-style", 1.0)
TITLES = ("kicker", "headline", "deck")
# The kinds of lines that may stand before the text.
OPENING = (*HEADS, "byline", "credit", "caption")
# How many lines from the end may be names.
LAST_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the stored form, its kind, and the credit with which it ends."""

    block: article_html.Block
    role: str = ""
    kind: str = "summary"
    credit: str = ""
    joins_previous: bool = False
    decision: Decision = BY_STYLE

    @property
    def text(self) -> str:
        """Its words in one line."""
        return self.block.text.replace("\n", " ").replace("\t", " ")

    def as_parsed(self, number: int, *, kind: str) -> ParsedBlock:
        """Return the line as a block of a parsed page."""
        joins = self.joins_previous and kind in TITLES
        return ParsedBlock(number, self.text, kind, self.decision, joins_previous=joins)


def split_lines(content: Iterable[Block | Picture]) -> list[Line | Picture]:
    """Return the lines and pictures of a document in their order, of no kind yet."""
    found: list[Line | Picture] = []
    for each in content:
        if isinstance(each, Picture):
            found.append(each)
        else:
            stored = article_html.blocks(sanitize(each.html))
            found += [Line(block, each.role) for block in stored]
    return found


def label_lines(lines: Sequence[Line], *, columns: Collection[str]) -> list[Line]:
    """Return the lines with their kinds; `columns` are the paper's standing columns."""
    parsed = _parse(lines, columns)
    labelled = [_labelled(line, parsed.get(number, [])) for number, line in enumerate(lines)]
    return _place_headings(_use_styles(labelled), columns)


def _parse(lines: Sequence[Line], columns: Collection[str]) -> dict[int, list[ParsedBlock]]:
    """Return what the parser makes of each line with words; lists and tables it does not see."""
    seen = [number for number, line in enumerate(lines) if line.block.tag in ("p", "h2")]
    text = "\n".join(lines[number].text for number in seen)
    blocks, _removed = parse_blocks(text, columns=columns)
    found: dict[int, list[ParsedBlock]] = {}
    for block in blocks:
        found.setdefault(seen[block.line - 1], []).append(block)
    return found


def _labelled(line: Line, pieces: Sequence[ParsedBlock]) -> Line:
    """Return a line with the kind of its pieces; of several, the last may be a credit."""
    if not pieces:
        return line
    first, last = pieces[0], pieces[-1]
    credit = last.text if last.kind == "credit" and len(pieces) == 2 else ""
    kind = first.kind if len(pieces) == 1 or credit else "body"
    return replace(
        line, kind=kind, credit=credit, joins_previous=first.joins_previous, decision=first.decision
    )


def _use_styles(lines: Sequence[Line]) -> list[Line]:
    """Give the lines the kinds that styles say; around a styled headline, those of its place."""
    title, found = _styled_headline(lines), []
    for number, line in enumerate(lines):
        kind = line.role if line.role in (*TITLES, "caption") else ""
        if not kind and line.block.tag == "h2":
            kind = "headline" if number == title else "subhead"
        if not kind and title is not None and line.kind in TITLES:
            kind = "kicker" if number < title else "deck"
        found.append(replace(line, kind=kind, decision=BY_STYLE) if kind else line)
    return found


def _styled_headline(lines: Sequence[Line]) -> int | None:
    """Return the first line with the style of a headline, or the heading that opens the text."""
    for number, line in enumerate(lines):
        if line.role == "headline":
            return number
    for number, line in enumerate(lines):
        if line.block.tag == "h2":
            return number
        if line.kind not in (*TITLES, "column"):
            return None
    return None


def _place_headings(lines: Sequence[Line], columns: Collection[str]) -> list[Line]:
    """Take headings and names for what they are where they may stand, else for text."""
    found, is_opening = [], True
    styled = (number for number, line in enumerate(lines) if line.role == "headline")
    title = next(styled, 0)
    last_text = max((n for n, line in enumerate(lines) if line.kind != "subhead"), default=-1)
    for number, line in enumerate(lines):
        is_last = number >= len(lines) - LAST_LINES
        if line.kind == "column" and line.text not in columns:
            line = replace(line, kind="kicker")
        is_opening = is_opening and (number < title or line.kind in OPENING)
        if line.kind in HEADS and not is_opening:
            line = replace(line, kind="stray-heading")
        if line.kind == "byline" and not (is_opening or is_last):
            line = replace(line, kind="summary")
        if line.kind == "subhead" and number >= last_text and line.block.tag == "p":
            line = replace(line, kind="summary")
        found.append(line)
    return found
