"""Words can be read: contrast of 4.5 at least, computed from the colours of the style sheet."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PAPER = Path(settings.BASE_DIR, "static/css/paper.css").read_text(encoding="utf-8")
MORE = Path(settings.BASE_DIR, "static/css/contrast.css").read_text(encoding="utf-8")
COLOUR = r"#[0-9a-f]{6}"
TOKEN = re.compile(rf"(--[\w-]+): var\(--light, ({COLOUR})\) var\(--dark, ({COLOUR})\)")
THEMES = ("light", "dark")
LEAST = 4.5
WORDS = ("--ink", "--ink-2", "--ink-3", "--zhu")
GROUNDS = ("--paper", "--tint")
# Lines and frames that tell something need less (WCAG 1.4.11); --rule is decoration.
OUTLINES, LEAST_OF_OUTLINES = ("--line", "--zhu", "--zhu-fill"), 3
WHITE = "#ffffff"
SHEETS = ("paper", "pages", "article", "lists")
ALLOWED = {*(f"var({name})" for name in WORDS), "var(--paper)", "#fff", "inherit"}


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme by their tokens."""
    return {
        name: dict(zip(THEMES, pair, strict=True))[theme] for name, *pair in TOKEN.findall(PAPER)
    }


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_stand_out_from_every_ground(theme):
    colours = tokens(theme)
    pairs = {
        (words, ground): contrast(colours[words], colours[ground])
        for words in WORDS
        for ground in GROUNDS
    }
    # White on vermilion, and a label in the colour of the paper on ink.
    pairs["white", "--zhu-fill"] = contrast(WHITE, colours["--zhu-fill"])
    pairs["--paper", "--ink"] = contrast(colours["--paper"], colours["--ink"])
    assert {pair: found for pair, found in pairs.items() if found < LEAST} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_that_tell_something_can_be_seen(theme):
    colours = tokens(theme)
    found = {name: contrast(colours[name], colours["--paper"]) for name in OUTLINES}
    assert min(found.values()) >= LEAST_OF_OUTLINES, found


@pytest.mark.parametrize("theme", THEMES)
def test_who_wishes_for_contrast_gets_seven(theme):
    zhu = dict(
        zip(THEMES, re.search(rf"--zhu: .*?({COLOUR}).*?({COLOUR})", MORE).groups(), strict=True)
    )
    colours = tokens(theme)
    assert contrast(zhu[theme], colours["--paper"]) >= 7
    assert contrast(colours["--ink"], colours["--paper"]) >= 7


def test_no_words_have_a_colour_that_is_no_token():
    sheets = [Path(settings.BASE_DIR, f"static/css/{name}.css") for name in SHEETS]
    for sheet in sheets:
        text = TOKEN.sub("", sheet.read_text(encoding="utf-8"))
        assert set(re.findall(r"(?<![\w-])color:\s*([^;}]+)", text)) <= ALLOWED, sheet.name
