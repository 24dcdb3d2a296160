"""What a reading is made of: blocks that an editor may change, and the articles they add up to."""

from dataclasses import dataclass, field, replace

SURE = 0.9
HEADS = ("column", "kicker", "headline", "deck")
BODY = ("body", "subhead", "summary", "verse", "source", "signoff")
FURNITURE = ("furniture", "editors")
KINDS = (*HEADS, *BODY, "byline", "credit", "caption", "note", "jump-from", "jump-to", *FURNITURE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something was read as it was, how sure that is, and who said so."""

    reason: str
    confidence: float = 1.0
    is_by_hand: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Say whether a person should look at this."""
        return self.confidence < SURE


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the source, or a piece of one, and what it was taken for: what is edited."""

    line: int
    text: str
    kind: str
    decision: Decision
    starts_article: bool = False
    joins_previous: bool = False

    def changed(self, **fields) -> "Block":
        """Return the block as a person wants it."""
        return replace(self, decision=Decision("by-hand", 1.0, is_by_hand=True), **fields)


@dataclass(frozen=True, slots=True)
class Byline:
    """A role as printed and a name; the house (本报, 新华社) stands apart from the role."""

    role: str
    name: str
    house: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an article in printed order; paragraphs are whole again."""

    kind: str
    text: str
    lines: tuple[int, ...]
    decision: Decision
    seams: tuple[int, ...] = ()  # where in the text the ends of columns were
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should see; it changes nothing."""

    code: str
    text: str
    lines: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One item of the page: its parts in printed order, and what was read from them."""

    parts: tuple[Part, ...]
    kind: str = "article"
    dateline: str = ""
    bylines: tuple[Byline, ...] = ()
    credits: tuple[Byline, ...] = ()
    jump_to: tuple[str, ...] = ()
    jump_from: tuple[str, ...] = ()

    def first(self, kind: str) -> str:
        """Return the words of the first part of a kind, or nothing."""
        return next((part.text for part in self.parts if part.kind == kind), "")

    def all(self, *kinds: str) -> list[Part]:
        """Return the parts of these kinds in printed order."""
        return [part for part in self.parts if part.kind in kinds]

    @property
    def paragraphs(self) -> list[str]:
        """Return the body as a reader sees it; in a photo item that is the caption too."""
        kinds = (*BODY, "caption") if self.kind == "photo" else BODY
        return [part.text for part in self.all(*kinds)]

    @property
    def doubtful(self) -> list[Part]:
        """Return the parts that a person should look at."""
        return [part for part in self.parts if part.decision.is_doubtful]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is printed on the page and belongs to no article."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as read: its articles, its furniture, its warnings, and the blocks behind them."""

    blocks: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[Warning, ...] = ()
    label: str = ""
    name: str = ""
    date: str = ""
    editors: tuple[Byline, ...] = field(default=())
