"""Printed characters → printed lines, across or down the page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from .types import Box, Character, TooComplexError, union

# How far the next character of a line may stand, in sizes of it.
NEAR, NEAR_IN_HEADS = 1.3, 2.6
WIDEST = 6.0  # of copy that is spaced out evenly
MOST_LINES = 3_000  # pieces of lines, more than any page has
FARTHEST = 40  # points: lines of no type stand less level
OPENING = "“‘（《「"
WORD_GAP, LATIN_GAP = 0.6, 0.22


@dataclass(frozen=True)
class PrintedLine:
    """Characters that stand in one line; `is_vertical` where they go down the page."""

    characters: tuple[Character, ...]
    is_vertical: bool = False

    @cached_property
    def box(self) -> Box:
        """The box around its characters."""
        return union([each.box for each in self.characters])

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        return most_common(each.size for each in self.characters)

    @cached_property
    def ink(self) -> float:
        """How dark its letters are; punctuation is left out."""
        inks = [each.ink for each in self.characters if each.text.isalnum()]
        return median(inks) if inks else 0.0

    @cached_property
    def colour(self) -> int:
        """The colour of most of its characters."""
        return most_common(each.colour for each in self.characters)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.box[0]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.box[1]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.box[2]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.box[3]

    @cached_property
    def text(self) -> str:
        """Its words; a wide gap between two words is a space."""
        side = 1 if self.is_vertical else 0
        pairs = [*zip(self.characters, self.characters[1:], strict=False)]
        gaps = [after.box[side] - before.box[side + 2] for before, after in pairs]
        usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 2 else 0.0
        spaces = sum(after.is_spaced for _, after in pairs)
        is_set_apart = len(pairs) > 2 and spaces > 0.6 * len(pairs)
        words = [self.characters[0].text]
        for (before, after), gap in zip(pairs, gaps, strict=True):
            is_spaced = after.is_spaced and not is_set_apart
            words.append(_space(before, after, gap - usual, gap, is_spaced=is_spaced) + after.text)
        return "".join(words)


def _space(before: Character, after: Character, wider: float, gap: float, *, is_spaced) -> str:
    if is_spaced and wider > 0.15 * after.size:
        return " "
    if before.text.isascii() and after.text.isascii():
        return " " if gap > LATIN_GAP * after.size else ""
    is_mark = not before.text.isalnum() or not after.text.isalnum()
    return " " if wider > (WORD_GAP + 0.5 * is_mark) * after.size else ""


def most_common(values: Iterable):
    """Return the value that is there most often, of several the first."""
    return Counter(values).most_common(1)[0][0]


def join_lines(lines: Sequence[PrintedLine]) -> str:
    """Return lines as one text; words of letters keep their space."""
    text = ""
    for line in lines:
        is_word = text[-1:].isascii() and text[-1:].isalpha() and line.text[0].isascii()
        text += (" " if is_word and line.text[0].isalpha() else "") + line.text
    return text


def find_lines(characters: Sequence[Character], body_size: float) -> list[PrintedLine]:
    """Return the lines of a page; the characters of a line mostly follow each other in the PDF.

    Lines that the PDF has in pieces are joined. Raises TooComplexError.
    """
    across, down = [], []
    for run, is_vertical in _runs(characters, body_size):
        (down if is_vertical else across).append(PrintedLine(tuple(run), is_vertical))
    if len(across) + len(down) > MOST_LINES:
        raise TooComplexError
    joined = _bridged(_joined(across, body_size), body_size)
    alone = [line for line in joined if len(line.characters) == 1 and _is_in_line(line, down)]
    down = _joined_down([*down, *alone])
    return [line for line in joined if line not in alone] + down


def _is_in_line(single: PrintedLine, down: Sequence[PrintedLine]) -> bool:
    """Tell whether a single character is in a line down the page, or is all of the next one."""
    size = single.size
    return any(
        line.size == size
        and (
            abs(line.left - single.left) < 0.3 * size
            and -0.3 * size < max(line.top - single.bottom, single.top - line.bottom) < 0.8 * size
            or 0.8 * size < line.left - single.left < 1.8 * size
            and line.top - 0.5 * size < single.top < line.bottom
        )
        for line in down
    )


def _joined_down(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Join the pieces of lines down the page."""
    found: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda each: each.top):
        near = [row for row in found if _goes_down(row[-1], line)]
        if near:
            near[-1].append(line)
        else:
            found.append([line])
    return [
        PrintedLine(tuple(c for piece in row for c in piece.characters), is_vertical=True)
        for row in found
    ]


def _runs(characters: Sequence[Character], body: float) -> Iterator[tuple[list[Character], bool]]:
    run: list[Character] = []
    step = ""
    for at, each in enumerate(characters):
        after = characters[at + 1] if at + 1 < len(characters) else None
        usual = max(_gap(run, step), _even_gap(run[-1], each, after)) if run else 0.0
        following = _step(run[-1], each, body, usual=usual) if run else ""
        if following == "down" and not step and after and _step(each, after, body) == "across":
            following = ""
        if run and (not following or step and following != step):
            yield run, step == "down"
            run, step = [], ""
            following = ""
        run.append(each)
        step = step or following
    if run:
        yield run, step == "down"


def _gap(run: Sequence[Character], step: str) -> float:
    """Return the last gap in a line: where copy is spaced out, the next is as wide."""
    if len(run) < 2:
        return 0.0
    before, last = run[-2:]
    return last.top - before.bottom if step == "down" else last.left - before.right


def _even_gap(one: Character, two: Character, three: Character | None) -> float:
    """Return the gap between three characters that stand as far apart, or 0."""
    if three is None or abs(three.bottom - one.bottom) > 0.35 * one.size:
        return 0.0
    first, second = two.left - one.right, three.left - two.right
    return first if first > 0 and abs(first - second) < 0.2 * first else 0.0


