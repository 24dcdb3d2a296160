"""What is printed on a page and belongs to no article: folios, the lines of editors, ads."""

from collections.abc import Sequence

from articles.intake.parse import patterns

from .lines import PrintedLine
from .pieces import Copy, Piece, fixed_kind
from .types import Box

EDGE_ROWS = 3
FURNITURE = ("furniture", "editors")


def find_furniture(
    lines: Sequence[PrintedLine], copy: Copy
) -> tuple[list[Piece], list[PrintedLine]]:
    """Return the folio and the lines of editors, a piece a line; and the lines that are left."""
    taken: list[PrintedLine] = []
    across = [line for line in lines if not line.is_vertical]
    for sign in (1, -1):
        left = [line for line in across if line not in taken]
        taken += _edge_rows(left, sign, copy.size)
    taken += [line for line in across if line not in taken and fixed_kind(line.text) == "editors"]
    turned = [line for line in across if line.characters[0].angle]
    taken += [line for line in turned if line not in taken]
    known = {id(line) for line in taken}
    pieces = [Piece("furniture", [line]) for line in sorted(taken, key=lambda a: (a.top, a.left))]
    return pieces, [line for line in lines if id(line) not in known]


def _edge_rows(lines: Sequence[PrintedLine], sign: int, size: float) -> list[PrintedLine]:
    """Return the rows at the top (sign 1) or foot (-1) of which a line is a folio's."""
    found: list[PrintedLine] = []
    rest = sorted(lines, key=lambda line: sign * (line.top + line.bottom))
    for _ in range(EDGE_ROWS):
        if not rest:
            break
        first = rest[0]
        row = [line for line in rest if abs(line.bottom - first.bottom) < 1.2 * first.size]
        if not any(fixed_kind(line.text) in FURNITURE for line in row):
            break
        if any(line.size > 3 * size for line in row):
            break
        found += row
        rest = [line for line in rest if line not in row]
    return found


def find_adverts(
    lines: Sequence[PrintedLine], boxes: Sequence[Box]
) -> tuple[list[Piece], list[PrintedLine]]:
    """Return the lines of frames that say 广告, and the lines that are left."""
    marks = [line for line in lines if patterns.ADVERT.match(line.text)]
    areas = [box for box in boxes if any(_holds(box, line) for line in marks)]
    taken = [line for line in lines if any(_holds(box, line) for box in areas)]
    known = {id(line) for line in taken}
    pieces = [Piece("furniture", [line]) for line in sorted(taken, key=lambda a: (a.top, a.left))]
    return pieces, [line for line in lines if id(line) not in known]


def _holds(box: Box, line: PrintedLine) -> bool:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
