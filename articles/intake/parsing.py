"""The reading of a page: raw text in, blocks and articles out; no character is lost."""

from collections.abc import Collection

from .assembling import assemble
from .classifying import classify
from .lines import read_lines
from .paper import Block, Decision, Furniture, PageReading
from .sorting import sort
from .weights import Weights, learnt

MOST_LINES = 6_000  # more than any page has; what follows is kept unread


def parse(
    text: str, *, columns: Collection[str] = (), weights: Weights | None = None
) -> PageReading:
    """Read a page; `columns` are the standing columns the paper knows."""
    lines, stray = read_lines(text)
    blocks = classify(sort(lines[:MOST_LINES]), weights or learnt(), columns)
    rest = lines[MOST_LINES:]
    if rest:
        kept = "\n".join(line.text for line in rest)
        blocks += (Block(rest[0].number, kept, "furniture", Decision("not-a-page", 0.0)),)
    return assemble(blocks, tuple(Furniture("stray", s.character, s.line) for s in stray))
