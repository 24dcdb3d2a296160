"""The part of a text around a word that was searched for. No Django here."""

from collections.abc import Iterable
from typing import NamedTuple

# How many characters are shown before and after the word.
AROUND = 16


class Snippet(NamedTuple):
    """A word as it stands in a text, with what stands around it."""

    before: str
    found: str
    after: str


def snippet(text: str, words: Iterable[str]) -> Snippet | None:
    """Return the first of some words that a text has, with its surroundings; None for none."""
    lowered = text.lower()
    for word in words:
        at = lowered.find(word.lower())
        # Some letters become two in lower case: then the places differ.
        if at >= 0 and len(lowered) == len(text):
            end = at + len(word)
            start, stop = max(at - AROUND, 0), end + AROUND
            before = ("…" if start else "") + text[start:at]
            after = text[end:stop] + ("…" if stop < len(text) else "")
            return Snippet(before, text[at:end], after)
    return None
