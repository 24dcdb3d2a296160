"""小样: a page as it was read, laid out to be corrected. Its lines, its articles, what to look at.

Changes nothing and asks the database nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import raw_pages
from articles.intake.drafting import draft
from articles.intake.editing import Step
from articles.intake.objections import misplaced, too_long
from articles.intake.paper import BODY, HEADS, Article, Block, PageReading, Part
from articles.intake.reading import read
from articles.models import RawPage
from articles.readings import ITEMS, KINDS, PROBLEMS, WARNINGS, shortened
from articles.reasons import why
from articles.text import count

# What the last correction did; `kind` is a name from KINDS.
DONE = {
    "split": gettext_lazy("Line %(line)d was cut in two."),
    "join": gettext_lazy("Line %(line)d goes on from above."),
    "part": gettext_lazy("Line %(line)d is a paragraph of its own."),
    "reclassify": gettext_lazy("Line %(line)d is now: %(kind)s."),
    "begin": gettext_lazy("An article begins at line %(line)d."),
    "merge": gettext_lazy("Line %(line)d belongs to the article above."),
    "move": gettext_lazy("Line %(line)d was moved."),
    "confirm": gettext_lazy("Line %(line)d was read rightly."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, or a piece of one, and what it was taken for."""

    index: int
    block: Block
    kind: str
    why: str

    @property
    def sure(self) -> int:
        """How sure the reading is, in per cent."""
        return round(100 * self.block.decision.confidence)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.block.decision.is_doubtful


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line inside a part; a column ended before those that are not the first."""

    text: str
    index: int
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class SetPart:
    """One part of an article: a heading, a paragraph, a line of names."""

    kind: str
    name: str
    pieces: Sequence[Piece]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it was read; its lines are the blocks from `start` to before `end`."""

    number: int
    kind: str
    start: int
    end: int
    length: int
    parts: Sequence[SetPart]


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at: what, the words it is about, and at which block."""

    what: str
    words: str = ""
    index: int | None = None
    is_barring: bool = False
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Galley:
    """A page laid out."""

    lines: Sequence[Line]
    items: Sequence[Item]
    looks: Sequence[Look]
    last: str
    can_undo: bool
    can_redo: bool

    @classmethod
    def of(cls, raw: RawPage) -> "Galley":
        """Lay out the reading of a page as it stands."""
        found = raw_pages.reading(raw)
        steps = raw_pages.steps(raw)
        return cls(
            lines=[_line(*numbered) for numbered in enumerate(found.blocks)],
            items=[_item(*numbered) for numbered in enumerate(found.articles, 1)],
            looks=[*_looks(raw, found)],
            last=_last(raw, steps),
            can_undo=raw.done > 0,
            can_redo=raw.done < len(steps),
        )

    @property
    def first_doubt(self) -> int:
        """The block to begin with."""
        doubts = (look.index for look in self.looks if look.index is not None)
        return next(doubts, 0)

    def doubt_after(self, index: int) -> int:
        """Return the next doubtful line after one, or else the first one, or else itself."""
        doubts = [line.index for line in self.lines if line.is_doubtful]
        return next((each for each in doubts if each > index), doubts[0] if doubts else index)


def _line(index: int, block: Block) -> Line:
    return Line(index, block, str(KINDS[block.kind]), why(block.decision))


def _item(number: int, article: Article) -> Item:
    blocks = [index for part in article.parts for index in part.blocks]
    return Item(
        number=number,
        kind=str(ITEMS[article.kind]),
        start=min(blocks),
        end=max(blocks) + 1,
        length=count("".join(article.paragraphs)),
        parts=[*_parts(article)],
    )


def _parts(article: Article) -> Iterator[SetPart]:
    """Yield the parts of an article; the lead-in stands in the paragraph that it opens."""
    ahead: list[Piece] = []
    for part in article.parts:
        if part.kind == "lead":
            ahead = [Piece(part.text, part.blocks[0], is_lead=True)]
            continue
        pieces = [*ahead, *_pieces(part)]
        ahead = []
        yield SetPart(part.kind, str(KINDS[part.kind]), pieces, part.decision.is_doubtful)
    if ahead:
        yield SetPart("body", str(KINDS["body"]), ahead, is_doubtful=False)


def _pieces(part: Part) -> list[Piece]:
    """Cut a part where columns ended."""
    cuts = [0, *part.seams, len(part.text)]
    texts = [part.text[at:end] for at, end in zip(cuts, cuts[1:], strict=False)]
    return [*map(Piece, texts, part.blocks[-len(texts) :])]


def _looks(raw: RawPage, found: PageReading) -> Iterator[Look]:
    """Yield what to look at: what bars the drafts, then the words, then the doubtful lines."""
    drafts = [draft(article) for article in found.articles]
    for fault in (*misplaced(found, raw.page), *too_long(drafts)):
        yield Look(fault, is_barring=True)
    for problem in read(bytes(raw.source)).problems:
        yield Look(str(PROBLEMS[problem]))
    at = {}
    for index, block in enumerate(found.blocks):
        at.setdefault(block.line, index)
    for warning in found.warnings:
        index = at[warning.lines[-1]] if warning.lines else None
        yield Look(str(WARNINGS[warning.code]), warning.text, index)
    for index, block in enumerate(found.blocks):
        if block.decision.is_doubtful:
            yield _doubt(index, block)


def _doubt(index: int, block: Block) -> Look:
    what = KINDS[block.kind]
    if block.kind in (*BODY, *HEADS) and block.joins_previous:
        what = _("%(kind)s, going on from above") % {"kind": what}
    said = _("%(what)s? %(sure)d %% sure: %(why)s") % {
        "what": what,
        "sure": round(100 * block.decision.confidence),
        "why": why(block.decision),
    }
    return Look(said, shortened(block.text, 40), index, is_doubt=True)


def _last(raw: RawPage, steps: Sequence[Step]) -> str:
    """Say what the last correction did; nothing where none holds."""
    if not raw.done:
        return ""
    step = steps[raw.done - 1]
    before = raw_pages.blocks(raw, done=raw.done - 1)
    kind = KINDS[step.value] if step.act == "reclassify" else ""
    return str(DONE[step.act]) % {"line": before[step.block].line, "kind": kind}
