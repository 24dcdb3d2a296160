"""The miniature of a page: where each article stands on it, as the page is packed.

It is a sketch, not the printed geometry: enough to say "the second block, across the page".
No Django here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from . import row_layout
from .cell_heights import SCREENS, Measures, choices
from .row_layout import Row

WIDTH, HEIGHT = 400, 568
MARGIN, HEAD, GAP = 16, 76, 14
BRIEFS_A_ROW = 3
BRIEF_HEIGHT = 60.0  # px of a row of briefs
BROAD = len(SCREENS) - 1


@dataclass(frozen=True, slots=True)
class Block:
    """One article's place on the miniature, in units of its view box."""

    x: int
    y: int
    width: int
    height: int


def blocks(items: tuple[Measures, ...]) -> list[Block]:
    """Return a block for each ranked article of a page, given in page order.

    Every row is as wide as the page and as tall as it is on the page, to scale; blocks never
    overlap and never leave it.
    """
    found: dict[int, Block] = {}
    packed = row_layout.pack(items)
    starts = range(0, len(packed.briefs), BRIEFS_A_ROW)
    briefs = [packed.briefs[start : start + BRIEFS_A_ROW] for start in starts]
    rows = packed.rows + [Row("", tuple((brief,) for brief in row)) for row in briefs]
    for row, top, bottom in _heights(rows):
        for number, (cell, left, right) in enumerate(_widths(row)):
            shares = _shares(items, row, number)
            found |= _stacked(cell, shares, (left, right), (top, bottom))
    return [found[at] for at in range(len(items))]


def _heights(rows: list[Row]) -> Iterator[tuple[Row, float, float]]:
    """Yield each row with its top and bottom; together they fill the page."""
    free = HEIGHT - HEAD - MARGIN
    gap = min(GAP, free // (2 * len(rows) or 1))
    shares = [row.fits[BROAD].height if row.fits else BRIEF_HEIGHT for row in rows]
    unit = (free - gap * (len(rows) - 1)) / (sum(shares) or 1)
    top = float(HEAD)
    for row, share in zip(rows, shares, strict=True):
        yield row, top, top + share * unit
        top += share * unit + gap


def _widths(row: Row) -> Iterator[tuple[tuple[int, ...], float, float]]:
    """Yield each cell of a row with its left and right, shared as the pattern says."""
    spans = _spans(row)
    wide = WIDTH - 2 * MARGIN - GAP * (len(spans) - 1)
    left = float(MARGIN)
    for cell, span in zip(row.cells, spans, strict=True):
        right = left + wide * span / sum(spans)
        yield cell, left, right
        left = right + GAP


def _spans(row: Row) -> list[int]:
    return [int(span) for span in row.pattern.split("-")[1:]] or [1] * len(row.cells)


def _shares(items: tuple[Measures, ...], row: Row, number: int) -> list[float]:
    """Return how tall each article of a cell is beside the others of its stack."""
    cell = row.cells[number]
    if len(cell) == 1:
        return [1.0]
    span, screen, found = _spans(row)[number], SCREENS[BROAD], []
    for at, steps in zip(cell, row.fits[BROAD].steps[number], strict=True):
        heights = choices(items[at], span, screen)
        found.append(next(each.height for each in heights if each.steps == steps))
    return found


def _stacked(
    cell: tuple[int, ...],
    shares: list[float],
    across: tuple[float, float],
    down: tuple[float, float],
) -> dict[int, Block]:
    """Return the blocks of the articles stacked in a cell, by their index."""
    gap = min(GAP, (down[1] - down[0]) / (2 * len(cell)))
    unit = (down[1] - down[0] - gap * (len(cell) - 1)) / sum(shares)
    found, start, x = {}, down[0], round(across[0])
    for at, share in zip(cell, shares, strict=True):
        y, end = round(start), round(start + share * unit)
        found[at] = Block(x, y, round(across[1]) - x, max(1, end - y))
        start += share * unit + gap
    return found
