"""小样 (galley): a parsed page laid out for review: its lines, its articles, what to check.

Changes nothing and makes no query.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.content.text import count
from articles.models import RawPage

from . import raw_pages
from .decision_explanations import explain
from .drafts import length_errors, make_draft, placement_errors
from .messages import ITEMS, KINDS, problem_lines, shorten
from .parse.corrections import Correction
from .parse.decoding import decode
from .parse.types import BODY, HEADS, ParsedArticle, ParsedBlock, ParsedPage, ParsedPart
from .parse.warnings import find_warnings
from .warning_texts import WARNINGS

# What the last correction did, by its act; `kind` is a name from KINDS.
LAST_CORRECTION = {
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
class SourceLine:
    """One line of the raw text, or a piece of one, with its kind and the reason."""

    index: int
    block: ParsedBlock
    kind: str
    why: str

    @property
    def sure(self) -> int:
        """The confidence in the kind, in per cent."""
        return round(100 * self.block.decision.confidence)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should check it."""
        return self.block.decision.is_doubtful


@dataclass(frozen=True, slots=True)
class PartText:
    """The text of one line in a part; a column ended before each that is not the first."""

    text: str
    index: int
    is_lead_in: bool = False


@dataclass(frozen=True, slots=True)
class GalleyPart:
    """One part of an article: a heading, a paragraph, a line of names."""

    kind: str
    name: str
    pieces: Sequence[PartText]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One parsed article; its lines are the blocks from `start` to before `end`."""

    number: int
    kind: str
    start: int
    end: int
    length: int
    parts: Sequence[GalleyPart]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something to check: what, the words it is about, and at which block.

    `is_barring` items prevent drafts; `is_doubt` ones are decisions with low confidence.
    """

    what: str
    words: str = ""
    index: int | None = None
    is_barring: bool = False
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Galley:
    """A page laid out."""

    lines: Sequence[SourceLine]
    items: Sequence[Item]
    review_items: Sequence[ReviewItem]
    last_correction: str
    can_undo: bool
    can_redo: bool

    @classmethod
    def of(cls, raw: RawPage) -> "Galley":
        """Lay out a raw page with the corrections that apply."""
        page = raw_pages.corrected_page(raw)
        corrections = raw_pages.corrections_of(raw)
        return cls(
            lines=[_line(*numbered) for numbered in enumerate(page.blocks)],
            items=[_item(*numbered) for numbered in enumerate(page.articles, 1)],
            review_items=[*_review_items(raw, page)],
            last_correction=_last_correction(raw, corrections),
            can_undo=raw.applied_count > 0,
            can_redo=raw.applied_count < len(corrections),
        )

    @property
    def first_doubt(self) -> int:
        """The block to check first."""
        blocks = (item.index for item in self.review_items if item.index is not None)
        return next(blocks, 0)

    def doubt_after(self, index: int) -> int:
        """Return the next doubtful line after one, or else the first one, or else itself."""
        doubts = [line.index for line in self.lines if line.is_doubtful]
        return next((each for each in doubts if each > index), doubts[0] if doubts else index)


def _line(index: int, block: ParsedBlock) -> SourceLine:
    return SourceLine(index, block, str(KINDS[block.kind]), explain(block.decision))


def _item(number: int, article: ParsedArticle) -> Item:
    blocks = [index for part in article.parts for index in part.blocks]
    return Item(
        number=number,
        kind=str(ITEMS[article.kind]),
        start=min(blocks),
        end=max(blocks) + 1,
        length=count("".join(article.paragraphs)),
        parts=[*_parts(article)],
    )


def _parts(article: ParsedArticle) -> Iterator[GalleyPart]:
    """Yield the parts of an article; the lead-in joins the paragraph that it opens."""
    ahead: list[PartText] = []
    for part in article.parts:
        if part.kind == "lead":
            ahead = [PartText(part.text, part.blocks[0], is_lead_in=True)]
            continue
        pieces = [*ahead, *_pieces(part)]
        ahead = []
        yield GalleyPart(part.kind, str(KINDS[part.kind]), pieces, part.decision.is_doubtful)
    if ahead:
        yield GalleyPart("body", str(KINDS["body"]), ahead, is_doubtful=False)


def _pieces(part: ParsedPart) -> list[PartText]:
    """Cut a part where columns ended."""
    cuts = [0, *part.column_ends, len(part.text)]
    texts = [part.text[at:end] for at, end in pairwise(cuts)]
    return [*map(PartText, texts, part.blocks[-len(texts) :])]


def _review_items(raw: RawPage, page: ParsedPage) -> Iterator[ReviewItem]:
    """Yield what to check: errors that prevent drafts, problems, warnings, doubtful lines."""
    drafts = map(make_draft, page.articles)
    for error in (*placement_errors(page, raw.page), *length_errors(drafts)):
        yield ReviewItem(error, is_barring=True)
    yield from map(ReviewItem, problem_lines(decode(bytes(raw.source))))
    block_at: dict[int, int] = {}
    for index, block in enumerate(page.blocks):
        block_at.setdefault(block.line, index)
    for warning in find_warnings(page.articles):
        index = block_at[warning.lines[-1]] if warning.lines else None
        yield ReviewItem(str(WARNINGS[warning.code]), warning.text, index)
    for index, block in enumerate(page.blocks):
        if block.decision.is_doubtful:
            yield _doubt(index, block)


def _doubt(index: int, block: ParsedBlock) -> ReviewItem:
    kind = KINDS[block.kind]
    if block.kind in (*BODY, *HEADS) and block.joins_previous:
        kind = _("%(kind)s, going on from above") % {"kind": kind}
    what = _("%(what)s? %(sure)d %% sure: %(why)s") % {
        "what": kind,
        "sure": round(100 * block.decision.confidence),
        "why": explain(block.decision),
    }
    return ReviewItem(what, shorten(block.text, 40), index, is_doubt=True)


def _last_correction(raw: RawPage, corrections: Sequence[Correction]) -> str:
    """Return what the last correction did; empty where none applies."""
    if not raw.applied_count:
        return ""
    correction = corrections[raw.applied_count - 1]
    before = raw_pages.corrected_blocks(raw, count=raw.applied_count - 1)
    kind = KINDS[correction.value] if correction.act == "reclassify" else ""
    line = before[correction.block].line
    return str(LAST_CORRECTION[correction.act]) % {"line": line, "kind": kind}
