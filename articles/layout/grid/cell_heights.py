"""Estimated heights of articles in cells: how tall each is with how much of its text.

The figures are those of static/css/pages.css, in CSS pixels, at two widths of the window; between
them the layout is the same. A page is composed for both: see `row_fit`. No Django here.
"""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from .ranking import ADVERTISEMENT, DOCUMENT, LEAD, PHOTO, SECOND

WIDE, TALL, SMALL = "wide", "tall", "small"
# Height by width of a picture as it is cropped.
RATIO = {WIDE: 2 / 3, TALL: 4 / 3, SMALL: 2 / 3}
COLUMNS = 12
LINE, LEAD_LINE = 28.0, 29.75
LEAST_MEASURE = 15.5  # em of a column of text
META, LABEL, CAPTION_LINE = 30.4, 26.0, 23.8
# From these widths on, a picture stands beside the text of a lead, or beside its caption.
BESIDE, CAPTION_BESIDE = {WIDE: 880, TALL: 576, SMALL: 576}, 960
# em of text under which the headline of a lead stands beside its picture too.
SHORT_BESIDE = {WIDE: 480, TALL: 900, SMALL: 300}
MOST_LINES = 4  # of a headline
LOOSENESS = 1.02  # of justified lines, which do not break inside figures and before punctuation


@dataclass(frozen=True, slots=True)
class Screen:
    """A width of the window: that of the sheet, and the gap between columns, in pixels."""

    sheet: float
    gap: float

    def width(self, span: int) -> float:
        """Return the width of a cell of so many columns."""
        column = (self.sheet - (COLUMNS - 1) * self.gap) / COLUMNS
        return column * span + self.gap * (span - 1)


# Windows of 1024 and of 1440 pixels.
NARROW, BROAD = Screen(942, 24.6), Screen(1320, 34.6)
SCREENS = (NARROW, BROAD)


class Step(NamedTuple):
    """A sentence: its length in em, whether it opens a paragraph, whether a text may end there."""

    em: float
    is_opening: bool
    is_end: bool


