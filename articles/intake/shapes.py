"""What a line measures: its length, its ending, what it opens, the pairs it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import add

from .datelines import may_lead
from .marks import CLOSERS, closes_unopened, ending, left_open, squash
from .sorting import Atom

SHORT = 60
MEASURED = 240  # characters of a line whose words are compared with others
TELLING = re.compile(r"[^\W_的了在是和有与为中大上这一不人到对将以要年月日等也就]{2,}")

TIME = re.compile(
    r"^(?:\d{4}年|[一二三四五两几]年来|\d{1,2}月\d{0,2}|[今昨前]天|[今昨]晚|近日|日前|近年来?|今年以来|今年|最近|目前|当前|这几天|不久前|前不久|连日来|当日|当地时间|\d{1,2}日|一段时间|走进|清晨|如今|现在|当年|那年|那时|此前)"
)


@dataclass(slots=True)
class Shape:
    """A line measured once: its length, its ending, what it opens, whether it may be a head."""

    text: str
    gap: int = 0
    is_indented: bool = False
    before: str = ""  # the kind of the sure line just above, such as byline
    after: str = ""
    length: int = 0
    end: str = ""
    has_open: bool = False
    is_lead: bool = False
    carried: bool = False  # a quotation opened earlier is still open when the line begins
    is_short: bool = False
    may_head: bool = False  # short, and nothing about it says that it is cut out of copy
    pairs: frozenset[str] | None = field(default=None)

    def measure(self) -> "Shape":
        """Fill in what follows from the text; return the shape itself."""
        self.length = len(squash(self.text)) if len(self.text) < 400 else len(self.text)
        self.end = ending(self.text)
        self.has_open = bool(left_open(self.text))
        self.is_short = self.length <= SHORT and self.text.rstrip(CLOSERS)[-1:] != "。"
        self.may_head = self.is_short and not self._is_cut()
        return self

    def _is_cut(self) -> bool:
        """Say whether a short line is a piece of copy: in mid-sentence, or more than a sentence."""
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
        """Return the pairs of telling characters of its beginning."""
        if self.pairs is None:
            runs = TELLING.findall(self.text[:MEASURED])
            self.pairs = frozenset(pair for run in runs for pair in map(add, run, run[1:]))
        return self.pairs


def of_open_lines(atoms: Sequence[Atom]) -> list[Shape]:
    """Return the lines whose kind is not yet sure, each with the sure kinds just over and under."""
    shapes, before = [], ""
    for atom, after in zip(atoms, [*atoms[1:], None], strict=False):
        if not atom.kind:
            below = "pointer" if after and after.reason == "pointer" else after and after.kind
            line = atom.line
            shapes.append(Shape(atom.text, line.gap, line.is_indented, before, below or ""))
        before = atom.kind
    return shapes


def opens_with_time(text: str) -> bool:
    """Say whether a line opens as reports do: 近日，… 7月26日，…"""
    time = TIME.match(text)
    return bool(time) and text[time.end() :][:1] in ("，", "来", "以")


def shaped(shapes: Sequence[Shape]) -> Sequence[Shape]:
    """Measure all lines and carry open quotations from one to the next."""
    depth = age = 0
    for i, shape in enumerate(shapes):
        shape.measure()
        shape.is_lead = may_lead(
            shape.text, shapes[i + 1].text[:120] if i + 1 < len(shapes) else ""
        )
        if shape.text[0] in "“‘" or age > 4:
            depth = age = 0
        shape.carried = depth > 0
        depth = max(0, depth + shape.text.count("“") - shape.text.count("”"))
        age = age + 1 if depth else 0
    return shapes


def bucket(value: float, limits: Sequence[float]) -> int:
    """Return how many limits the value passes."""
    for i, limit in enumerate(limits):
        if value <= limit:
            return i
    return len(limits)
