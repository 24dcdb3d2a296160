"""Frames: where the heads, columns, captions and pictures of a page stand, and in which boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from .pieces import Piece
from .types import Box, PrintedPage, Shape

MOST_CONTAINERS = 200  # more than any page has


@dataclass
class Frame:
    """A piece or a picture on the page, and the frame of the article it belongs to."""

    kind: str
    box: Box
    piece: Piece | None = None
    picture: int | None = None
    container: int = -1
    owner: "Frame | None" = None
    is_subhead: bool = False
    is_doubtful: bool = False


def width(box: Box) -> float:
    """The width of a box."""
    return box[2] - box[0]


def shared_width(one: Box, two: Box) -> float:
    """How far two boxes stand over each other, as a share of the narrower."""
    overlap = min(one[2], two[2]) - max(one[0], two[0])
    return overlap / max(min(width(one), width(two)), 1)


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether the middle of a box is inside another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def find_containers(page: PrintedPage, pieces: Sequence[Piece], size: float) -> list[Box]:
    """Return the boxes and tints that hold copy, the smallest first."""
    areas = (shape.box for shape in page.shapes if _is_area(shape, page, size))
    found = [*dict.fromkeys(areas)][:MOST_CONTAINERS]
    texts = [piece.box for piece in pieces if piece.kind == "text"]
    holding = [box for box in found if any(holds(box, text) for text in texts)]
    return sorted(holding, key=lambda box: width(box) * (box[3] - box[1]))


def _is_area(shape: Shape, page: PrintedPage, size: float) -> bool:
    across, down = shape.right - shape.left, shape.bottom - shape.top
    is_page = across * down > 0.9 * page.width * page.height
    return across > 6 * size and down > 2 * size and not is_page
