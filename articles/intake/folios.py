"""What the furniture of a page says: its label, its name, the date, who edited it."""

import re

from . import grammar as g
from .names import SPLIT
from .paper import Byline, Furniture

ROLE = re.compile(rf"(?P<role>{g.PAGE_ROLE})[：:\s\u3000]+")
DIGITS = re.compile(r"\d+")


def folio(furniture: tuple[Furniture, ...]) -> dict:
    """Return label, name, date and editors, as far as they are printed."""
    found = {"label": "", "name": "", "date": "", "editors": ()}
    for piece in furniture:
        text = piece.text
        if match := len(text) <= 14 and g.PAGE_LABEL.match(text):
            found["label"] = found["label"] or match["label"] or match["numeral"]
            found["name"] = found["name"] or match["name"] or ""
        if match := g.DATE_LINE.match(text):
            found["date"] = found["date"] or _iso(match["date"])
        found["editors"] += _editors(text)
    return found


def _iso(date: str) -> str:
    year, month, day = map(int, DIGITS.findall(date)[:3])
    return f"{year:04d}-{month:02d}-{day:02d}"


def _editors(text: str) -> tuple[Byline, ...]:
    roles = list(ROLE.finditer(text))
    ends = [match.start() for match in roles[1:]] + [len(text)]
    return tuple(
        Byline(match["role"], name)
        for match, end in zip(roles, ends, strict=False)
        for name in _padded(text[match.end() : end])
    )


def _padded(text: str) -> list[str]:
    tokens = [token for token in SPLIT.split(text) if token]
    if len(tokens) == 2 and all(len(token) == 1 for token in tokens):
        return ["".join(tokens)]
    return tokens
