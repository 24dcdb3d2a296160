"""What stands above and beside each frame of a page."""

from collections.abc import Sequence

from .copy_type import Copy
from .frames import Frame, shared_width
from .types import Box

PICTURE_NEAR = 2.0  # sizes of the copy: as far as a picture stands from its article
FAR = 24.0  # sizes of the copy: a head stands no farther from copy beside it
BESIDE = 4.0  # sizes of the copy: columns of one article stand no farther apart
CLOSE = 0.95  # sizes of the copy: as near as lines of one column stand


class Neighbours:
    """The frames of a page, and what stands where around each."""

    def __init__(self, frames: Sequence[Frame], rules: Sequence[Box], copy: Copy):
        self.frames, self.rules, self.copy = frames, rules, copy
        self.under: dict[int, list[Frame]] = {}  # by a head: what stands right under it
        self.below: dict[int, list[Frame]] = {}  # by any frame: what goes on from it

    def _gap(self, above: Frame, frame: Frame) -> float:
        return (frame.box[1] - above.box[3]) / self.copy.size

    def _above(self, frame: Frame) -> Frame | None:
        """Return the nearest frame above, where no rule is between."""
        box = self._column_box(frame)
        over = [
            each
            for each in self._others(frame)
            if each.box[3] <= frame.box[1] + 0.6 * self.copy.size and each.box[1] < frame.box[1]
            if shared_width(each.box, box) > 0.3
        ]
        nearest = max(over, key=lambda each: each.box[3], default=None)
        return None if nearest is None or self._is_parted(nearest, frame) else nearest

    def _column_box(self, frame: Frame) -> Box:
        """Return the box of a frame; of a line over copy, as wide as the copy."""
        left, top, right, bottom = frame.box
        if frame.kind == "text" and len(frame.piece.lines) == 1:
            for each in self._others(frame):
                is_under = each.kind == "text" and -0.5 < self._gap(frame, each) < CLOSE
                if is_under and shared_width(each.box, frame.box) > 0.9:
                    left, right = min(left, each.box[0]), max(right, each.box[2])
        return left, top, right, bottom

    def _head_below(self, picture: Frame) -> Frame | None:
        """Return the head right under a picture and its words."""
        below = [
            each
            for each in self._others(picture)
            if each.box[1] > picture.box[3] - 1 and shared_width(each.box, picture.box) > 0.3
        ]
        words = [each.box[3] for each in below if _is_caption_of(each, picture)]
        below = [each for each in below if not _is_caption_of(each, picture)]
        nearest = min(below, key=lambda each: each.box[1], default=None)
        if nearest is None or nearest.kind != "head" or nearest.is_subhead:
            return None
        gap = nearest.box[1] - max([picture.box[3], *words])
        above = self._above(picture)
        most = PICTURE_NEAR * self.copy.size
        room = picture.box[1] - above.box[3] if above else most
        return nearest if gap < min(room, most) else None

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
        bottom = max(each.box[3] for each in self._chain(frame))
        beside = [
            each
            for each in self._others(frame)
            if each.box[2] <= frame.box[0] + size
            if edge - self._reach(each) < BESIDE * size
            if each.box[1] <= top + 1.5 * size
            and each.box[3] >= top
            or stands_by(each, top, bottom)
        ]
        return max(beside, key=lambda each: (each.box[2], -each.box[1]), default=None)

    def _lone_head(self, frame: Frame) -> Frame | None:
        """Return the head to the left with nothing under it: its copy is beside it."""
        size, left = self.copy.size, frame.box[0]
        lone = [
            each
            for each in self._others(frame)
            if each.kind == "head" and not each.is_subhead and not is_down(each)
            if -size < left - each.box[2] < FAR * size
            if frame.box[1] - 2 * size < each.box[1] < frame.box[3]
            and all(one.kind == "head" and not one.is_subhead for one in self._chain(each))
        ]
        nearest = max(lone, key=lambda each: each.box[2], default=None)
        if nearest is None or any(
            nearest.box[2] - 1 <= each.box[0] and each.box[2] <= left + 1
            for each in self._others(frame)
            if each.box[1] < nearest.box[3] and each.box[3] > nearest.box[1]
        ):
            return None
        return nearest

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
        """Return where a frame ends on the right; a head reaches as far as its columns."""
        under = self._chain(frame)
        right = max(each.box[2] for each in under)
        return max([right, *(each.box[2] for each in self._level_columns(frame))])

    def _chain(self, frame: Frame) -> list[Frame]:
        """Return a frame and all that goes on from it downwards."""
        found, ahead = [], [frame]
        while ahead:
            found.append(ahead.pop())
            ahead += self.below.get(id(found[-1]), [])
        return found

    def _level_columns(self, head: Frame) -> list[Frame]:
        """Return the columns to the right of those under a head, as high, that no head is over."""
        found, size = list(self.under.get(id(head), [])), self.copy.size
        headed = {id(each) for frames in self.under.values() for each in frames}
        for each in sorted(self._others(head), key=lambda one: one.box[0]):
            is_next = any(
                abs(each.box[1] - one.box[1]) < 1.5 * size
                and -size < each.box[0] - one.box[2] < BESIDE * size
                for one in found
            )
            if is_next and each.kind == "text" and id(each) not in headed:
                found.append(each)
        return found

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

    def _head_beside(self, frame: Frame) -> Frame | None:
        """Return the head to the right that is as high as a column: it stands over the others."""
        size, edge = self.copy.size, frame.box[2]
        for head in self._others(frame):
            under = [each for each in self.under.get(id(head), []) if each.box[0] > edge - size]
            left = min((each.box[0] for each in under), default=head.box[0])
            is_near = head.kind == "head" and -size < min(left, head.box[0]) - edge < BESIDE * size
            bottom = max(each.box[3] for each in self._chain(frame))
            is_level = abs(head.box[1] - frame.box[1]) < 2 * size and bottom > head.box[3]
            if is_near and is_level and not head.is_subhead:
                return head
        return None

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

    def _others(self, frame: Frame) -> list[Frame]:
        return [
            each
            for each in self.frames
            if each is not frame and each.container == frame.container and each.kind != "furniture"
        ]


def stands_by(head: Frame, top: float, bottom: float) -> bool:
    """Tell whether a head that runs down the page stands beside a part of it."""
    return is_down(head) and head.box[1] < bottom and head.box[3] > top


def _is_caption_of(frame: Frame, picture: Frame) -> bool:
    return frame.kind == "caption" and frame.piece.picture == picture.picture


def is_down(frame: Frame) -> bool:
    """Tell whether a frame is a head that runs down the page."""
    return frame.kind == "head" and frame.piece.lines[0].is_vertical
