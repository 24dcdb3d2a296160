"""Types of a printed page: characters, shapes and pictures with their places.

Lengths are points, counted from the upper left corner of the page; a box is left, top, right and
bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
MOST_FRAMES = 600  # heads, columns, captions and pictures: more than any page has


class TooComplexError(ValueError):
    """A page has more lines or frames than any printed page."""


def union(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True)
class Character:
    """One printed character, with its box, font, size and colour (0xRRGGBB).

    `is_spaced` where white space was before it; `ink` is how dark its box is, from 0 to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: str
    size: float
    colour: int = 0
    angle: int = 0
    is_spaced: bool = False
    ink: float = 0.0

    @property
    def box(self) -> Box:
        """The box of the character."""
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule, a frame or an area; `is_filled` where it is an area of a colour."""

    left: float
    top: float
    right: float
    bottom: float
    colour: int = 0
    is_filled: bool = False

    @property
    def box(self) -> Box:
        """The box of the shape."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is printed on a page, in the order in which the PDF has it."""

    width: float
    height: float
    characters: tuple[Character, ...]
    shapes: tuple[Shape, ...] = ()
    pictures: tuple[Box, ...] = ()
