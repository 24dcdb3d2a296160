"""The miniature of a page: where each article stands on it, as the page is packed.

It is a sketch, not the printed geometry: enough to say "the second block, across the page".
No Django here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import row_layout
from .row_layout import BRIEF, LEAD, SECOND, Ranked, Row

WIDTH, HEIGHT = 400, 568
MARGIN, HEAD, GAP = 16, 76, 14
BRIEFS_A_ROW = 3
# How tall a row is, by the rank of its first article.
TALL = {LEAD: 20, SECOND: 12, BRIEF: 3}
OTHERWISE = 9


@dataclass(frozen=True, slots=True)
class Block:
    """One article's place on the miniature, in units of its view box."""

    x: int
    y: int
    width: int
    height: int


@dataclass(slots=True)
class _Item:
    """An article in its final rank, remembering where it stood."""

    at: int
    rank: int
    kind: str
    length: int
    has_picture: bool


def blocks(articles: Sequence[Ranked]) -> list[Block]:
    """Return a block for each article of a page, given in page order.

    Every row is as wide as the page; blocks never overlap and never leave it.
    """
    ranks = row_layout.ranks(articles)
    items = [
        _Item(at, ranks[at], article.kind, article.length, article.has_picture)
        for at, article in enumerate(articles)
    ]
    found: dict[int, Block] = {}
    packed = row_layout.pack(items)
    starts = range(0, len(packed.briefs), BRIEFS_A_ROW)
    briefs = [packed.briefs[start : start + BRIEFS_A_ROW] for start in starts]
    rows = packed.rows + [Row("", [[brief] for brief in row]) for row in briefs]
    for row, top, bottom in _heights(rows):
        for cell, left, right in _widths(row):
            found |= _stacked(cell, left, right, top, bottom)
    return [found[at] for at in range(len(articles))]


def _heights(rows: list[Row]):
    """Yield each row with its top and bottom; together they fill the page."""
    free = HEIGHT - HEAD - MARGIN
    gap = min(GAP, free // (2 * len(rows) or 1))
    shares = [TALL.get(row.cells[0][0].rank, OTHERWISE) for row in rows]
    unit = (free - gap * (len(rows) - 1)) / (sum(shares) or 1)
    top = float(HEAD)
    for row, share in zip(rows, shares, strict=True):
        yield row, top, top + share * unit
        top += share * unit + gap


def _widths(row: Row):
    """Yield each cell of a row with its left and right, shared as the pattern says."""
    spans = [int(span) for span in row.pattern.split("-")[1:]] or [1] * len(row.cells)
    wide = WIDTH - 2 * MARGIN - GAP * (len(spans) - 1)
    left = float(MARGIN)
    for cell, span in zip(row.cells, spans, strict=True):
        right = left + wide * span / sum(spans)
        yield cell, left, right
        left = right + GAP


def _stacked(cell: list[_Item], left: float, right: float, top: float, bottom: float) -> dict:
    """Return the blocks of the articles stacked in a cell, by where they stood."""
    gap = min(GAP, (bottom - top) / (2 * len(cell)))
    tall = (bottom - top - gap * (len(cell) - 1)) / len(cell)
    found = {}
    for number, item in enumerate(cell):
        start = top + number * (tall + gap)
        x, y = round(left), round(start)
        found[item.at] = Block(x, y, round(right) - x, round(start + tall) - y)
    return found
