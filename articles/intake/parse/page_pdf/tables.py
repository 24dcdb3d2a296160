"""Ruled tables: their rows, each as one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from .lines import PrintedLine
from .pieces import Piece
from .types import Box, Shape

THIN = 2.5  # points: what is thicker is no rule of a table
TOUCH = 2.0
FEWEST = 3  # rules across and down
TALLEST = 6.0  # sizes of the copy: of a usual row
MOST_RULES = 2_000


@dataclass(frozen=True)
class Grid:
    """The rules of a table: where its rows and columns are parted."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]

    def holds(self, line: PrintedLine) -> bool:
        """Tell whether a line stands in the table."""
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        return self.columns[0] < x < self.columns[-1] and self.rows[0] < y < self.rows[-1]

    def cell(self, line: PrintedLine) -> tuple[int, int]:
        """Return the row and the column of a line."""
        x, y = line.left + 1, (line.top + line.bottom) / 2
        return sum(each < y for each in self.rows), sum(each < x for each in self.columns)


def find_tables(
    lines: Sequence[PrintedLine], shapes: Sequence[Shape], size: float
) -> tuple[list[Piece], list[PrintedLine]]:
    """Return the tables of a page, a line for each row; and the lines that are left."""
    pieces, left = [], list(lines)
    for grid in _grids(shapes, size):
        inside = [line for line in left if not line.is_vertical and grid.holds(line)]
        if len(inside) >= 4:
            known = {id(line) for line in inside}
            left = [line for line in left if id(line) not in known]
            pieces.append(Piece("table", _rows(inside, grid)))
    return pieces, left


def _rows(lines: Sequence[PrintedLine], grid: Grid) -> list[PrintedLine]:
    rows: dict[int, list[PrintedLine]] = {}
    for line in sorted(lines, key=lambda each: (*grid.cell(each), each.top, each.left)):
        rows.setdefault(grid.cell(line)[0], []).append(line)
    return [PrintedLine(tuple(c for line in row for c in line.characters)) for row in rows.values()]


def _grids(shapes: Sequence[Shape], size: float) -> Iterator[Grid]:
    rules = [rule for shape in shapes for rule in _sides(shape)][:MOST_RULES]
    for group in _touching(rules):
        across = [rule for rule in group if rule[3] - rule[1] <= rule[2] - rule[0]]
        down = [rule for rule in group if rule[3] - rule[1] > rule[2] - rule[0]]
        rows, columns = _places([r[1] for r in across]), _places([r[0] for r in down])
        if len(rows) < FEWEST or len(columns) < FEWEST:
            continue
        heights = [two - one for one, two in zip(rows, rows[1:], strict=False)]
        if median(heights) < TALLEST * size:
            yield Grid(rows, columns)


def _sides(shape: Shape) -> Iterator[Box]:
    """Yield a rule, or the sides of a frame."""
    left, top, right, bottom = shape.box
    if min(right - left, bottom - top) <= THIN:
        yield shape.box
    elif not shape.is_filled:
        yield from ((left, top, right, top), (left, bottom, right, bottom))
        yield from ((left, top, left, bottom), (right, top, right, bottom))


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Gather rules that touch each other."""
    groups: list[list[Box]] = []
    for rule in rules:
        near = [group for group in groups if any(_touch(rule, each) for each in group)]
        joined = [rule, *(each for group in near for each in group)]
        groups = [group for group in groups if group not in near] + [joined]
    return groups


def _touch(one: Box, two: Box) -> bool:
    return (
        one[0] <= two[2] + TOUCH
        and two[0] <= one[2] + TOUCH
        and one[1] <= two[3] + TOUCH
        and two[1] <= one[3] + TOUCH
    )


def _places(values: Sequence[float]) -> tuple[float, ...]:
    """Return values, those that are nearly alike once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * TOUCH:
            found.append(value)
    return tuple(found)
