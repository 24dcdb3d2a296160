"""Reads the blocks of a Word document as they are with all changes accepted.

What was deleted, moved away or hidden is left out and noted. Elements that are not known here
are passed through: the words inside them are kept.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .content import (
    MOST_CHARACTERS,
    MOST_PIECES,
    Cell,
    Note,
    Notes,
    Paragraph,
    Piece,
    Row,
    Table,
    joined,
)
from .errors import Reason, refuse
from .fields import Fields
from .list_labels import ListLabels
from .package import Package
from .paragraph_reader import GONE, ParagraphReader, choice
from .stylesheet import Stylesheet
from .wordml import child, is_on, text_of, value, whole_number

MOST_SPAN = 60
Blocks = list[Paragraph | Table]


class AcceptedText:
    """Reads the body of a document, with its text boxes and notes, in the order of the text.

    Raises DocumentRefusedError where a part cannot be read, or the text is too long.
    """

    def __init__(self, package: Package, *, keep_struck: bool):
        self.package, self.keep_struck = package, keep_struck
        self.notes, self.fields, self.relations = Notes(), Fields(), package.relations
        self.stylesheet = Stylesheet(_part(package, "styles"))
        self._labels = ListLabels(_part(package, "numbering"), self.stylesheet)
        self._footnotes: list[tuple[str, str]] = []
        self._footnote_numbers: dict[tuple[str, str], int] = {}
        self._note_parts: dict[str, tuple] = {}
        self._characters = self._pieces = 0

    def read(self) -> Blocks:
        """Return the blocks of the body, then the footnotes with their numbers."""
        body = child(self.package.root, "w:body")
        blocks = self.blocks(body) if body is not None else []
        # One that a footnote refers to is added meanwhile, and read after it.
        for number, (kind, key) in enumerate(self._footnotes, 1):
            blocks += self._footnote(number, kind, key)
        self.notes.add(Note.FOOTNOTES, number=len(self._footnotes))
        return blocks

    def add_footnote(self, kind: str, key: str) -> int:
        """Note that the text refers to a footnote or an endnote; return its number.

        One that is cited again keeps its number.
        """
        if (kind, key) not in self._footnote_numbers:
            self._footnotes.append((kind, key))
        return self._footnote_numbers.setdefault((kind, key), len(self._footnotes))

    def count(self, words: str, *, pieces: int) -> None:
        """Count what is read, so that what is too long is refused before all of it is read."""
        self._characters += len(words)
        self._pieces += pieces
        refuse(Reason.TOO_LONG, when=self._characters > MOST_CHARACTERS)
        refuse(Reason.TOO_LONG, when=self._pieces > MOST_PIECES)

    def _footnote(self, number: int, kind: str, key: str) -> Blocks:
        notes, self.relations = self._footnotes_of(f"{kind}s")
        blocks = self.blocks(notes[key]) if key in notes else []
        if blocks and isinstance(blocks[0], Paragraph):
            blocks[0].pieces.insert(0, Piece("text", f"[{number}] "))
        return blocks

    def _footnotes_of(self, kind: str) -> tuple[dict[str, Element], dict]:
        """Return the notes of a kind by their ids, and the relations of their part."""
        if kind not in self._note_parts:
            name = next(iter(self.package.related(kind)), f"word/{kind}.xml")
            root = self.package.xml(name)
            notes = {each.get("w:id", ""): each for each in (root if root is not None else ())}
            self._note_parts[kind] = notes, self.package.relations_of(name)
        return self._note_parts[kind]

    def blocks(self, parent: Element) -> Blocks:
        """Return the paragraphs and tables in an element."""
        return joined(self._blocks(parent))

    def _blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        for element in parent:
            if element.tag == "w:p":
                yield from self._paragraph(element)
            elif element.tag == "w:tbl":
                yield self._table(element)
            elif element.tag in GONE:
                self.notes.add(Note.DELETED, text_of(element))
            elif element.tag == "w:altChunk":
                self.notes.add(Note.EMBEDDED, number=1)
            elif element.tag == "mc:AlternateContent":
                yield from self._blocks(choice(element))
            elif element.tag in ("m:oMath", "m:oMathPara", "w:r"):
                yield from self._loose(element)
            else:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Paragraph | Table]:
        """Yield a paragraph, and after it what stands in its text boxes."""
        properties = child(element, "w:pPr")
        style = value(properties, "w:pStyle")
        paragraph = Paragraph(role=self.stylesheet.role(style))
        paragraph.joins_next = self._has_no_end(properties)
        if not paragraph.joins_next:
            paragraph.item = self._labels.item(properties, style)
        self.count(paragraph.item.label if paragraph.item else "", pieces=1)
        boxes = ParagraphReader(self, paragraph, style).read(element)
        yield paragraph
        yield from boxes

    def _loose(self, element: Element) -> Iterator[Paragraph | Table]:
        """Yield a paragraph for what stands between paragraphs without being one."""
        wrapper = Element("w:p")
        wrapper.append(element)
        yield from self._paragraph(wrapper)

    def _has_no_end(self, properties: Element | None) -> bool:
        """Tell whether the end of a paragraph is deleted or hidden, or it is a dropped initial."""
        mark = child(properties, "w:rPr")
        is_deleted = any(child(mark, name) is not None for name in GONE)
        frame = child(properties, "w:framePr")
        is_initial = frame is not None and frame.get("w:dropCap") in ("drop", "margin")
        return is_deleted or is_initial or is_on(child(mark, "w:vanish"))

    def _table(self, element: Element) -> Table:
        return Table([*self._rows(element)])

    def _rows(self, parent: Element) -> Iterator[Row]:
        for element in parent:
            properties = child(element, "w:trPr")
            if element.tag in ("w:tblPr", "w:tblGrid"):
                continue
            if element.tag != "w:tr":
                yield from self._rows(element)
            elif child(properties, "w:del") is not None:
                self.notes.add(Note.DELETED, text_of(element))
            elif is_on(child(properties, "w:hidden")):
                self.notes.add(Note.HIDDEN, text_of(element))
            else:
                cells = [*self._cells(element)]
                yield Row(cells, is_header=is_on(child(properties, "w:tblHeader")))

    def _cells(self, parent: Element) -> Iterator[Cell]:
        for element in parent:
            properties = child(element, "w:tcPr")
            if element.tag in ("w:trPr", "w:tblPrEx"):
                continue
            if element.tag != "w:tc":
                yield from self._cells(element)
            elif child(properties, "w:cellDel") is not None:
                self.notes.add(Note.DELETED, text_of(element))
            else:
                yield self._cell(element, properties)

    def _cell(self, element: Element, properties: Element | None) -> Cell:
        self.count("", pieces=1)
        merge = child(properties, "w:vMerge")
        span = whole_number(value(properties, "w:gridSpan"), default=1)
        return Cell(
            blocks=self.blocks(element),
            span=max(1, min(span, MOST_SPAN)),
            merge="" if merge is None else merge.get("w:val") or "continue",
        )


def _part(package: Package, kind: str) -> Element | None:
    """Return the tree of a part such as the styles; None where there is none."""
    name = next(iter(package.related(kind)), f"word/{kind}.xml")
    return package.xml(name)
