"""The words under pictures: captions and credits."""

from collections.abc import Sequence

from articles.intake.parse import patterns
from articles.intake.parse.fixed_lines import is_credit

from .copy_type import Copy
from .lines import PrintedLine, join_lines
from .pieces import HEAD_SIZE, Piece
from .types import Box

MOST_CAPTION_LINES = 8
VERBS = ("摄", "摄）", "摄影", "供图", "供图）")


def find_captions(
    lines: Sequence[PrintedLine], pictures: Sequence[Box], copy: Copy
) -> tuple[list[Piece], list[PrintedLine]]:
    """Return the words under each picture, and the lines that are left."""
    left, found = list(lines), []
    for number, picture in enumerate(pictures):
        below = _lines_below(left, picture, copy.size)
        words = below[: _caption_length(below, copy)]
        if words:
            found.append(Piece("caption", words, number))
            taken = {id(line) for line in words}
            left = [line for line in left if id(line) not in taken]
    return found, left


def _lines_below(lines: Sequence[PrintedLine], picture: Box, size: float) -> list[PrintedLine]:
    """Return the lines directly below a picture, one close under the other."""
    edge, found = picture[3], []
    under = [
        line
        for line in lines
        if line.left > picture[0] - size and line.right < picture[2] + size
        if not line.is_vertical and line.top > picture[3] - 0.6 * size
    ]
    for line in sorted(under, key=lambda each: (each.bottom, each.left)):
        if line.top - edge > 1.1 * size or len(found) >= MOST_CAPTION_LINES:
            break
        found.append(line)
        edge = line.bottom
    return found


def _caption_length(lines: Sequence[PrintedLine], copy: Copy) -> int:
    """Return how many of the lines under a picture are its words: to a credit, if there is one."""
    if not lines or lines[0].size > HEAD_SIZE * copy.size:
        return 0
    for number in range(1, len(lines) + 1):
        if abs(lines[number - 1].size / lines[0].size - 1) > 0.1:
            break
        if _ends_caption(caption_text(lines[:number])) or _ends_caption(lines[number - 1].text):
            return number
    if not copy.is_copy(lines[0]):
        return _same_type(lines, copy)
    return _sentence_end(lines) if patterns.CAPTION.match(lines[0].text) else 0


def caption_text(lines: Sequence[PrintedLine]) -> str:
    """Return lines as one text; where the verb of a credit begins a line, a space was before it."""
    text, last = join_lines(lines), lines[-1].text
    if len(lines) > 1 and last in VERBS:
        return f"{text.removesuffix(last)} {last}"
    return text


def _same_type(lines: Sequence[PrintedLine], copy: Copy) -> int:
    first, boldness = lines[0], copy.boldness(lines[0])
    for number, line in enumerate(lines):
        is_same = abs(line.size / first.size - 1) < 0.02
        if len(line.characters) > 5:
            is_same = is_same and abs(copy.boldness(line) - boldness) < 0.2
        if not is_same:
            return number
    return len(lines)


def _sentence_end(lines: Sequence[PrintedLine]) -> int:
    for number, line in enumerate(lines):
        if line.text[-1] in "。！？）" and line.right < lines[0].right - line.size:
            return number + 1
    return 1


def _ends_caption(text: str) -> bool:
    is_inline = bool(patterns.INLINE_CREDIT.search(text))
    return is_inline or is_credit(text) or is_credit(text.strip("（()）"))