class Measures(NamedTuple):
    """What is known of an article before it is set: lengths are in em, that is in 字.

    `halves` are those of a headline that is set in two lines. `picture` is WIDE, TALL, SMALL or "".
    """

    rank: int
    kind: str
    headline: float = 0
    halves: tuple[float, ...] = ()
    kicker: float = 0
    deck: float = 0
    has_label: bool = False
    is_short: bool = False
    picture: str = ""
    picture_width: int = 0
    caption: float = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A height of an article with so many of its steps, and the void inside it, in pixels."""

    height: float
    void: float
    steps: int
    text: float


def em(words: str) -> float:
    """Return the length of words in em: a Latin letter or a figure is about half of a 字."""
    narrow = (3 * len(words) - len(words.encode("utf-8", "replace"))) / 2
    return len(words) - 0.46 * max(0.0, narrow)


def _clamp(least: float, value: float, most: float) -> float:
    return max(least, min(value, most))


def headline_size(item: Measures, cell: float) -> tuple[float, float]:
    """Return the size of a headline in a cell of a width, and the height of its lines by that."""
    if item.rank == LEAD and item.kind != ADVERTISEMENT:
        if item.picture == WIDE and cell >= BESIDE[WIDE] and is_short_beside(item):
            return _clamp(29.33, 0.03 * cell, 40), 1.25
        if item.is_short:
            return _clamp(34.67, 0.088 * cell, 84), 1.15
        return _clamp(29.33, 0.06 * cell, 56), 1.25
    if item.kind == ADVERTISEMENT:
        return 18.67, 1.45
    if item.kind == DOCUMENT:
        return _clamp(24, 0.03 * cell, 32), 1.32
    if item.rank == SECOND:
        return _clamp(24, 9.6 + 0.044 * cell, 34.67), 1.28
    return _clamp(20, 0.07 * cell, 21.33), 1.32


def header_height(item: Measures, cell: float, width: float | None = None) -> float:
    """Return the height of label, kicker, headline and deck in a cell, or in a part of it."""
    width = width or cell
    size, line = headline_size(item, cell)
    per_line = max(1, width // size)
    lines = sum(ceil(half / per_line) for half in item.halves or (item.headline,))
    height = min(lines, MOST_LINES) * size * line + (LABEL if item.has_label else 0)
    size = _clamp(18.67, 0.027 * cell, 24) if item.rank == LEAD else 16
    for words, margin in ((item.kicker, 0.2), (item.deck, 0.4)):
        if words:
            height += min(ceil(words * size / width), MOST_LINES) * size * 1.5 + margin * size
    return height


def text_lines(steps: tuple[Step, ...], per_line: float, columns: int) -> list[tuple[int, int]]:
    """Return, for each place where a text may end, how many steps and how many lines it has."""
    found, done, paragraph = [], 0, 0.0
    for number, step in enumerate(steps, 1):
        if step.is_opening:
            done += ceil(paragraph / per_line)
            paragraph = 2.0
        paragraph += step.em * LOOSENESS
        if step.is_end:
            found.append((number, ceil((done + ceil(paragraph / per_line)) / columns)))
    return found


def text_heights(item: Measures, width: float, gap: float) -> list[tuple[int, float]]:
    """Return, for each place where the text may end, how many steps and how tall it is."""
    is_lead = item.rank == LEAD
    size, line = (17.0, LEAD_LINE) if is_lead else (16.0, LINE)
    least = LEAST_MEASURE * size if item.kind != DOCUMENT or is_lead else 20 * size
    columns = max(1, int((width + 0.75 * gap) // (least + 0.75 * gap)))
    measure = (width - (columns - 1) * 0.75 * gap) / columns
    lines = text_lines(item.steps, measure // size, columns)
    return [(0, 0.0)] * (not lines) + [
        (steps, 0.75 * size + count * line) for steps, count in lines
    ]


def picture_height(item: Measures, width: float) -> float:
    """Return the height of a picture with the caption under it."""
    shown = min(width, item.picture_width or width)
    caption = ceil(item.caption * 14 / width) * CAPTION_LINE + 8.4 if item.caption else 0
    return shown * RATIO[item.picture] + caption


def choices(item: Measures, span: int, screen: Screen) -> tuple[Choice, ...]:
    """Return the heights that an article can have in a cell of so many columns, ascending."""
    width = screen.width(span)
    if item.kind == PHOTO:
        return _photo_choices(item, width, screen.gap)
    if item.kind == DOCUMENT and item.rank != LEAD:
        inner = width - 2 * screen.gap
        return _plain_choices(item, inner, screen.gap, more=2 * screen.gap + 5)
    if item.kind == ADVERTISEMENT:
        return _plain_choices(item, width - 34, screen.gap, more=34)
    if not item.picture or item.rank != LEAD:
        return _plain_choices(item, width, screen.gap)
    if width < BESIDE[item.picture]:
        return _plain_choices(item, width, screen.gap, more=16 + picture_height(item, width))
    return _beside_choices(item, width, screen.gap)


def _plain_choices(item: Measures, width: float, gap: float, more: float = 0) -> tuple[Choice, ...]:
    fixed = header_height(item, width) + META + more
    texts = text_heights(item, width, gap)
    return tuple(Choice(fixed + height, 0, steps, height) for steps, height in texts)


def beside_share(kind: str, shape: str, width: float) -> float:
    """Return the part of a cell that a picture takes: less than all where words are beside it."""
    if kind == PHOTO:
        return 7 / 12 if width >= CAPTION_BESIDE else 1.0
    if not shape or width < BESIDE[shape]:
        return 1.0
    return 1.9 / 2.9 if shape == WIDE else 1 / 2.9


def is_short_beside(item: Measures) -> bool:
    """Tell whether the headline of a lead stands beside its picture, for want of text."""
    return bool(item.picture) and sum(each.em for each in item.steps) < SHORT_BESIDE[item.picture]


def _beside_choices(item: Measures, width: float, gap: float) -> tuple[Choice, ...]:
    share, is_short = beside_share(item.kind, item.picture, width), is_short_beside(item)
    picture = picture_height(item, (width - gap) * share)
    beside = (width - gap) * (1 - share)
    header = header_height(item, width, beside if is_short else width)
    found = []
    for steps, height in text_heights(item, beside, gap):
        text = height + META + (header if is_short else 16)
        top = 0 if is_short else header + 16
        void = (picture - text) * (1 - share) if picture > text else (text - picture) * share
        found.append(Choice(top + max(picture, text), void, steps, height))
    return tuple(found)


def _photo_choices(item: Measures, width: float, gap: float) -> tuple[Choice, ...]:
    is_beside = width >= CAPTION_BESIDE
    across = (width - gap) * 7 / 12 if is_beside else width
    picture = min(across, item.picture_width or across) * RATIO[item.picture]
    measure = (width - gap) * 5 / 12 if is_beside else width
    found = []
    for steps, lines in text_lines(item.steps, measure // 16, 1) or [(0, 1)]:
        text = lines * LINE + 9.6
        more = META if steps < len(item.steps) else 0
        if is_beside:
            found.append(Choice(max(picture, text) + more, 0, steps, text))
        else:
            found.append(Choice(picture + text + more, 0, steps, text))
    return tuple(found)
