"""Designs of printed pages, each drawn from a seed."""

import random
from dataclasses import dataclass

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
HEADS = ("large", "large", "large", "spaced", "reversed", "vertical", "plain", "in-column", "left")


@dataclass(frozen=True)
class Design:
    """How a page is set: lengths are millimetres, or points for type."""

    columns: int
    column: float
    gutter: float
    size: float
    leading: float
    face: str
    head_face: str
    has_column_rules: bool
    has_article_rules: bool
    shuffled: bool
    caption_face: str
    caption_size: float
    space: float

    @property
    def width(self) -> float:
        """The width of the type area."""
        return self.columns * self.column + (self.columns - 1) * self.gutter


def draw_design(seed: int) -> Design:
    """Return the design of a seed."""
    chance = random.Random(seed * 31 + 7)
    columns, width = chance.randint(3, 7), chance.uniform(240, 390)
    size = chance.choice([8.5, 9, 9.5, 10, 10.5])
    em = size * 25.4 / 72
    face = chance.choice([SERIF, SERIF, SERIF, SANS])
    return Design(
        columns=columns,
        column=em * max(10, min(26, round(width / columns / em) - 2)),
        gutter=em * chance.choice([1, 1.5, 2, 2]),
        size=size,
        leading=chance.choice([1.25, 1.35, 1.45, 1.6]),
        face=face,
        head_face=chance.choice([face, SANS, SERIF]),
        has_column_rules=chance.random() < 0.2,
        has_article_rules=chance.random() < 0.4,
        shuffled=chance.random() < 0.6,
        caption_face=chance.choice([face, SANS]),
        caption_size=size * chance.choice([0.85, 0.9, 1]),
        space=em * chance.choice([1, 1.5, 2]),
    )
