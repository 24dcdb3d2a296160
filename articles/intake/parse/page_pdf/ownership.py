"""Which heads, columns, pictures and captions are one article: by what stands above and beside."""

from collections.abc import Sequence

from .continuity import unite
from .frames import Frame, shared_width, width
from .neighbours import BESIDE, CLOSE, PICTURE_NEAR, Neighbours, is_down, stands_by
from .pieces import is_aligned

SPACED = 0.75  # sizes of the copy: more than lines of one column are apart
HEAD_NEAR = 3.5


class FrameMap(Neighbours):
    """Which frames belong together."""

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
        unite(self.frames, [each for under in self.under.values() for each in under])

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
        if frame.kind == "picture" and (head := self._head_below(frame)):
            return self._owner(head, asked)
        if lone := self._lone_head(frame):
            return self._owner(lone, asked)
        left, right = self._left_of(frame), self._right_of(frame)
        is_left = left and self._lacks_columns(left, frame, asked)
        if right and not is_left and (not left or self._wants_column(right)):
            return self._owner(right, asked)
        if left:
            return self._owner(left, asked)
        if head := self._head_beside(frame):
            return self._owner(head, asked)
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
            if stands_by(each, frame.box[1], frame.box[3])
            and -size < edge - each.box[2] < 2.5 * size
        )
        return next(heads, None)

    def _is_from(self, frame: Frame, above: Frame) -> bool:
        """Tell whether a frame goes on from the one above it."""
        gap = self._gap(above, frame)
        is_head = above.kind == "head"
        if frame.kind == "head" and not frame.is_subhead:
            sizes = [each.piece.lines[0].size for each in (frame, above) if is_head]
            near = 1.2 * max(sizes, default=0)
            is_near = frame.box[1] - above.box[3] < near
            is_across = not is_down(frame) and not is_down(above)
            is_inside = shared_width(frame.box, above.box) > 0.95
            is_one = is_across and (is_inside or is_aligned(frame.box, above.box))
            return is_head and not above.is_subhead and is_near and is_one
        if is_down(above):
            return gap < HEAD_NEAR and self._is_in_column(above, frame)
        if frame.kind == "picture" and above.kind == "text" and self._head_below(frame) is None:
            return gap < PICTURE_NEAR
        if frame.kind == "text" and above.kind in ("caption", "picture"):
            return gap < PICTURE_NEAR
        return gap < (HEAD_NEAR if is_head and not above.is_subhead else CLOSE)

    def _is_in_column(self, head: Frame, frame: Frame) -> bool:
        """Tell whether a head that runs down stands at the top of the column of a frame.

        Else the frame is below all of an article, whose columns stand beside the head.
        """
        size, box = self.copy.size, frame.box
        return box[0] - size < head.box[0] and not any(
            each.kind != "head" and shared_width(each.box, box) > 0.3
            for each in self._others(frame)
            if stands_by(head, each.box[1], each.box[3])
        )

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
        if not columns or is_down(head):
            return True
        edges = min(each.box[0] for each in columns), max(each.box[2] for each in columns)
        return abs(sum(edges) - head.box[0] - head.box[2]) > 3 * size

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
