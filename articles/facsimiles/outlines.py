"""Cells of a grid → the polygons around them. No Django here."""

from collections.abc import Iterator, Sequence, Set

Cell = tuple[int, int]  # the numbers of a column and a row
Ring = list[Cell]  # corners, the numbers of lines of the grid
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def outlines(
    cells: Set[Cell], wanted: Set[Cell], xs: Sequence[int], ys: Sequence[int]
) -> list[list[list[int]]]:
    """Return the polygons around cells, which have right angles and no holes, from the top.

    `xs` and `ys` are where the lines of the grid stand. Pieces without a wanted cell are left
    out; a piece with a hole is cut into two.
    """
    rings = [
        ring
        for piece in _pieces(cells)
        if piece & wanted
        for part in _without_holes(piece)
        for ring in _rings(part)
    ]
    found = [[[xs[x], ys[y]] for x, y in ring] for ring in rings]
    return sorted(found, key=lambda polygon: min((y, x) for x, y in polygon))


def _pieces(cells: Set[Cell]) -> Iterator[set[Cell]]:
    """Yield the cells that hang together by their sides."""
    left = set(cells)
    while left:
        piece, ahead = set(), [left.pop()]
        while ahead:
            x, y = ahead.pop()
            piece.add((x, y))
            near = {(x + across, y + down) for across, down in STEPS} & left
            left -= near
            ahead += near
        yield piece


def _without_holes(piece: set[Cell]) -> Iterator[set[Cell]]:
    """Yield the piece, or the parts into which it is cut through the middle of its holes."""
    holes = [ring for ring in _rings(piece) if _turn(ring) < 0]
    if not holes:
        yield piece
        return
    cut = min(x for x, _ in holes[0])
    for part in ({c for c in piece if c[0] < cut}, {c for c in piece if c[0] >= cut}):
        for smaller in _pieces(part):
            yield from _without_holes(smaller)


def _rings(cells: Set[Cell]) -> list[Ring]:
    """Return the rings around cells: clockwise around them, the other way around holes."""
    ahead: dict[Cell, list[Cell]] = {}
    for start, end in _sides(cells):
        ahead.setdefault(start, []).append(end)
    rings = []
    while ahead:
        rings.append(_corners(_walk(ahead)))
    return rings


def _sides(cells: Set[Cell]) -> Iterator[tuple[Cell, Cell]]:
    for x, y in sorted(cells):
        if (x, y - 1) not in cells:
            yield (x, y), (x + 1, y)
        if (x + 1, y) not in cells:
            yield (x + 1, y), (x + 1, y + 1)
        if (x, y + 1) not in cells:
            yield (x + 1, y + 1), (x, y + 1)
        if (x - 1, y) not in cells:
            yield (x, y + 1), (x, y)


def _walk(ahead: dict[Cell, list[Cell]]) -> Ring:
    """Take one ring out of the sides; where two touch by a corner, keep to the own cell."""
    start = next(iter(ahead))
    ring, at, came = [start], start, None
    while True:
        ends = ahead[at]
        end = ends[0] if len(ends) == 1 else min(ends, key=lambda each: _angle(came, at, each))
        ends.remove(end)
        if not ends:
            del ahead[at]
        if end == start:
            return ring
        ring.append(end)
        came, at = at, end


def _angle(came: Cell | None, at: Cell, end: Cell) -> int:
    """Return 0 for a turn to the right, 1 for straight on, 2 for a turn to the left."""
    if came is None:
        return 0
    before, after = (at[0] - came[0], at[1] - came[1]), (end[0] - at[0], end[1] - at[1])
    return 1 - (before[0] * after[1] - before[1] * after[0])


def _corners(ring: Ring) -> Ring:
    """Return a ring without the points at which it goes straight on."""
    around = zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True)
    return [at for came, at, end in around if _angle(came, at, end) != 1]


def _turn(ring: Ring) -> int:
    """Return twice the area of a ring, negative where it goes around a hole."""
    return sum(x * down - across * y for (x, y), (across, down) in _ends(ring))


def _ends(ring: Ring) -> Iterator[tuple[Cell, Cell]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)
