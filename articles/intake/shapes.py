"""What a line measures: its length, its ending, what it opens, the pairs it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import add

from .datelines import may_lead
from .marks import CLOSERS, ending, left_open, squash

SHORT = 60
TELLING = re.compile(r"[^\W_的了在是和有与为中大上这一不人到对将以要年月日等也就]{2,}")


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
    pairs: frozenset[str] | None = field(default=None)

    def measure(self) -> "Shape":
        """Fill in what follows from the text; return the shape itself."""
        self.length = len(squash(self.text)) if len(self.text) < 400 else len(self.text)
        self.end = ending(self.text)
        self.has_open = bool(left_open(self.text))
        self.is_short = self.length <= SHORT and self.text.rstrip(CLOSERS)[-1:] != "。"
        return self

    def bigrams(self) -> frozenset[str]:
        """Return the pairs of telling characters among the first 240."""
        if self.pairs is None:
            runs = TELLING.findall(self.text[:240])
            self.pairs = frozenset(pair for run in runs for pair in map(add, run, run[1:]))
        return self.pairs


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
