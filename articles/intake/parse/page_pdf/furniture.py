"""What is printed on a page and belongs to no article: folios, the lines of editors, ads."""

import re
from collections.abc import Sequence

from articles.intake.parse import patterns

from .copy_type import Copy
from .lines import PrintedLine
from .pieces import Piece, fixed_kind
from .types import Box

EDGE_ROWS = 3
FURNITURE = ("furniture", "editors")
NAME_SIZE, LONGEST_NAME = 2.2, 10  # of the copy's size; characters
# At the edge of a page only: page numbers, and what mastheads say.
AT_EDGE = re.compile(
    r"^[-—–·•|\s]*(?:第\s*)?[A-Z]?\d{1,3}(?:\s*版)?[-—–·•|\s]*$"
    r"|^农历|(?:主管|主办)(?=$|[：:单主\s])|邮发代号|星期[一二三四五六日]"
    r"|℃|^(?:https?://|www\.)|^(?:今日)?\d+版$|^总?第\s*\d+\s*期"
)
LONGEST_EDGE = 40


def find_furniture(
    lines: Sequence[PrintedLine], copy: Copy
) -> tuple[list[Piece], list[PrintedLine]]:
    """Return the folio and the lines of editors, a piece a line; and the lines that are left."""
    across = [line for line in lines if not line.is_vertical]
    taken = _masthead(across, copy.size)
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
        if not any(_is_at_edge(line) for line in row):
            break
        if any(line.size > 3 * size for line in row):
            break
        found += row
        rest = [line for line in rest if line not in row]
    return found


def _is_at_edge(line: PrintedLine) -> bool:
    is_short = len(line.text) <= LONGEST_EDGE and "，" not in line.text
    is_worded = is_short and bool(AT_EDGE.search(line.text))
    return is_worded or fixed_kind(line.text) in FURNITURE


def _masthead(lines: Sequence[PrintedLine], size: float) -> list[PrintedLine]:
    """Return the lines level with the paper's name: large, few characters, a date line beside."""
    dated = [line for line in lines if fixed_kind(line.text) == "furniture"]
    for name in lines:
        is_large = name.size > NAME_SIZE * size and len(name.characters) <= LONGEST_NAME
        level = [line for line in lines if _is_level(line, name)]
        is_first = not any(
            line.bottom < name.top and line.size > 1.1 * size and not _is_at_edge(line)
            for line in lines
        )
        is_beside = any(line in dated and line is not name for line in level)
        if is_large and is_first and is_beside and max(len(n.characters) for n in level) < 40:
            return level
    return []


def _is_level(line: PrintedLine, name: PrintedLine) -> bool:
    return name.top - 1 < (line.top + line.bottom) / 2 < name.bottom + 1


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
