"""Text as the search compares it: 简/繁, full and half width, and letter case made alike.

Every character is normalised by itself, so that a place in the normalised text has a place in
the original. White space beside a Han character is left out; any other is one space.
"""

import re
import unicodedata
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
SPACES = re.compile(f"(?<=[{HAN}]) +| +(?=[{HAN}])|(?<= ) +")
IS_HAN = re.compile(f"[{HAN}]")
# Marks above letters, control characters and what has no width: é is found as e.
UNSEEN = {"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    return import_module("opencc").OpenCC("t2s")


def _fold(character: str) -> str:
    """Return what one character is compared as: nothing, itself, or a few characters."""
    if character.isspace():
        return " "
    folded, before = character, ""
    while folded != before:
        before, folded = folded, unicodedata.normalize("NFKD", folded.casefold())
        if IS_HAN.search(folded):
            folded = "".join(map(_converter().convert, folded))
    return "".join(
        " " if each.isspace() else each
        for each in folded
        if each.isspace() or unicodedata.category(each) not in UNSEEN
    )


class _Characters(dict):
    """The folded form of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold(chr(code))
        return self[code]


FOLDED = _Characters()


def normalise(text: str) -> str:
    """Return a text as the search compares it."""
    folded = text.translate(FOLDED)
    return SPACES.sub("", folded).strip(" ") if " " in folded else folded


def normalise_with_places(text: str) -> tuple[str, list[int]]:
    """Return a normalised text, and for each of its characters its place in the original.

    The list has one place more: that after the last character.
    """
    folded = [(each, at) for at, one in enumerate(text) for each in FOLDED[ord(one)]]
    whole = "".join(each for each, _ in folded)
    dropped = {at for found in SPACES.finditer(whole) for at in range(*found.span())}
    left = [pair for at, pair in enumerate(folded) if at not in dropped]
    while left and left[0][0] == " ":
        left.pop(0)
    while left and left[-1][0] == " ":
        left.pop()
    places = [at for _, at in left]
    return "".join(each for each, _ in left), [*places, places[-1] + 1 if places else 0]
