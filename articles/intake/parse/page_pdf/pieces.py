"""Printed lines → heads, columns of text, captions: the pieces that articles are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from articles.intake.parse.fixed_lines import classify_fixed_lines
from articles.intake.parse.raw_text import STOPS, Line

from .copy_type import Copy
from .lines import PrintedLine
from .types import MOST_FRAMES, Box, TooComplexError, union

HEAD_SIZE = 1.12  # of the copy's size, from which a line is a head
MOST_INDENT = 3.4  # sizes
LONGEST_HEAD = 120
CLOSING = "”’）)》】"
LARGE = 1.3  # of the copy's size: no copy is as large


@dataclass
class Piece:
    """Lines that stand together: a head, a piece of a column, the words of a picture, a folio."""

    kind: str
    lines: list[PrintedLine]
    picture: int | None = None
    children: list = field(default_factory=list)

    @cached_property
    def box(self) -> Box:
        """The box around its lines."""
        return union([line.box for line in self.lines])


def is_head(line: PrintedLine, copy: Copy) -> bool:
    """Tell whether a line is larger than the copy, or set in another way of the same size."""
    if line.is_vertical or line.size >= HEAD_SIZE * copy.size:
        return True
    return line.size > 0.96 * copy.size and (copy.is_bold(line) or line.colour != copy.colour)


def stack_lines(lines: Sequence[PrintedLine], copy: Copy, walls: Sequence[Box]) -> list[Piece]:
    """Return heads and columns: lines that stand one close under the other.

    Raises TooComplexError.
    """
    heads = [line for line in lines if is_head(line, copy)]
    heads += [line for line in lines if line not in heads and _ends_head(line, heads)]
    known = {id(line) for line in heads}
    others = [line for line in lines if id(line) not in known]
    across = _stacks([line for line in heads if not line.is_vertical], 1.0, walls)
    down = _side_stacks([line for line in heads if line.is_vertical])
    pieces = [_head_or_text(stack, copy) for stack in across]
    pieces += [Piece("head", stack) for stack in down]
    stacks = [part for stack in _stacks(others, 0.95, walls) for part in _parted(stack)]
    if len(pieces) + len(stacks) > MOST_FRAMES:
        raise TooComplexError
    texts = [Piece("text", stack) for stack in stacks]
    parts = [part for text in texts for part in _without_deck(text, pieces, texts)]
    pieces += [part for part in parts if part.kind == "head"]
    texts = [part for part in parts if part.kind == "text"]
    return pieces + [_promoted(text, pieces, texts, copy) for text in texts]


def _without_deck(text: Piece, heads: Sequence[Piece], texts: Sequence[Piece]) -> list[Piece]:
    """Part the first line from a column where the columns beside it begin a line lower.

    Such a line stands in the middle under a head: it is a deck in the type of the copy.
    """
    first, rest = text.lines[0], text.lines[1:]
    size = first.size
    if not rest or fixed_kind(first.text) or first.text[-1] in STOPS or _is_full(first, rest):
        return [text]
    is_under = any(
        -0.5 * size < first.top - head.box[3] < 1.2 * size
        and abs(sum(head.box[::2]) - first.left - first.right) < 2 * size
        for head in heads
    )
    left, right = text.box[0] - 4 * size, text.box[2] + 4 * size
    beside = [each.box for each in texts if each.box[2] > left and each.box[0] < right]
    tops = [box[1] for box in beside if box != text.box]
    is_lower = any(abs(top - rest[0].top) < 0.3 * size for top in tops)
    is_level = any(abs(top - first.top) < 0.3 * size for top in tops)
    if not is_under or is_level or not is_lower:
        return [text]
    return [Piece("head", [first]), Piece("text", rest)]


def _is_full(first: PrintedLine, rest: Sequence[PrintedLine]) -> bool:
    """Tell whether a line is as wide as the column under it."""
    left, right = min(line.left for line in rest), max(line.right for line in rest)
    return first.left - left < 0.7 * first.size and right - first.right < 1.2 * first.size


def _ends_head(line: PrintedLine, heads: Sequence[PrintedLine]) -> bool:
    """Tell whether a line too short to be judged stands under the middle of a head of its size."""
    size = line.size
    return len(line.characters) < 4 and any(
        each.size == size
        and not each.is_vertical
        and -0.2 * size < line.top - each.bottom < 0.8 * size
        and abs(line.left + line.right - each.left - each.right) < size
        for each in heads
    )


def _parted(stack: list[PrintedLine]) -> list[list[PrintedLine]]:
    """Part the first lines from a column over whose edges they reach."""
    if len(stack) < 3:
        return [stack]
    size = stack[0].size
    rights, lefts = (sorted(each) for each in zip(*((n.right, n.left) for n in stack), strict=True))
    right, left = rights[len(stack) // 2], lefts[len(stack) // 2]
    wide = (line.right > right + size or line.left < left - size for line in stack)
    number = next((at for at, is_wide in enumerate(wide) if not is_wide), 0)
    return [stack[:number], stack[number:]] if 0 < number <= 3 else [stack]


def _promoted(text: Piece, heads: Sequence[Piece], texts: Sequence[Piece], copy: Copy) -> Piece:
    """Take for a head what stands alone in the middle over a head, or between it and columns."""
    size = text.lines[0].size
    is_other_size = size > 1.03 * copy.size
    is_other_size |= _is_centred(text.lines)
    most = 6 if is_other_size else 2
    is_open = text.lines[-1].text.rstrip(CLOSING)[-1:] not in STOPS
    if len(text.lines) > most or not is_open or fixed_kind(text.lines[0].text):
        return text
    if not is_other_size and _is_column_end(text, texts):
        return text
    for head in heads:
        if head.kind != "head" or head.lines[0].is_vertical:
            continue
        is_middle = abs(sum(head.box[::2]) - sum(text.box[::2])) < 3 * size
        is_middle = is_middle or is_other_size and abs(head.box[0] - text.box[0]) < size
        is_over = -0.5 * size < head.box[1] - text.box[3] < 1.2 * size
        is_under = -0.5 * size < text.box[1] - head.box[3] < 1.2 * size
        if is_middle and (is_over or is_under and (is_other_size or _is_over_columns(text, texts))):
            return Piece("head", text.lines)
    is_alone = not any(_is_close_over(each, text) for each in [*heads, *texts])
    if is_alone and _is_over_columns(text, texts):
        return Piece("head", text.lines)
    return text


def _is_centred(lines: Sequence[PrintedLine]) -> bool:
    """Tell whether lines of different lengths have one middle, as copy never has."""
    size, lefts = lines[0].size, [line.left for line in lines]
    middles = [(line.left + line.right) / 2 for line in lines]
    is_ragged = max(lefts) - min(lefts) > 0.6 * size
    return is_ragged and max(middles) - min(middles) < 0.4 * size


def _is_column_end(text: Piece, texts: Sequence[Piece]) -> bool:
    """Tell whether lines are a short end of a column: they are as wide as another part of it."""
    size = text.lines[0].size
    left, right = text.box[0], text.box[2]
    return any(
        len(each.lines) > 2
        and abs(each.box[2] - right) < 0.6 * size
        and (
            abs(each.box[0] - left) < 1 or len(text.lines) == 1 and 1.5 * size < left - each.box[0]
        )
        and left - each.box[0] < 2.5 * size
        for each in texts
        if each is not text
    )


def _is_close_over(above: Piece, piece: Piece) -> bool:
    size = piece.lines[0].size
    overlap = min(above.box[2], piece.box[2]) - max(above.box[0], piece.box[0])
    return overlap > 0 and -0.5 * size < piece.box[1] - above.box[3] < 0.9 * size


def _is_over_columns(text: Piece, texts: Sequence[Piece]) -> bool:
    """Tell whether a piece reaches over the edges of a column below, or stands in its middle."""
    left, _, right, bottom = text.box
    size = text.lines[0].size
    below = [
        each.box
        for each in texts
        if each is not text and -0.5 * size < each.box[1] - bottom < 2.5 * size
    ]
    over = [box for box in below if box[0] < right and box[2] > left]
    is_inside = any(box[0] < left - size and box[2] > right + size for box in over)
    reaches = any(box[2] < right - size for box in over) or any(box[0] > left for box in over)
    return is_inside or reaches and bool(over)


def fixed_kind(text: str) -> str:
    """Return the kind that the wording of a line tells, or nothing."""
    pieces = classify_fixed_lines([Line(1, text)])
    return pieces[0].kind if len(pieces) == 1 else ""


def _head_or_text(stack: list[PrintedLine], copy: Copy) -> Piece:
    """Tell a head from copy that is set larger or bolder than the rest."""
    length = sum(len(line.characters) for line in stack)
    is_long = length > LONGEST_HEAD or len(stack) > 9
    is_long = is_long and stack[0].size < LARGE * copy.size
    return Piece("text" if is_long else "head", stack)


def _stacks(lines: Sequence[PrintedLine], gap: float, walls: Sequence[Box]) -> list[list]:
    """Gather lines that stand under each other with less than `gap` sizes between."""
    stacks: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda each: (each.top, each.left)):
        fits = [stack for stack in stacks if _is_under(stack, line, gap, walls)]
        best = min(fits, key=lambda stack: line.top - stack[-1].bottom, default=None)
        if best is None:
            stacks.append([line])
        else:
            best.append(line)
    return stacks


def _is_under(stack, line: PrintedLine, gap: float, walls: Sequence[Box]) -> bool:
    last = stack[-1]
    size = max(line.size, last.size)
    space = line.top - last.bottom
    if not -0.5 * size < space < gap * size:
        return False
    if gap < 1 and abs(line.size / last.size - 1) > 0.03:
        return False
    if gap < 1 and last.left - line.left > MOST_INDENT * size:
        return False
    overlap = min(line.right, last.right) - max(line.left, last.left)
    is_indented = gap < 1 and abs(line.left - last.left) < MOST_INDENT * size
    if overlap < 0.5 * min(line.right - line.left, last.right - last.left) and not is_indented:
        return False
    if gap >= 1 and abs(line.size / last.size - 1) > 0.04 and not is_aligned(line.box, last.box):
        return False
    return not any(
        last.bottom - 1 <= wall[1]
        and wall[3] <= line.top + 1
        and wall[0] < line.right
        and wall[2] > line.left
        and wall[3] - wall[1] < 3
        for wall in walls
    )


def is_aligned(one: Box, two: Box) -> bool:
    """Tell whether two heads have a common middle or a common left edge."""
    near = 1.5 * min(one[3] - one[1], two[3] - two[1])
    return abs(one[0] + one[2] - two[0] - two[2]) < 2 * near or abs(one[0] - two[0]) < near


def _side_stacks(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Gather vertical lines that stand beside each other, from right to left."""
    stacks: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda each: -each.right):
        fits = [stack for stack in stacks if _is_beside(stack[-1], line)]
        if fits:
            fits[-1].append(line)
        else:
            stacks.append([line])
    return stacks


def _is_beside(one: PrintedLine, two: PrintedLine) -> bool:
    size = max(one.size, two.size)
    overlap = min(one.bottom, two.bottom) - max(one.top, two.top)
    shorter = min(one.bottom - one.top, two.bottom - two.top)
    return -0.5 * size < one.left - two.right < 1.2 * size and overlap > 0.4 * shorter