def _step(one: Character, two: Character, body: float, *, usual: float = 0.0) -> str:
    """Tell whether a character follows another across, down, or not in one line."""
    size = max(one.size, two.size)
    if min(one.size, two.size) < 0.6 * size:
        return ""
    if one.angle or two.angle:
        return "down" if _is_down(one, two, size, usual) else ""
    near = NEAR_IN_HEADS if size > 1.15 * body else max(NEAR, min(1.6 * usual / size, WIDEST))
    if abs(one.bottom - two.bottom) < 0.35 * size and -0.6 * size < two.left - one.right:
        back = 0.0 if two.text.isalnum() else 0.3 * size  # a quotation mark hangs over
        is_after = two.left > one.left - back
        return "across" if two.left - one.right < near * size and is_after else ""
    return "down" if size == one.size and _is_down(one, two, size, usual) else ""


def _is_down(one: Character, two: Character, size: float, usual: float) -> bool:
    """Tell whether a character stands under another; a sideways letter needs less room."""
    is_under = abs(one.middle[0] - two.middle[0]) < 0.45 * size
    least = -0.1 if one.angle or two.angle else 0.4
    most = max(1.7 * size, size + 1.5 * usual)
    return is_under and least * size < two.middle[1] - one.middle[1] < most


def _goes_down(one: PrintedLine, two: PrintedLine) -> bool:
    is_single = min(len(one.characters), len(two.characters)) == 1
    near = (0.8 if is_single else 0.3) * two.size
    is_level = abs(one.left - two.left) < 0.3 * two.size
    return one.size == two.size and is_level and -0.3 * two.size < two.top - one.bottom < near


def _joined(lines: Sequence[PrintedLine], body: float) -> list[PrintedLine]:
    """Join the pieces of lines on one base line, from the left."""
    rows: list[list[PrintedLine]] = []
    at_height: dict[int, list[list[PrintedLine]]] = {}
    for line in sorted(lines, key=lambda each: each.left):
        reach = int(min(0.2 * line.size, FARTHEST)) + 1
        heights = range(int(line.bottom) - reach, int(line.bottom) + reach + 1)
        level = [row for height in heights for row in at_height.get(height, ())]
        near = [row for row in level if _goes_on(row[-1], line, body)]
        if near:
            max(near, key=lambda row: row[-1].right).append(line)
        else:
            rows.append([line])
            at_height.setdefault(int(line.bottom), []).append(rows[-1])
    return [PrintedLine(_in_order(row)) for row in rows]


def _in_order(pieces: Sequence[PrintedLine]) -> tuple[Character, ...]:
    """Return the characters of pieces from the left; an opening mark is at the end of its box."""
    characters = [each for piece in pieces for each in piece.characters]
    pairs = zip(pieces, pieces[1:], strict=False)
    if any(two.left < one.right and _opens(one) for one, two in pairs):
        characters.sort(key=lambda c: c.middle[0] + 0.25 * c.size * (c.text in OPENING))
    return tuple(characters)


def _opens(line: PrintedLine) -> bool:
    return line.characters[-1].text in OPENING


def _goes_on(one: PrintedLine, two: PrintedLine, body: float) -> bool:
    size = max(one.size, two.size)
    is_level = abs(one.bottom - two.bottom) < 0.2 * size and min(one.size, two.size) > 0.8 * size
    gap, near = two.left - one.right, 0.4 * size
    if min(one.size, two.size) > 1.15 * body:
        usual = max(_usual_gap(one), _usual_gap(two))
        is_single = min(len(one.characters), len(two.characters)) == 1
        near = max((0.9 if is_single else 0.5) * size, min(1.3 * usual, 1.5 * size))
    near -= 0.5 * size * (two.characters[0].text in OPENING)  # set half out of the column
    back = 1.0 if _opens(one) else 0.6
    return is_level and -back * size < gap < near


def _bridged(lines: Sequence[PrintedLine], body: float) -> list[PrintedLine]:
    """Join pieces of copy with a wide gap, where a line above or below runs across the gap."""
    copy = [line for line in lines if abs(line.size / body - 1) < 0.2]
    rows: list[PrintedLine] = []
    for line in sorted(copy, key=lambda each: (round(each.bottom), each.left)):
        last = rows[-1] if rows else None
        if last and _is_gap_in_column(last, line, copy):
            rows[-1] = PrintedLine((*last.characters, *line.characters))
        else:
            rows.append(line)
    return [line for line in lines if abs(line.size / body - 1) >= 0.2] + rows


def _is_gap_in_column(one: PrintedLine, two: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    size, gap = one.size, two.left - one.right
    if abs(one.bottom - two.bottom) > 0.2 * size or not 0 <= gap < WIDEST * size:
        return False
    beginning = [
        each
        for each in lines
        if abs(each.left - two.left) < 0.3 * size
        and 0.5 * size < abs(each.bottom - two.bottom) < 6 * size
    ]
    if len(beginning) > 1:
        return False  # a column begins there
    across = [
        each
        for each in lines
        if 0.5 * size < abs(each.bottom - one.bottom) < 4.5 * size
        and abs(each.size - size) < 0.03 * size
        and abs(each.left - one.left) < 2.6 * size
        and each.right > two.right - 0.5 * size
    ]
    return len(across) > 1


def _usual_gap(line: PrintedLine) -> float:
    pairs = zip(line.characters, line.characters[1:], strict=False)
    gaps = sorted(after.left - before.right for before, after in pairs)
    return gaps[len(gaps) // 2] if gaps else 0.0
