"""The accepted text of a Word document: paragraphs of pieces, tables, and what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .list_labels import ListItem

MOST_WORDS = 2_000  # of what was left out, that are shown
MOST_CHARACTERS = 100_000
MOST_PIECES = 15_000  # mammoth needs about four seconds for them


class Note(StrEnum):
    """What a person should know of a document that was read."""

    DELETED = "deleted"
    COMMENTS = "comments"
    HIDDEN = "hidden"
    STRUCK = "struck"
    STRUCK_KEPT = "struck kept"
    MARGINS = "headers and footers"
    FOOTNOTES = "footnotes"
    TEXT_BOXES = "text boxes"
    FORMULAS = "formulas"
    GRAPHICS = "graphics"
    EMBEDDED = "embedded files"
    SYMBOLS = "symbols"
    PRIVATE = "private characters"
    PICTURES = "pictures"
    INVISIBLE = "invisible characters"
    LOOK_ALIKES = "look-alikes"
    DAMAGED = "damaged characters"
    # What is guessed, and a person should check.
    NO_HEADLINE = "no headline"
    GUESSED_HEADLINE = "guessed headline"
    LEAD_IN_KEPT = "lead-in kept in the text"
    SEVERAL_ARTICLES = "several articles"
    HEADINGS_TOO_LONG = "headings too long"
    SHARED_CAPTION = "one caption under several pictures"
    REFUSED_PICTURES = "refused pictures"


@dataclass(slots=True)
class Omission:
    """How much of a kind there is, and its first words."""

    number: int = 0
    words: str = ""


@dataclass(slots=True)
class Notes:
    """What a person should know of a document, by its kind, in the order found."""

    found: dict[Note, Omission] = field(default_factory=dict)

    def add(self, note: Note, words: str = "", *, number: int | None = None) -> None:
        """Add words (counted by their characters) or a number of things."""
        number = sum(map(len, words.split())) if number is None else number
        if number:
            omission = self.found.setdefault(note, Omission())
            omission.number += number
            omission.words = (omission.words + words)[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look, as far as it is kept."""

    is_bold: bool = False
    raised: str = ""  # superscript or subscript
    link: str = ""


@dataclass(slots=True)
class Piece:
    """Characters of one look, or a tab, a break, a symbol (its code), a picture (its part).

    `detail` is the font of a symbol, or the alternative text of a picture.
    """

    kind: str
    text: str = ""
    look: Look = field(default_factory=Look)
    detail: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph; `joins_next` where its end is not there, so that the next one goes on."""

    pieces: list[Piece] = field(default_factory=list)
    role: str = ""
    item: ListItem | None = None
    joins_next: bool = False

    def add(self, piece: Piece) -> int:
        """Add a piece, joined with characters of the same look; return how many are new."""
        last = self.pieces[-1] if self.pieces else None
        if last and last.kind == piece.kind == "text" and last.look == piece.look:
            last.text += piece.text
            return 0
        self.pieces.append(piece)
        return 1


@dataclass(slots=True)
class Cell:
    """A cell of a table with the properties that join cells."""

    blocks: list["Paragraph | Table"]
    span: int = 1
    merge: str = ""


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """A table."""

    rows: list[Row]


def joined(blocks: Iterable[Paragraph | Table]) -> list[Paragraph | Table]:
    """Join each paragraph whose end is not there with the next one, if that is a paragraph."""
    found: list[Paragraph | Table] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and before.joins_next:
            found.pop()
            block.pieces[:0] = before.pieces
        found.append(block)
    return found
