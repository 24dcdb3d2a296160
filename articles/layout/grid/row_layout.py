"""From prominence to layout: full rows of twelve columns whose cells end together.

The articles of a page stand in one order. Every way to cut that order into rows is a sum of costs:
the void in each row at two widths of the window (`row_fit`), and what a place costs an article of
its rank. The cheapest is taken, as lines are cut from a paragraph. No Django here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .cell_heights import NARROW, SCREENS, Measures, Screen
from .ranking import ADVERTISEMENT, ARTICLE, BRIEF, DOCUMENT, LEAD, PHOTO, SECOND, STANDARD
from .row_fit import Fit, Option, cell_options, fit_row

# The patterns of rows, and how many articles stand in their cells.
LEAD_ROWS = (("r-12", (1,)), *(("r-8-4", (1, stack)) for stack in (1, 2, 3)))
ROWS = (
    ("r-12", (1,)),
    ("r-8-4", (1, 1)),
    ("r-8-4", (1, 2)),
    ("r-8-4", (1, 3)),
    ("r-6-6", (1, 1)),
    ("r-6-6", (1, 2)),
    ("r-6-6", (2, 1)),
    ("r-4-4-4", (1, 1, 1)),
    ("r-4-4-4", (1, 1, 2)),
    ("r-4-4-4", (1, 2, 1)),
    ("r-4-4-4", (2, 1, 1)),
    ("r-4-4-4", (1, 2, 2)),
    ("r-4-4-4", (2, 1, 2)),
    ("r-4-4-4", (2, 2, 1)),
    ("r-4-4-4", (2, 2, 2)),
    ("r-6-3-3", (1, 1, 1)),
    ("r-6-3-3", (1, 1, 2)),
    ("r-6-3-3", (1, 2, 1)),
    ("r-6-3-3", (1, 2, 2)),
    ("r-3-3-6", (1, 1, 1)),
    ("r-3-3-6", (1, 2, 1)),
    ("r-3-3-6", (2, 1, 1)),
    ("r-3-3-6", (2, 2, 1)),
    ("r-3-3-3-3", (1, 1, 1, 1)),
)
# What a place of so many columns costs an article, in pixels of void; other places are barred.
SPAN_COSTS = {
    SECOND: {4: 25, 6: 0, 8: 5, 12: 60},
    STANDARD: {3: 0, 4: 0, 6: 10, 8: 40, 12: 90},
    PHOTO: {3: 40, 4: 0, 6: 0, 8: 20, 12: 90},
    DOCUMENT: {12: 0},
    ADVERTISEMENT: {3: 0, 4: 0, 6: 0, 12: 10},
}
# Of a lead without a picture that stands alone while there is photo news to stand beside it.
LEAD_ALONE = 60
# Of a stack, for each article more than one.
STACKED = 8
# Kinds from the top of a page to its end.
LAST = {DOCUMENT: 1, ADVERTISEMENT: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """A full row: the name of its twelve-column pattern, its cells of one or more articles.

    Articles are given by their index on the page. `fits` are those at SCREENS, in order.
    """

    pattern: str
    cells: tuple[tuple[int, ...], ...]
    fits: tuple[Fit, ...] = ()


@dataclass(slots=True)
class Packing:
    """A page as rows from top to bottom, then the briefs (简讯), by their index on the page."""

    rows: list[Row] = field(default_factory=list)
    briefs: list[int] = field(default_factory=list)


@lru_cache(maxsize=512)
def pack(items: tuple[Measures, ...]) -> Packing:
    """Pack ranked articles (ranks 1 to 4, one of them 1) into full rows, in reading order.

    Some 15 ms for a page of 25 articles that is not remembered.
    """
    briefs = [at for at, item in enumerate(items) if _is_brief(item)]
    if not items:
        return Packing()
    page = _Page(items)
    return Packing([page.exact(row) for row in page.cheapest()], briefs)


def spans_on(pattern: str, screen: Screen, *, has_photo: bool) -> tuple[int, ...]:
    """Return how many columns each cell of a row has; rows with a photo change where narrow."""
    if screen is NARROW and (pattern == "r-3-3-6" or (pattern == "r-6-3-3" and has_photo)):
        return (4, 4, 4)
    return tuple(map(int, pattern.split("-")[1:]))


def _is_brief(item: Measures) -> bool:
    return item.rank == BRIEF and item.kind != ADVERTISEMENT


class _Page:
    """The articles of a page in the order in which they are set, and what rows of them cost."""

    def __init__(self, items: Sequence[Measures]):
        self.items, self.total = items, len(items)
        self.order = _order(items)
        first = [items[at] for at in self.order[:2]]
        self.is_photo_second = first[-1].kind == PHOTO and not first[0].picture
        self.options: dict[tuple, list[Option]] = {}

    def cheapest(self) -> list[Row]:
        """Return the rows that cost least together."""
        count = len(self.order)
        costs, rows = [0.0] * (count + 1), [Row("", ())] * count
        for start in reversed(range(count)):
            costs[start] = float("inf")
            for row in self.candidates(start):
                end = start + sum(map(len, row.cells))
                cost = self.cost(row)
                if cost + costs[end] < costs[start]:
                    costs[start], rows[start] = cost + costs[end], row
        found, start = [], 0
        while start < count:
            found.append(rows[start])
            start += sum(map(len, rows[start].cells))
        return found

    def candidates(self, start: int) -> Iterator[Row]:
        """Yield the rows that can begin with an article."""
        for pattern, counts in LEAD_ROWS if start == 0 else ROWS:
            ahead = self.order[start : start + sum(counts)]
            if len(ahead) == sum(counts):
                cells, at = [], 0
                for count in counts:
                    cells.append(tuple(ahead[at : at + count]))
                    at += count
                yield Row(pattern, tuple(cells))

    def cost(self, row: Row) -> float:
        """Return what a row costs: infinite where an article may not stand in its place."""
        cost = self.place_cost(row)
        if cost < float("inf"):
            cost += sum(self.fit(row, screen, is_exact=False).cost for screen in SCREENS)
        return cost

    def place_cost(self, row: Row) -> float:
        """Return what the places of a row cost its articles."""
        spans = spans_on(row.pattern, SCREENS[-1], has_photo=False)
        kinds = {self.items[at].kind for cell in row.cells for at in cell}
        if ADVERTISEMENT in kinds and len(kinds) > 1:
            return float("inf")
        if row.pattern == "r-3-3-6" and self.items[row.cells[-1][0]].kind != PHOTO:
            return float("inf")
        is_alone = row.cells == ((self.order[0],),) and self.is_photo_second
        cost = float(LEAD_ALONE * is_alone)
        for cell, span in zip(row.cells, spans, strict=True):
            cost += STACKED * (len(cell) - 1)
            cost += sum(_span_cost(self.items[at], span) for at in cell)
        return cost

    def fit(self, row: Row, screen: Screen, *, is_exact: bool) -> Fit:
        """Fit the cells of a row at one width."""
        has_photo = self.items[row.cells[0][0]].kind == PHOTO
        spans = spans_on(row.pattern, screen, has_photo=has_photo)
        cells = [self.cell(cell, span, screen) for cell, span in zip(row.cells, spans, strict=True)]
        return fit_row(cells, spans, is_exact=is_exact)

    def cell(self, cell: tuple[int, ...], span: int, screen: Screen) -> list[Option]:
        """Return the heights that a cell can have; they are computed once."""
        key = (cell, span, screen is NARROW)
        if key not in self.options:
            items = [self.items[at] for at in cell]
            self.options[key] = cell_options(items, span, screen, self.total)
        return self.options[key]

    def exact(self, row: Row) -> Row:
        """Return a row with its best fit at every width."""
        fits = tuple(self.fit(row, screen, is_exact=True) for screen in SCREENS)
        return Row(row.pattern, row.cells, fits)


def _span_cost(item: Measures, span: int) -> float:
    if item.rank == LEAD:
        return 0.0
    if item.kind == ARTICLE:
        return SPAN_COSTS[SECOND if item.rank == SECOND else STANDARD].get(span, float("inf"))
    return SPAN_COSTS[item.kind].get(span, float("inf"))


def _order(items: Sequence[Measures]) -> list[int]:
    """Return the order in which articles are set: by rank, then as on the page.

    Documents and then advertisements are last. A lead without a picture is followed by the first
    photo news, so that they can stand side by side.
    """
    shown = [at for at, item in enumerate(items) if not _is_brief(item)]

    def key(at: int) -> tuple:
        item = items[at]
        rank = STANDARD if item.kind == PHOTO and item.rank != LEAD else item.rank
        return (rank != LEAD, LAST.get(item.kind, 0), rank, at)

    found = sorted(shown, key=key)
    photo = next((at for at in found[1:] if items[at].kind == PHOTO), None)
    if photo is not None and not items[found[0]].picture:
        found.remove(photo)
        found.insert(1, photo)
    return found
