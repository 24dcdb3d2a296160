"""Lines and their joins: what a line measures, its words, whether two are one sentence.

A dictionary (jieba) knows words and their classes. A table of how strongly characters follow each
other, counted in an archive, tells more of a join; without it there are fewer features.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add

from articles.content import words
from articles.intake.parse.fixed_lines import Piece
from articles.intake.parse.lead_ins import may_be_lead_in
from articles.intake.parse.raw_text import (
    CLOSERS,
    closes_unopened,
    ending,
    is_han,
    left_open,
    squash,
)

SHORT = 60
COMPARED = 240  # characters of a line whose words are compared with others
TELLING = re.compile(r"[^\W_的了在是和有与为中大上这一不人到对将以要年月日等也就]{2,}")
TIME = re.compile(
    r"^(?:\d{4}年|[一二三四五两几]年来|\d{1,2}月\d{0,2}|[今昨前]天|[今昨]晚|近日|日前|近年来?|今年以来|今年|最近|目前|当前|这几天|不久前|前不久|连日来|当日|当地时间|\d{1,2}日|一段时间|走进|清晨|如今|现在|当年|那年|那时|此前)"
)
REACH = 4  # characters on either side of a join in which a word is looked for


@dataclass(slots=True)
class LineMetrics:
    """A line of which the kind is to be found, and what was measured of it."""

    text: str
    gap: int = 0
    is_indented: bool = False
    above: str = ""  # the kind of the fixed line just above, such as byline
    below: str = ""
    length: int = 0
    end: str = ""
    has_open: bool = False
    is_lead_in: bool = False
    is_quoted: bool = False  # a quotation opened earlier is still open when the line begins
    is_short: bool = False
    can_be_head: bool = False  # short, and nothing says that it is cut out of copy
    _bigrams: frozenset[str] | None = field(default=None)

    def measure(self) -> None:
        """Set what follows from the text alone."""
        self.length = len(squash(self.text)) if len(self.text) < 400 else len(self.text)
        self.end = ending(self.text)
        self.has_open = bool(left_open(self.text))
        self.is_short = self.length <= SHORT and self.text.rstrip(CLOSERS)[-1:] != "。"
        self.can_be_head = self.is_short and not self._is_cut()

    def _is_cut(self) -> bool:
        """Tell whether a short line is cut out of copy, or holds more than a sentence."""
        text = self.text
        return (
            self.end == "pause"
            or self.has_open
            or closes_unopened(text)
            or "。" in text
            or text.count("，") > 2
            or opens_with_time(text)
        )

    def bigrams(self) -> frozenset[str]:
        """Return the pairs of neighbouring characters of its beginning, common ones left out."""
        if self._bigrams is None:
            runs = TELLING.findall(self.text[:COMPARED])
            self._bigrams = frozenset(pair for run in runs for pair in map(add, run, run[1:]))
        return self._bigrams


Lines = Sequence[LineMetrics]


def measure_lines(pieces: Sequence[Piece]) -> list[LineMetrics]:
    """Return the lines of which the kind is not fixed, measured, open quotations carried on."""
    lines = _unclassified(pieces)
    depth = age = 0
    for i, line in enumerate(lines):
        line.measure()
        after = lines[i + 1].text[:120] if i + 1 < len(lines) else ""
        line.is_lead_in = may_be_lead_in(line.text, after)
        if line.text[0] in "“‘" or age > 4:
            depth = age = 0
        line.is_quoted = depth > 0
        depth = max(0, depth + line.text.count("“") - line.text.count("”"))
        age = age + 1 if depth else 0
    return lines


def _unclassified(pieces: Sequence[Piece]) -> list[LineMetrics]:
    """Return the lines without a kind, each with the kinds of the fixed lines next to it."""
    lines, above = [], ""
    for piece, after in zip(pieces, [*pieces[1:], None], strict=False):
        if not piece.kind:
            below = "pointer" if after and after.reason == "pointer" else after and after.kind
            line = piece.line
            lines.append(LineMetrics(piece.text, line.gap, line.is_indented, above, below or ""))
        above = piece.kind
    return lines


def opens_with_time(text: str) -> bool:
    """Tell whether a line opens as reports do: 近日，… 7月26日，…"""
    time = TIME.match(text)
    return bool(time) and text[time.end() :][:1] in ("，", "来", "以")


def bucket(value: float, limits: Sequence[float]) -> int:
    """Return how many limits the value passes."""
    return bisect_left(limits, value)


class LineJoins:
    """Features of the join of two lines, by a dictionary and a table of character pairs."""

    def __init__(
        self, pairs: Mapping[str, float] | None = None, openings: Mapping[str, float] | None = None
    ):
        self.pairs = pairs or {}
        self.openings = openings or {}

    def between(self, above: str, below: str) -> list[str]:
        """Return the features of a join: a word across it, how often its characters meet."""
        first, last = below[0], above[-1]
        if not (is_han(first) and is_han(last)):
            return [f"{_script(last)}-{_script(first)}"]
        found = ["word" if spans_word(above[-REACH:], below[:REACH]) else "no-word"]
        if self.pairs:
            found.append(f"pair={_level(self.pairs.get(last + first))}")
        return found

    def opening(self, text: str) -> str:
        """Return the level of how often paragraphs, rather than cut lines, begin like this."""
        if not self.openings:
            return "?"
        two = self.openings.get(text[:2])
        return _level(self.openings.get(text[:1]) if two is None else two)


def spans_word(above: str, below: str) -> bool:
    """Tell whether a word of the dictionary begins above and ends below."""
    end = 0
    for word in words.cut(_without_surrogates(above + below), hmm=False):
        end += len(word)
        if end >= len(above):
            return end > len(above)
    return False


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _script(character: str) -> str:
    if is_han(character):
        return "han"
    if character.isdigit():
        return "digit"
    return "latin" if character.isascii() and character.isalpha() else "mark"


def _level(value: float | None) -> str:
    return "none" if value is None else str(int(max(-4, min(6, round(value)))))


@lru_cache(maxsize=4096)
def word_classes(text: str) -> tuple[str, ...]:
    """Return the class of every word of a short text (jieba's tags), punctuation left out."""
    return tuple(
        tag[:2] if tag[:1] in "nv" else tag[:1]
        for _, tag in words.tag(_without_surrogates(text))
        if tag[:1] not in "xw"
    )


def first_class(text: str) -> str:
    """Return the class of the first word; `?` where there is none."""
    return next(iter(word_classes(text)), "?")


def last_class(text: str) -> str:
    """Return the class of the last word; `?` where there is none."""
    classes = word_classes(text)
    return classes[-1] if classes else "?"


@lru_cache(maxsize=1024)
def has_verb(text: str) -> bool:
    """Tell whether a verb is among the words."""
    return any(tag[0] == "v" for tag in word_classes(text))
