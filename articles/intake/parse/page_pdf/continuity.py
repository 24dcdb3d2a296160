"""Columns of which one ends within a sentence and the next begins without an indent.

They are of one article, whatever stands over them.
"""

from collections.abc import Sequence

from articles.intake.parse.raw_text import STOPS

from .frames import Frame, shared_width
from .pieces import fixed_kind
from .types import Box

INDENT, FULL = 0.7, 1.2  # sizes: less is no indent, and less room is a full line
GUTTER = 5.0  # sizes: columns of one article stand no farther apart
CLOSING = "”’）)》】"


def find_links(frames: Sequence[Frame]) -> list[tuple[Frame, Frame]]:
    """Return pairs of columns of which the second goes on with the sentence of the first."""
    texts = [frame for frame in frames if frame.kind == "text"]
    if not any(_is_indented(frame, texts) for frame in texts):
        return []  # nothing tells where a paragraph begins
    opened = [frame for frame in texts if begins_within(frame, texts)]
    pairs = [(before, frame) for frame in opened if (before := _before(frame, frames, texts))]
    best: dict[int, tuple[Frame, Frame]] = {}
    for before, frame in pairs:
        known = best.get(id(before))
        if known is None or _shared(before, frame) > _shared(*known):
            best[id(before)] = before, frame
    return [*best.values()]


def begins_within(frame: Frame, texts: Sequence[Frame]) -> bool:
    """Tell whether a column begins within a paragraph: its first line has no indent."""
    lines = frame.piece.lines
    if len(lines) > 1:
        left = min(line.left for line in lines)
        return lines[0].left - left < INDENT * lines[0].size
    is_column = any(
        len(each.piece.lines) > 2 and abs(each.box[0] - frame.box[0]) < 1 for each in texts
    )
    return is_column and not fixed_kind(lines[0].text)


def ends_within(frame: Frame, texts: Sequence[Frame]) -> bool:
    """Tell whether a column ends within a sentence: its last line is full and has no stop."""
    last = frame.piece.lines[-1]
    right = max(line.right for line in _column_lines(frame, texts))
    is_full = right - last.right < FULL * last.size
    return is_full and last.text.rstrip(CLOSING)[-1:] not in STOPS


def _column_lines(frame: Frame, texts: Sequence[Frame]) -> list:
    """Return the lines of the column that a frame stands in, of the same type."""
    size = frame.piece.lines[0].size
    return [
        line
        for each in texts
        if each is frame
        or each.container == frame.container
        and abs(each.box[0] - frame.box[0]) < 1
        and shared_width(each.box, frame.box) > 0.9
        for line in each.piece.lines
        if abs(line.size / size - 1) < 0.03
    ]


def _is_indented(frame: Frame, texts: Sequence[Frame]) -> bool:
    left = min(line.left for line in frame.piece.lines)
    return any(line.left - left > INDENT * line.size for line in frame.piece.lines[1:])


def _before(frame: Frame, frames: Sequence[Frame], texts: Sequence[Frame]) -> Frame | None:
    """Return the column that a frame goes on from: to its left, or over it past a picture."""
    size = frame.piece.lines[0].size
    same = [
        each
        for each in texts
        if each is not frame
        and each.container == frame.container
        and abs(each.piece.lines[-1].size / size - 1) < 0.03
    ]
    over = _over(frame, frames)
    if over in same and ends_within(over, texts):
        return over
    pictures = [each.box for each in frames if each.kind == "picture"]
    beside = [each for each in same if _is_beside(each, frame, frames, pictures)]
    level = [each for each in beside if _shared_height(each.box, frame.box) > 0]
    nearest = max((each.box[2] for each in level or beside), default=0)
    column = [each for each in level or beside if nearest - each.box[2] < 2 * size]
    ending = [each for each in column if ends_within(each, texts)]
    return max(ending, key=lambda each: _shared_height(each.box, frame.box), default=None)


def _over(frame: Frame, frames: Sequence[Frame]) -> Frame | None:
    """Return the column over a frame, where a picture with its words fills what is between."""
    size, edge, is_past_picture = frame.piece.lines[0].size, frame.box[1], False
    above = [
        each
        for each in frames
        if each is not frame and each.box[3] <= edge + 1 and shared_width(each.box, frame.box) > 0.3
    ]
    for each in sorted(above, key=lambda one: -one.box[3]):
        if edge - each.box[3] > 3 * size or each.kind == "head":
            return None
        if each.kind == "text":
            return each if is_past_picture and shared_width(each.box, frame.box) > 0.9 else None
        is_past_picture |= each.kind == "picture"
        edge = min(edge, each.box[1])
    return None


def _is_beside(one: Frame, two: Frame, frames: Sequence[Frame], pictures: Sequence[Box]) -> bool:
    """Tell whether a column stands to the left of another, as high as it or as its head is."""
    size = two.piece.lines[0].size
    edge, gap = one.box[2], two.box[0] - one.box[2]
    top = min(each.box[1] for each in frames if each.owner is one.owner)
    is_level = _shared_height((0, min(top, one.box[1]), 0, one.box[3]), two.box) > -3 * size
    is_bridged = gap >= GUTTER * size and any(
        0 <= box[0] - edge < GUTTER * size
        and 0 <= two.box[0] - box[2] < GUTTER * size
        and max(_shared_height(box, one.box), _shared_height(box, two.box)) > 0
        for box in pictures
    )
    return is_level and gap > -size and (gap < GUTTER * size or is_bridged)


def _shared(one: Frame, two: Frame) -> float:
    return _shared_height(one.box, two.box)


def _shared_height(one: Box, two: Box) -> float:
    return min(one[3], two[3]) - max(one[1], two[1])


def unite(frames: Sequence[Frame], headed: Sequence[Frame]) -> None:
    """Give columns that go on with each other to one article; those under a head keep theirs."""
    under = {id(frame) for frame in headed}
    for before, after in find_links(frames):
        if before.owner is after.owner:
            continue
        is_before_doubtful = before.is_doubtful and not after.is_doubtful
        if is_before_doubtful and not _is_headless(after, frames):
            _move(before, after.owner, frames)
        elif id(after) not in under or _is_headless(after, frames):
            _move(after, before.owner, frames)
        elif id(before) not in under or _is_headless(before, frames):
            _move(before, after.owner, frames)


def _is_headless(frame: Frame, frames: Sequence[Frame]) -> bool:
    owned = [each for each in frames if each.owner is frame.owner]
    return not any(each.kind == "head" and not each.is_subhead for each in owned)


def _move(frame: Frame, owner: Frame, frames: Sequence[Frame]) -> None:
    """Move a frame to an article; with all of its own where that has no head."""
    moved = [each for each in frames if each.owner is frame.owner]
    if not _is_headless(frame, frames):
        moved = [frame]
    for each in moved:
        each.owner, each.is_doubtful = owner, False
