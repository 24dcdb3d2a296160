"""Types of a parsed page: blocks, which a person may correct, and the articles made of them."""

from dataclasses import dataclass, replace

DOUBT_BELOW = 0.9
HEADS = ("column", "kicker", "headline", "deck")
BODY = ("body", "subhead", "summary", "verse", "source", "signoff")
FURNITURE = ("furniture", "editors")
KINDS = (*HEADS, *BODY, "byline", "credit", "caption", "note", "jump-from", "jump-to", *FURNITURE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something was classified as it was, with what confidence, and whether by a person."""

    reason: str
    confidence: float = 1.0
    is_by_hand: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should check this."""
        return self.confidence < DOUBT_BELOW

    def as_json(self) -> dict:
        """Return the decision as plain data."""
        return {
            "reason": self.reason,
            "confidence": self.confidence,
            "is_doubtful": self.is_doubtful,
        }


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A line of the source, or a piece of one, and its kind: the unit of correction."""

    line: int
    text: str
    kind: str
    decision: Decision
    starts_article: bool = False
    joins_previous: bool = False

    def corrected(self, **fields) -> "ParsedBlock":
        """Return a copy with other values, decided by a person."""
        return replace(self, decision=Decision("by-hand", 1.0, is_by_hand=True), **fields)

    def as_json(self) -> dict:
        """Return the block as plain data; `from_json` is the inverse."""
        return {
            "line": self.line,
            "text": self.text,
            "kind": self.kind,
            "starts_article": self.starts_article,
            "joins_previous": self.joins_previous,
            **self.decision.as_json(),
            "is_by_hand": self.decision.is_by_hand,
        }

    @classmethod
    def from_json(cls, row: dict) -> "ParsedBlock":
        """Return the block that `as_json` wrote."""
        decision = Decision(row["reason"], row["confidence"], row["is_by_hand"])
        return cls(
            row["line"],
            row["text"],
            row["kind"],
            decision,
            row["starts_article"],
            row["joins_previous"],
        )


@dataclass(frozen=True, slots=True)
class ParsedByline:
    """A role as printed and a name; the house (本报, 新华社) is kept apart from the role."""

    role: str
    name: str
    house: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPart:
    """One part of an article in printed order, its paragraphs rejoined.

    `column_ends` are the characters of `text` before which a column ended.
    """

    kind: str
    text: str
    lines: tuple[int, ...]
    decision: Decision
    column_ends: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something that a person should check; it changes nothing."""

    code: str
    text: str
    lines: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One item of the page: its parts in printed order, and the data found in them."""

    parts: tuple[ParsedPart, ...]
    kind: str = "article"
    dateline: str = ""
    bylines: tuple[ParsedByline, ...] = ()
    credits: tuple[ParsedByline, ...] = ()
    jump_to: tuple[str, ...] = ()
    jump_from: tuple[str, ...] = ()

    def first(self, kind: str) -> str:
        """Return the text of the first part of a kind, or nothing."""
        return next((part.text for part in self.parts if part.kind == kind), "")

    def all(self, *kinds: str) -> list[ParsedPart]:
        """Return the parts of these kinds in printed order."""
        return [part for part in self.parts if part.kind in kinds]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body; in a photo item with its captions."""
        kinds = (*BODY, "caption") if self.kind == "photo" else BODY
        return [part.text for part in self.all(*kinds)]

    @property
    def doubtful(self) -> list[ParsedPart]:
        """The parts that a person should check."""
        return [part for part in self.parts if part.decision.is_doubtful]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is printed on the page and belongs to no article."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A parsed page: its blocks, the articles and furniture made of them, and its folio."""

    blocks: tuple[ParsedBlock, ...] = ()
    articles: tuple[ParsedArticle, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    label: str = ""
    name: str = ""
    date: str = ""
    editors: tuple[ParsedByline, ...] = ()
