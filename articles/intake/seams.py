"""How likely two neighbouring lines are one sentence: does a word, or a habit, span the seam?

A dictionary tells whether a word spans it. A table of how strongly characters follow each
other, counted in an archive, tells more; without the table the answers are fewer.
"""

from collections.abc import Mapping

import rjieba

from .marks import is_han

REACH = 4


class Seams:
    """Judges seams with a dictionary and, if given, a table of character pairs."""

    def __init__(
        self, pairs: Mapping[str, float] | None = None, openings: Mapping[str, float] | None = None
    ):
        self.pairs = pairs or {}
        self.openings = openings or {}

    def between(self, above: str, below: str) -> list[str]:
        """Return what speaks for or against one sentence running over the seam."""
        first, last = below[0], above[-1]
        if not (is_han(first) and is_han(last)):
            return [f"{_kind(last)}-{_kind(first)}"]
        found = ["word" if spans(above[-REACH:], below[:REACH]) else "no-word"]
        if self.pairs:
            found.append(f"pair={_level(self.pairs.get(last + first))}")
        return found

    def opening(self, text: str) -> str:
        """Say how often paragraphs, rather than cut lines, begin like this."""
        if not self.openings:
            return "?"
        two = self.openings.get(text[:2])
        return _level(self.openings.get(text[:1]) if two is None else two)


def spans(above: str, below: str) -> bool:
    """Say whether a word of the dictionary begins above and ends below."""
    end = 0
    for word in rjieba.cut(_only_text(above + below), hmm=False):
        end += len(word)
        if end == len(above):
            return False
        if end > len(above):
            return True
    return False


def _only_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _kind(character: str) -> str:
    if is_han(character):
        return "han"
    if character.isdigit():
        return "digit"
    return "latin" if character.isascii() and character.isalpha() else "mark"


def _level(value: float | None) -> str:
    if value is None:
        return "none"
    return str(int(max(-4, min(6, round(value)))))
