"""Draw a share card: 1200 by 630 pixels, ink on paper, the photo on its right half if any."""

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from .fonts import sized
from .headline_lines import fit_headline, shortened

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = (1200, 630)
PHOTO = (540, 630)
EDGE = 60
PAPER, INK, GREY, RULE, VERMILION = "#faf9f5", "#191816", "#66625b", "#191816", "#c0301c"
# Sizes of the headline in pixels, without and beside a photo, the most lines, and their height.
SIZES, SIZES_BESIDE = (112, 100, 88, 80, 72, 64, 56, 50), (76, 70, 64, 58, 52, 46, 42)
MOST_LINES = 3
LEADING = 1.32
# The height between the rule and the foot.
HEADLINE_ROOM = 392
# A credit that has less room is left out.
LEAST_CREDIT = 96
QUALITY = 88
Font = tuple[str, int]


@dataclass(frozen=True, slots=True)
class CardWords:
    """The words of a card; what is empty is left out."""

    paper: str
    date: str
    place: str
    kicker: str
    headline: str
    credit: str


def draw_card(words: CardWords, font: Font, photo: Image.Image | None = None) -> bytes:
    """Return a card as a JPEG file; a photo has the size `PHOTO`.

    Some 0.02 s of processor time, 0.1 s with a photo.
    """
    card = Image.new("RGB", SIZE, PAPER)
    draw = import_module("PIL.ImageDraw").Draw(card)
    right = SIZE[0] - EDGE
    if photo:
        card.paste(photo, (SIZE[0] - PHOTO[0], 0))
        right = SIZE[0] - PHOTO[0] - EDGE + 12
    _draw_head(draw, words, font, right)
    _draw_headline(draw, words, font, right, SIZES_BESIDE if photo else SIZES)
    _draw_foot(draw, words, font, right)
    file = BytesIO()
    card.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _draw_head(draw: "ImageDraw", words: CardWords, font: Font, right: int) -> None:
    """Draw the nameplate and the date over the double rule of the front page (文武线)."""
    draw.text((EDGE, 92), words.paper, INK, sized(font, 52), anchor="ls")
    draw.text((right, 92), words.date, GREY, sized(font, 24), anchor="rs")
    draw.rectangle((EDGE, 116, right, 119), RULE)
    draw.rectangle((EDGE, 124, right, 124), RULE)


def _draw_headline(
    draw: "ImageDraw", words: CardWords, font: Font, right: int, sizes: tuple[int, ...]
) -> None:
    """Draw kicker and headline in the middle between the rule and the foot."""
    width = right - EDGE
    kicker = shortened(words.kicker, _measure(font, 28), width)
    room = HEADLINE_ROOM - (52 if kicker else 0)
    size, lines = fit_headline(
        words.headline,
        sizes,
        partial(_measure, font),
        width,
        lambda size: min(MOST_LINES, int(room / (size * LEADING))),
    )
    step = round(size * LEADING)
    top = 336 - (step * len(lines) + (52 if kicker else 0)) // 2
    if kicker:
        draw.text((EDGE, top + 28), kicker, GREY, sized(font, 28), anchor="ls")
        top += 52
    for number, line in enumerate(lines):
        baseline = top + step * number + size
        draw.text((EDGE, baseline), line, INK, sized(font, size), anchor="ls")


def _draw_foot(draw: "ImageDraw", words: CardWords, font: Font, right: int) -> None:
    """Draw the small square that ends an article, where it was printed, and who took the photo."""
    draw.rectangle((EDGE, 560, EDGE + 14, 574), VERMILION)
    measure, left = _measure(font, 24), EDGE + 30
    draw.text((left, 576), words.place, GREY, sized(font, 24), anchor="ls")
    room = right - left - measure(words.place) - 24
    if room > LEAST_CREDIT:
        credit = shortened(words.credit, measure, room)
        draw.text((right, 576), credit, GREY, sized(font, 24), anchor="rs")


def _measure(font: Font, size: int):
    return sized(font, size).getlength
