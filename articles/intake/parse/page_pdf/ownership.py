"""Which heads, columns, pictures and captions are one article: by what stands above and beside."""

from collections.abc import Sequence

from .frames import Frame, shared_width, width
from .pieces import Copy, is_aligned
from .types import Box

SPACED = 0.75  # sizes of the copy: more than lines of one column are apart
CLOSE = 0.95  # sizes of the copy: as near as lines of one column stand
HEAD_NEAR = 3.5
BESIDE = 4.0


class FrameMap:
    """The frames of a page, and which belong together."""

    def __init__(self, frames: Sequence[Frame], rules: Sequence[Box], copy: Copy):
        self.frames, self.rules, self.copy = frames, rules, copy
        self.under: dict[int, list[Frame]] = {}  # by a head: what stands right under it
        self.below: dict[int, list[Frame]] = {}  # by any frame: what goes on from it

    def assign(self) -> None:
        """Set the owner of every frame: the frame with which its article begins."""
        for frame in self.frames:
            frame.is_subhead = frame.kind == "head" and self._is_subhead(frame)
        sure = [frame for frame in self.frames if frame.is_subhead]
        for frame in self.frames:
            is_like = frame.kind == "head" and not frame.is_subhead
            frame.is_subhead |= is_like and self._is_like_subheads(frame, sure)
        for frame in self.frames:
            above = self._above(frame)
            if above is not None and self._is_from(frame, above):
                self.below.setdefault(id(above), []).append(frame)
                is_copy = frame.kind != "head" or frame.is_subhead
                if is_copy and above.kind == "head" and not above.is_subhead:
                    self.under.setdefault(id(above), []).append(frame)
        for frame in sorted(self.frames, key=lambda each: (each.box[1], each.box[0])):
            self._owner(frame, [])

    def _owner(self, frame: Frame, asked: list[Frame]) -> Frame:
        if frame.owner is None:
            if frame in asked:
                return frame
            above = self._source(frame, [*asked, frame])
            frame.owner = above or frame
        return frame.owner

    def _source(self, frame: Frame, asked: list[Frame]) -> Frame | None:
        if frame.kind == "caption":
            picture = next(each for each in self.frames if each.picture == frame.piece.picture)
            return self._owner(picture, asked)
        above = self._above(frame)
        if above and self._is_from(frame, above):
            side = self._side_head(frame) if self._gap(above, frame) > SPACED else None
            return self._owner(side or above, asked)
        if frame.kind == "head" and not frame.is_subhead:
            return None
        left, right = self._left_of(frame), self._right_of(frame)
        is_left = left and self._lacks_columns(left, frame, asked)
        if right and not is_left and (not left or self._wants_column(right)):
            return self._owner(right, asked)
        if left:
            return self._owner(left, asked)
        frame.is_doubtful = True
        return self._owner(above, asked) if above and self._gap(above, frame) < HEAD_NEAR else None

    def _side_head(self, frame: Frame) -> Frame | None:
        """Return the head that runs down directly to the left of a column."""
        if frame.kind == "head":
            return None
        edge, size = self._column_left(frame), self.copy.size
        heads = (
            each
            for each in self._others(frame)
            if _stands_by(each, frame) and -size < edge - each.box[2] < 2.5 * size
        )
        return next(heads, None)

    def _gap(self, above: Frame, frame: Frame) -> float:
        return (frame.box[1] - above.box[3]) / self.copy.size

    def _is_from(self, frame: Frame, above: Frame) -> bool:
        """Tell whether a frame goes on from the one above it."""
        gap = self._gap(above, frame)
        is_head = above.kind == "head"
        if frame.kind == "head" and not frame.is_subhead:
            sizes = [each.piece.lines[0].size for each in (frame, above) if is_head]
            near = 1.2 * max(sizes, default=0)
            is_near = frame.box[1] - above.box[3] < near
            is_across = not _is_down(frame) and not _is_down(above)
            is_one = is_across and is_aligned(frame.box, above.box)
            return is_head and not above.is_subhead and is_near and is_one
        if _is_down(above):
            return False
        return gap < (HEAD_NEAR if is_head and not above.is_subhead else CLOSE)

    def _above(self, frame: Frame) -> Frame | None:
        """Return the nearest frame above, where no rule is between."""
        over = [
            each
            for each in self._others(frame)
            if each.box[3] <= frame.box[1] + 0.6 * self.copy.size and each.box[1] < frame.box[1]
            if shared_width(each.box, frame.box) > 0.3
        ]
        nearest = max(over, key=lambda each: each.box[3], default=None)
        return None if nearest is None or self._is_parted(nearest, frame) else nearest

    def _is_parted(self, above: Frame, frame: Frame) -> bool:
        left, right = max(above.box[0], frame.box[0]), min(above.box[2], frame.box[2])
        return any(
            above.box[3] - 2 <= rule[1]
            and rule[3] <= frame.box[1] + 2
            and min(rule[2], right) - max(rule[0], left) > 0.7 * (right - left)
            for rule in self.rules
        )

    def _left_of(self, frame: Frame) -> Frame | None:
        """Return the nearest frame to the left that stands as high as the top of this one."""
        top, size, edge = frame.box[1], self.copy.size, self._column_left(frame)
        beside = [
            each
            for each in self._others(frame)
            if each.box[2] <= frame.box[0] + size
            if edge - self._reach(each) < BESIDE * size
            if each.box[1] <= top + 1.5 * size and each.box[3] >= top or _stands_by(each, frame)
        ]
        return max(beside, key=lambda each: (each.box[2], -each.box[1]), default=None)

    def _column_left(self, frame: Frame) -> float:
        """Return where the column begins in which a frame stands, maybe in its middle."""
        under = [
            each.box[0]
            for each in self._others(frame)
            if each.kind in ("text", "picture") and -0.5 < self._gap(frame, each) < CLOSE
            if shared_width(each.box, frame.box) > 0.9
        ]
        return min([frame.box[0], *under])

    def _reach(self, frame: Frame) -> float:
        """Return where a frame ends on the right; a head reaches as far as what is under it."""
        ahead, right = [frame], frame.box[2]
        while ahead:
            under = self.below.get(id(ahead.pop()), [])
            ahead += under
            right = max([right, *(each.box[2] for each in under)])
        return right

    def _right_of(self, frame: Frame) -> Frame | None:
        """Return what stands beside a frame to the right, as high, and right under a head.

        Such a head is narrower than its columns and stands in their middle.
        """
        size = self.copy.size
        headed = [each for frames in self.under.values() for each in frames]
        level = [
            each
            for each in headed
            if each.container == frame.container and each.box[0] > frame.box[2] - size
            if abs(each.box[1] - frame.box[1]) < 1.5 * size
        ]
        nearest = min(level, key=lambda each: each.box[0], default=None)
        if nearest is None or self._is_between(frame, nearest):
            return None
        return nearest

    def _is_between(self, frame: Frame, other: Frame) -> bool:
        """Tell whether something that is not as high stands between two frames."""
        between = [
            each
            for each in self._others(frame)
            if each is not other
            and frame.box[2] - 1 <= each.box[0]
            and each.box[2] <= other.box[0] + 1
            if each.box[1] < frame.box[3] and each.box[3] > frame.box[1]
        ]
        return any(each.box[1] < frame.box[1] - 1.5 * self.copy.size for each in between)

    def _wants_column(self, right: Frame) -> bool:
        """Tell whether an article lacks a column on its left, so that its head is in the middle.

        It does where it goes on to the right too in columns that no head is over.
        """
        head = next(each for each in self.frames if right in self.under.get(id(each), []))
        columns, size = self.under[id(head)], self.copy.size
        edges = min(each.box[0] for each in columns), max(each.box[2] for each in columns)
        if sum(edges) - head.box[0] - head.box[2] > 3 * size:
            return True
        headed = [each for frames in self.under.values() for each in frames]
        return any(
            each.kind != "head"
            and each not in headed
            and 0 < each.box[0] - edges[1] + size < BESIDE * size
            and abs(each.box[1] - right.box[1]) < 1.5 * size
            for each in self._others(right)
        )

    def _lacks_columns(self, left: Frame, frame: Frame, asked: list[Frame]) -> bool:
        """Tell whether a frame may be a column of the article to its left.

        It is as high as that article, and the head is not in the middle of what is known of it.
        """
        head, size = self._owner(left, asked), self.copy.size
        article = [each for each in self.frames if each.owner is head or each is head]
        article += [each for each in self.under.get(id(head), []) if each not in article]
        if not any(abs(each.box[1] - frame.box[1]) < 1.5 * size for each in article):
            return False
        columns = [each for each in article if each.kind != "head"]
        if not columns or _is_down(head):
            return True
        edges = min(each.box[0] for each in columns), max(each.box[2] for each in columns)
        return abs(sum(edges) - head.box[0] - head.box[2]) > 3 * size

    def _others(self, frame: Frame) -> list[Frame]:
        return [
            each
            for each in self.frames
            if each is not frame and each.container == frame.container and each.kind != "furniture"
        ]

    def _is_subhead(self, frame: Frame) -> bool:
        """Tell whether a head stands in a column of copy, close under its text."""
        lines, size = frame.piece.lines, self.copy.size
        if len(lines) > 3 or lines[0].is_vertical or lines[0].size > 1.3 * size:
            return False
        above = self._above(frame)
        if above is None or shared_width(above.box, frame.box) < 0.9:
            return False
        if above.kind in ("text", "caption", "picture"):
            return self._gap(above, frame) < CLOSE and self._has_text_below(frame)
        is_middle = abs(sum(above.box[::2]) - sum(frame.box[::2])) < 3 * size
        bigger = above.piece.lines[0].size > 1.25 * lines[0].size
        is_narrow = width(above.box) > 1.6 * self._column_width(frame)
        return (
            bigger
            and is_narrow
            and not is_middle
            and len("".join(line.text for line in lines)) < 20
        )

    def _has_text_below(self, frame: Frame) -> bool:
        """Tell whether text follows close below; or nothing does, where a column ends."""
        below = [
            each
            for each in self._others(frame)
            if shared_width(each.box, frame.box) > 0.9 and self._gap(frame, each) > -0.5
        ]
        near = min(below, key=lambda each: each.box[1], default=None)
        if near is None or self._gap(frame, near) > (CLOSE if near.kind == "head" else HEAD_NEAR):
            return sum(len(line.characters) for line in frame.piece.lines) < 15
        return near.kind in ("text", "picture") and self._gap(frame, near) < CLOSE

    def _is_like_subheads(self, frame: Frame, sure: Sequence[Frame]) -> bool:
        """Tell whether a head at the top or foot of a column is set as sure subheads beside it."""
        line, size = frame.piece.lines[0], self.copy.size
        above = self._above(frame)
        length = sum(len(each.characters) for each in frame.piece.lines)
        is_first = above is None or above.kind != "head" or self._gap(above, frame) > HEAD_NEAR
        if line.is_vertical or line.size > 1.15 * size or length > 20 or not is_first:
            return False
        left = self._left_of(frame)
        return left is not None and any(
            each.container == frame.container
            and abs(each.piece.lines[0].size / line.size - 1) < 0.03
            and abs(self.copy.boldness(each.piece.lines[0]) - self.copy.boldness(line)) < 0.4
            and each.box[1] > left.box[1] - size
            and each.box[3] < max(left.box[3], frame.box[3]) + 60 * size
            for each in sure
        )

    def _column_width(self, frame: Frame) -> float:
        below = [
            width(each.box)
            for each in self._others(frame)
            if each.kind == "text" and shared_width(each.box, frame.box) > 0.9
            if each.box[1] > frame.box[1]
        ]
        return max(below, default=width(frame.box))


def _stands_by(head: Frame, frame: Frame) -> bool:
    """Tell whether a frame stands beside a head that runs down the page."""
    return _is_down(head) and head.box[1] < frame.box[3] and head.box[3] > frame.box[1]


def _is_down(frame: Frame) -> bool:
    """Tell whether a frame is a head that runs down the page."""
    return frame.kind == "head" and frame.piece.lines[0].is_vertical
