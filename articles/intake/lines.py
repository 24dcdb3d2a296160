"""The raw text as numbered lines: what is on them, how much white is above, what is stray."""

from dataclasses import dataclass

from .marks import STRAY, without_stray

INDENTS = (
    "\u3000\u3000",
    "  ",
    " \u3000",
    "\u3000 ",
)  # a no-break space is set inside lines, never before them


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words on it; `number` counts from 1 in the source."""

    number: int
    text: str
    gap: int = 0
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """A character that prints nothing and was taken out of the words."""

    line: int
    character: str


def read_lines(text: str) -> tuple[list[Line], list[Stray]]:
    """Return the lines that carry words, and the stray characters left out of them."""
    lines, stray, gap = [], [], 0
    is_clean = not any(c in text for c in STRAY)
    for number, raw in enumerate(_rows(text), 1):
        clean = raw if is_clean else without_stray(raw)
        if len(clean) < len(raw):
            stray += [Stray(number, c) for c in raw if c in STRAY]
        words = clean.strip()
        if words:
            lines.append(Line(number, words, gap, clean[0].isspace() and _is_indented(clean)))
        gap = 0 if words else gap + 1
    return lines, stray


def _rows(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _is_indented(row: str) -> bool:
    return row[:2] in INDENTS or row[:1] == "\t"
