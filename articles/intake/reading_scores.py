"""How well pages were read: each compared with what the desk corrected it to in the galley."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .parse.corrections import Blocks
from .parse.parser import assemble
from .parse.raw_text import squash
from .parse.types import ParsedArticle, ParsedPage

HEADS = ("kicker", "headline", "deck")
# What is counted, in the order in which it is told, and the share that is wanted.
WANTED = {
    "headline": 0.99,
    "kicker": 0.98,
    "deck": 0.98,
    "paragraph": 0.985,
    "caption": 0.97,
    "article": 0.92,
}


@dataclass
class ReadingScore:
    """Counts of pages: what was read rightly, what there was, and what was read."""

    right: Counter = field(default_factory=Counter)
    there: Counter = field(default_factory=Counter)
    read: Counter = field(default_factory=Counter)
    pages: int = 0
    marks: int = 0
    unmarked: int = 0  # blocks that were corrected and not marked as doubtful

    def add(self, other: "ReadingScore") -> None:
        """Add the counts of other pages."""
        for name in ("right", "there", "read"):
            getattr(self, name).update(getattr(other, name))
        self.pages += other.pages
        self.marks += other.marks
        self.unmarked += other.unmarked

    def f1(self, kind: str) -> float:
        """Return the harmonic mean of precision and recall; 1 where there was nothing to read."""
        both = self.there[kind] + self.read[kind]
        return 2 * self.right[kind] / both if both else 1.0


def score_reading(before: Blocks, after: Blocks) -> ReadingScore:
    """Score a page by its blocks as they were read, and as they were corrected."""
    read, corrected = assemble(before), assemble(after)
    score = ReadingScore(pages=1, unmarked=_unmarked(before, after))
    score.marks = sum(len(article.doubtful) for article in read.articles)
    for kind in WANTED:
        there, found = (Counter(_texts(kind, page)) for page in (corrected, read))
        score.there[kind], score.read[kind] = there.total(), found.total()
        score.right[kind] = (there & found).total()
    return score


def _texts(kind: str, page: ParsedPage) -> list:
    if kind in HEADS:
        return [squash(text) for each in page.articles if (text := each.first(kind))]
    if kind == "paragraph":
        return [squash(text) for each in page.articles for text in each.paragraphs]
    if kind == "caption":
        parts = (part for each in page.articles for part in each.all("caption", "credit"))
        return [squash(part.text) for part in parts]
    return [_whole(each) for each in page.articles]


def _whole(article: ParsedArticle) -> tuple:
    heads = tuple(squash(article.first(kind)) for kind in HEADS)
    return *heads, *map(squash, article.paragraphs)


def _unmarked(before: Blocks, after: Sequence) -> int:
    """Count the blocks that are no longer as they were, and that nothing marked as doubtful."""
    left = Counter(map(_facts, after))
    changed = [block for block in before if not left[_facts(block)]]
    return sum(not block.decision.is_doubtful for block in changed)


def _facts(block) -> tuple:
    return block.text, block.kind, block.starts_article, block.joins_previous


def total_of(scores: Iterable[ReadingScore]) -> ReadingScore:
    """Return the sum of the scores of pages."""
    total = ReadingScore()
    for each in scores:
        total.add(each)
    return total
