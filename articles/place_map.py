"""The miniature of a page: where each article stands on it, drawn from order and rank alone.

It is a sketch, not the printed geometry: enough to say "the second block, across the page".
No Django here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 568
MARGIN, HEAD, GAP = 16, 76, 14
# How many of twelve columns an article of each rank asks for, and how tall its row is.
SPANS = {1: 8, 2: 6, 3: 4, 4: 4}
TALL = {1: 20, 2: 11, 3: 9, 4: 3}


@dataclass(frozen=True, slots=True)
class Block:
    """One article's place on the miniature, in units of its view box."""

    x: int
    y: int
    width: int
    height: int


def blocks(ranks: Sequence[int]) -> list[Block]:
    """Return a block for each article of a page, given their ranks (1 to 4) in page order.

    Every row is as wide as the page; blocks never overlap and never leave it.
    """
    rows = _rows(ranks)
    free = HEIGHT - HEAD - MARGIN
    gap = min(GAP, free // (2 * len(rows) or 1))
    unit = (free - gap * (len(rows) - 1)) / (sum(TALL[min(row)] for row in rows) or 1)
    placed, top = [], float(HEAD)
    for row in rows:
        tall = TALL[min(row)] * unit
        placed += _across(row, round(top), round(top + tall))
        top += tall + gap
    return placed


def _rows(ranks: Sequence[int]) -> list[list[int]]:
    """Fill rows of twelve columns in order; a lead always takes one neighbour beside it."""
    rows: list[list[int]] = []
    taken = 12
    for rank in ranks:
        span = SPANS[rank]
        beside_lead = bool(rows) and rows[-1] == [1]
        if taken + span > 12 and not beside_lead:
            rows.append([])
            taken = 0
        rows[-1].append(rank)
        taken = 12 if beside_lead else taken + span
    return rows


def _across(row: list[int], top: int, bottom: int) -> list[Block]:
    """Share the width of the page among the blocks of a row by their spans."""
    wide = WIDTH - 2 * MARGIN - GAP * (len(row) - 1)
    shares = [SPANS[rank] for rank in row]
    found, left = [], float(MARGIN)
    for share in shares:
        right = left + wide * share / sum(shares)
        found.append(Block(round(left), top, round(right) - round(left), bottom - top))
        left = right + GAP
    return found
