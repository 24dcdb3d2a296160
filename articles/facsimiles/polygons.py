"""Polygons on the picture of a page: corners [x, y] in ‰ of its width and height. No Django."""

from collections.abc import Sequence

Polygon = Sequence[Sequence[int]]
WHOLE = 1000
FEWEST, MOST = 3, 100  # corners


def is_polygon(value: object) -> bool:
    """Tell whether a value, as JSON has it, is a polygon within the page that has an area."""
    if not isinstance(value, list) or not FEWEST <= len(value) <= MOST:
        return False
    return all(map(_is_point, value)) and area(value) > 0


def corners_text(polygon: Polygon) -> str:
    """Return the corners of a polygon as they are written: 50,80 450,80 450,700."""
    return " ".join(f"{x},{y}" for x, y in polygon)


def _is_point(value: object) -> bool:
    is_pair = isinstance(value, list) and len(value) == 2
    return is_pair and all(type(part) is int and 0 <= part <= WHOLE for part in value)


def area(polygon: Polygon) -> float:
    """Return the area of a polygon."""
    ends = zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    return abs(sum(x * ends_y - ends_x * y for (x, y), (ends_x, ends_y) in ends)) / 2


def box(polygon: Polygon) -> tuple[int, int, int, int]:
    """Return the box around a polygon: left, top, right, bottom."""
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def contains(polygon: Polygon, x: float, y: float) -> bool:
    """Tell whether a point that is on no side lies within a polygon."""
    is_inside = False
    ends = zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    for (one_x, one_y), (two_x, two_y) in ends:
        is_beside = (one_y > y) != (two_y > y)
        if is_beside and x < (two_x - one_x) * (y - one_y) / (two_y - one_y) + one_x:
            is_inside = not is_inside
    return is_inside
