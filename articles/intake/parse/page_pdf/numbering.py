"""Number the blocks of a page, with the place of each and the words of its pictures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from articles.content import characters
from articles.intake.parse.types import Decision, Furniture, ParsedBlock

from .blocks import PlacedBlock
from .pieces import Piece, fixed_kind
from .types import Box, PrintedPage

Places = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class PictureWords:
    """A picture on the page, in ‰ of it, and the numbers of the blocks that are its words."""

    box: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """The blocks of a page; where each stands, in ‰ of the page, by its number; its pictures."""

    blocks: tuple[ParsedBlock, ...]
    removed: tuple[Furniture, ...]
    places: Places
    pictures: tuple[PictureWords, ...]


@dataclass
class Numbering:
    """Gives the blocks of a page their numbers and places."""

    page: PrintedPage
    columns: Collection[str]
    blocks: list[ParsedBlock] = field(default_factory=list)
    removed: list[Furniture] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    words: dict[int, list[int]] = field(default_factory=dict)

    def add_furniture(self, piece: Piece) -> None:
        """Add a line that belongs to no article."""
        text = piece.lines[0].text
        kind = "editors" if fixed_kind(text) == "editors" else "furniture"
        self._add(text, kind, Decision("print-edge", 0.97), piece.box)

    def add_article(self, placed: Sequence[PlacedBlock]) -> None:
        """Add the blocks of an article."""
        begins = True
        for each in placed:
            kind, decision = each.kind, each.decision
            if kind in ("kicker", "headline") and each.text in self.columns:
                kind, decision = "column", Decision("known-column", 0.97)
            joins = each.joins and not begins
            number = self._add(
                each.text, kind, decision, each.frame.box, begins=begins, joins=joins
            )
            if number and each.frame.kind == "caption":
                self.words.setdefault(each.frame.piece.picture, []).append(number)
            begins = begins and not number

    def _add(self, text, kind, decision, box, *, begins=False, joins=False) -> int:
        """Return the number of the new block, or 0 where nothing of it prints."""
        number = len(self.blocks) + 1
        strays = characters.find_invisible(text)
        self.removed += [Furniture("stray", each, number) for each in strays.elements()]
        text = characters.strip_invisible(text).strip() if strays else text
        if not text:
            return 0
        self.blocks.append(ParsedBlock(number, text, kind, decision, begins, joins))
        self.places[number] = _permille(box, self.page)
        return number

    def result(self, pictures: Sequence[Box]) -> PageReading:
        """Return the page as it was read, with its pictures."""
        shown = tuple(
            PictureWords(tuple(_permille(box, self.page)), tuple(self.words.get(number, ())))
            for number, box in enumerate(pictures)
        )
        return PageReading(tuple(self.blocks), tuple(self.removed), self.places, shown)


def _permille(box: Box, page: PrintedPage) -> list[int]:
    sides = (page.width, page.height, page.width, page.height)
    return [round(1000 * value / side) for value, side in zip(box, sides, strict=True)]
