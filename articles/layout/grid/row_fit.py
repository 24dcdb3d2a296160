"""Fit the cells of a row to one height: how much of its text each article shows.

Texts end after whole sentences, so cells end about, not exactly, at one height. The same words are
sent to every window; how many sentences show at each of two widths is decided here, for each
width by itself. No Django here.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .cell_heights import Choice, Measures, Screen, choices
from .ranking import BRIEF, LEAD, PHOTO, SECOND, STANDARD

# 字 of the lead, a second, a standard article, by the number of articles: few, some, many.
BUDGETS = ((6, (640, 400, 210)), (14, (330, 190, 95)), (None, (300, 150, 80)))
# The most 字 that fill a row, by rank.
MOST = {LEAD: 1100, SECOND: 640, STANDARD: 460, BRIEF: 0}
MOST_OF_CAPTION = 420
# What a pixel of a row that is taller or lower than its articles ask for counts, beside a pixel of
# void as wide as the page.
STRETCH = 0.08
TOLERATED = 70.0  # px of void under a cell; more counts threefold
STACK_GAP = 1.5  # gaps between articles of a stack


@dataclass(frozen=True, slots=True)
class Option:
    """A height of a cell: how many steps of each of its articles, and the void inside."""

    height: float
    void: float
    steps: tuple[int, ...]
    preferred: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A row as it is set: its height, the steps of every article by cell, what is wrong with it."""

    height: float
    steps: tuple[tuple[int, ...], ...]
    cost: float


def budgets(total: int) -> dict[int, int]:
    """Return the 字 that an article is meant to show by rank, where a page has `total` articles."""
    for up_to, (lead, second, standard) in BUDGETS:
        if up_to is None or total <= up_to:
            return {LEAD: lead, SECOND: second, STANDARD: standard, BRIEF: 0}
    raise AssertionError("the last budget has no limit")


def word_budget(item: Measures, total: int) -> int:
    """Return the 字 that an article is meant to show; photo news reads as a second."""
    rank = SECOND if item.kind == PHOTO else item.rank
    return budgets(total)[rank]


def preferred_steps(item: Measures, budget: int) -> int:
    """Return how many steps fill a budget of 字."""
    used, found = 0.0, 0
    for number, step in enumerate(item.steps, 1):
        used += step.em
        if used > budget and found:
            break
        if step.is_end:
            found = number
    return found


def _preferred(options: Sequence[Choice], steps: int) -> float:
    return next(
        (each.height for each in reversed(options) if each.steps <= steps), options[0].height
    )


def cell_options(cell: Sequence[Measures], span: int, screen: Screen, total: int) -> list[Option]:
    """Return the heights that a cell can have, ascending.

    In a stack the sentences go first to the article that shows least of what it is meant to.
    """
    lists = [choices(item, span, screen) for item in cell]
    meant = [preferred_steps(item, word_budget(item, total)) for item in cell]
    preferred = sum(_preferred(one, steps) for one, steps in zip(lists, meant, strict=True))
    gaps = (len(cell) - 1) * (STACK_GAP * screen.gap + 1)
    at, found = [0] * len(cell), []
    while True:
        chosen = [one[number] for one, number in zip(lists, at, strict=True)]
        height = sum(each.height for each in chosen) + gaps
        void = sum(each.void for each in chosen)
        found.append(Option(height, void, tuple(each.steps for each in chosen), preferred + gaps))
        growing = [number for number, one in enumerate(lists) if at[number] + 1 < len(one)]
        if not growing:
            return _ascending(found)
        least = min(growing, key=lambda n: chosen[n].steps / (meant[n] or 1))
        at[least] += 1


def _ascending(options: list[Option]) -> list[Option]:
    """Leave out options that are no taller than the one before, the fuller one staying."""
    return [one for one, after in pairwise(options) if after.height > one.height] + options[-1:]


def fit_row(cells: Sequence[list[Option]], spans: Sequence[int], *, is_exact: bool) -> Fit:
    """Return the best height of a row of cells with these options.

    Tries a few heights, or with `is_exact` every height that a cell can have.
    """
    heights = [[option.height for option in options] for options in cells]
    least = max(column[0] for column in heights)
    meant = sum(
        options[0].preferred * span for options, span in zip(cells, spans, strict=True)
    ) / sum(spans)
    most = max(least, min(column[-1] for column in heights))
    tried = {min(max(meant, least), most), least}
    if is_exact:
        tried |= {height for column in heights for height in column if least <= height <= most + 1}
    else:
        tried |= {column[min(len(column) - 1, bisect_right(column, meant))] for column in heights}
    fits = (_fit_at(height, cells, heights, spans, meant) for height in tried if height >= least)
    return min(fits, key=lambda fit: fit.cost)


def _fit_at(
    height: float,
    cells: Sequence[list[Option]],
    heights: Sequence[list[float]],
    spans: Sequence[int],
    meant: float,
) -> Fit:
    chosen = [
        options[max(0, bisect_right(column, height + 1) - 1)]
        for options, column in zip(cells, heights, strict=True)
    ]
    tall = max(option.height for option in chosen)
    cost = STRETCH * abs(tall - meant)
    for option, span in zip(chosen, spans, strict=True):
        hole = tall - option.height
        cost += (hole + 2 * max(0.0, hole - TOLERATED)) * span / 12
        cost += (option.void + 2 * max(0.0, option.void - TOLERATED / 2)) * span / 12
    return Fit(tall, tuple(option.steps for option in chosen), cost)
