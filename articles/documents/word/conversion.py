"""A Word file → its accepted text as blocks of HTML, its pictures, and what was left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from .accepted_text import AcceptedText, Blocks
from .content import MOST_CHARACTERS, MOST_PIECES, Note, Notes, Paragraph, Piece
from .errors import DocumentRefusedError, Reason, refuse
from .list_runs import settle_lists
from .mammoth_file import write_file
from .package import LARGEST_PICTURE, Package, Parts
from .wordml import text_of

STYLE_MAP = """
p[style-name='headline'] => p.headline:fresh
p[style-name='deck'] => p.deck:fresh
p[style-name='kicker'] => p.kicker:fresh
p[style-name='heading'] => h2:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='quote'] => blockquote > p:fresh
"""
MOST_PICTURES = 100
# An alternative text that a program wrote by itself: a file's name, 图片 1, WPS's and Word's.
MEANINGLESS = re.compile(
    r"(?i)(?:.*[\\/].*|.*\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|webp)|"
    r"(?:图片|图像|picture|image|img|dsc|mmexport|微信图片)[ _\d-]*|[\dA-Fa-f_ -]+)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list or table as HTML, and what it is where a style says so."""

    html: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the name of its part in the file, and its alternative text."""

    part: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The blocks and pictures of a document in their order, and what a person should know."""

    content: tuple[Block | Picture, ...]
    notes: Notes = field(default_factory=Notes)


def read_word(file: BinaryIO, *, keep_struck: bool = False) -> ReadDocument:
    """Read a Word file. Raises DocumentRefusedError.

    Everything is limited before it is read: the size of the parts, the number of tags, the
    depth, the length of the text.
    """
    try:
        return _read(Package(file), keep_struck=keep_struck)
    except DocumentRefusedError:
        raise
    except (RecursionError, ParseError, KeyError, ValueError) as error:
        raise DocumentRefusedError(Reason.BROKEN) from error


def _read(package: Package, *, keep_struck: bool) -> ReadDocument:
    text = AcceptedText(package, keep_struck=keep_struck)
    blocks = text.read()
    settle_lists(blocks)
    _note_surroundings(package, text.notes)
    return ReadDocument(tuple(_convert(blocks, text.notes)), text.notes)


def read_pictures(file: BinaryIO, parts: Sequence[str]) -> Iterator[bytes]:
    """Yield the bytes of pictures of a Word file, one after another.

    Those of one that is too large are cut off behind the limit. Raises DocumentRefusedError.
    """
    found = Parts(file) if parts else None
    for part in parts:
        yield found.beginning(part, most=LARGEST_PICTURE + 1)


def _note_surroundings(package: Package, notes: Notes) -> None:
    """Note the comments, headers and footers, which do not belong to the text."""
    for kind, note in (("comments", Note.COMMENTS), ("header", Note.MARGINS)):
        for name in package.related(kind):
            notes.add(note, _words(package, name))
    for name in package.related("footer"):
        notes.add(Note.MARGINS, _words(package, name))


def _words(package: Package, name: str) -> str:
    root = package.xml(name)
    return text_of(root) if root is not None else ""


def _convert(blocks: Blocks, notes: Notes) -> Iterator[Block | Picture]:
    """Yield the blocks as HTML, converted by mammoth, and each picture where it stands first."""
    described = _checked_pictures([*_pieces(blocks)])
    for element in fromstring(f"<body>{_html(blocks, notes)}</body>"):
        for part in _take_pictures(element):
            if part in described:
                yield Picture(part, meaningful(described.pop(part)))
        if "".join(element.itertext()).strip():
            role = element.attrib.pop("class", "")
            element.tail = None
            yield Block(tostring(element, encoding="unicode", method="html"), role)


def _html(blocks: Blocks, notes: Notes) -> str:
    """Return what mammoth makes of the blocks; the source of each picture is its part."""
    # Imported when a document comes: it would take ten megabytes of every process.
    mammoth = import_module("mammoth")
    result = mammoth.convert_to_html(
        write_file(blocks),
        style_map=STYLE_MAP,
        convert_image=mammoth.images.img_element(lambda image: {"src": image.alt_text}),
    )
    lost = sum("w:sym" in message.message for message in result.messages)
    notes.add(Note.SYMBOLS, number=lost)
    return result.value


def _checked_pictures(pieces: Sequence[Piece]) -> dict[str, str]:
    """Return the pictures with their alternative texts; refuse what is too long for mammoth."""
    length = sum(len(piece.text) for piece in pieces if piece.kind == "text")
    refuse(Reason.TOO_LONG, when=length > MOST_CHARACTERS or len(pieces) > MOST_PIECES)
    pictures: dict[str, str] = {}
    for piece in pieces:
        if piece.kind == "picture":
            pictures.setdefault(piece.text, piece.detail)
    refuse(Reason.TOO_LONG, when=len(pictures) > MOST_PICTURES)
    return pictures


def meaningful(alt: str) -> str:
    """Return an alternative text in one line, unless a program wrote it by itself."""
    words = " ".join(alt.split())
    return "" if MEANINGLESS.fullmatch(words) else words


def _pieces(blocks: Blocks) -> Iterator[Piece]:
    """Yield the pieces of all blocks; one for each end of a paragraph and each cell, too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.pieces
            yield Piece("end")
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield Piece("end")
                    yield from _pieces(cell.blocks)


def _take_pictures(element: Element) -> list[str]:
    """Remove the pictures from a block; return their parts in order."""
    found = []
    for parent in [*element.iter()]:
        before = None
        for each in [*parent]:
            if each.tag == "img":
                found.append(each.get("src", ""))
                _add_text(parent, before, each.tail or "")
                parent.remove(each)
            else:
                before = each
    return found


def _add_text(parent: Element, before: Element | None, words: str) -> None:
    """Add words after a child of an element, or at its beginning."""
    if before is None:
        parent.text = (parent.text or "") + words
    else:
        before.tail = (before.tail or "") + words
