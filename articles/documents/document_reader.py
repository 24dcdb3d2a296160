"""Reads a document by what it is: a Word or WPS file, an HTML page, or plain text."""

from pathlib import PurePath
from typing import BinaryIO

from articles.content import omissions
from articles.content.article_html import html_from_paragraphs
from articles.content.sanitizer import sanitize_and_report
from articles.intake.parse.decoding import decode
from articles.models.source_document import PAGE_EXTENSIONS, TEXT_EXTENSIONS

from .word.content import MOST_CHARACTERS, Note, Notes
from .word.conversion import Block, ReadDocument, read_word
from .word.errors import DocumentRefusedError, Reason, refuse

LARGEST = 100 * 1024 * 1024
LARGEST_TEXT = 2 * 1024 * 1024
ZIP, OLE, RICH_TEXT, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"%PDF"
# The stream in which an encrypted document is kept, by its name in the old container.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the sanitizer leaves out of a page → how it is noted here.
OMITTED = {
    omissions.DELETED: Note.DELETED,
    omissions.COMMENT: Note.COMMENTS,
    omissions.HIDDEN: Note.HIDDEN,
    omissions.STRUCK: Note.STRUCK,
    omissions.PICTURE: Note.PICTURES,
}


def read_document(name: str, file: BinaryIO, *, keep_struck: bool = False) -> ReadDocument:
    """Return what a file holds, judged by its content. Raises DocumentRefusedError.

    `keep_struck` keeps words that are struck through, which are left out otherwise.
    """
    size = file.seek(0, 2)
    refuse(Reason.TOO_HEAVY, when=size > LARGEST)
    refuse(Reason.EMPTY, when=not size)
    file.seek(0)
    start = file.read(8)
    is_zip = start.startswith(ZIP)
    _refuse_other_kinds(start, file)
    document = read_word(file, keep_struck=keep_struck) if is_zip else _read_text(name, file, size)
    refuse(Reason.EMPTY, when=not document.content)
    return document


def _refuse_other_kinds(start: bytes, file: BinaryIO) -> None:
    if start.startswith(OLE):
        refuse(Reason.ENCRYPTED, when=_holds(file, ENCRYPTED))
        raise DocumentRefusedError(Reason.OLD_WORD)
    refuse(Reason.RICH_TEXT, when=start.startswith(RICH_TEXT))
    refuse(Reason.PDF, when=start.startswith(PDF))


def _holds(file: BinaryIO, words: bytes) -> bool:
    """Tell whether a file holds some bytes, reading it a piece at a time."""
    file.seek(0)
    before = b""
    while piece := file.read(1024 * 1024):
        if words in before + piece:
            return True
        before = piece[-len(words) :]
    return False


def _read_text(name: str, file: BinaryIO, size: int) -> ReadDocument:
    """Return an HTML page, or a paragraph for each line of a text."""
    suffix = PurePath(name).suffix.lower()
    refuse(Reason.OTHER_KIND, when=suffix not in TEXT_EXTENSIONS + PAGE_EXTENSIONS)
    refuse(Reason.TOO_LONG, when=size > LARGEST_TEXT)
    file.seek(0)
    decoded = decode(file.read())
    refuse(Reason.UNREADABLE, when=not decoded.is_readable or "binary" in decoded.problems)
    refuse(Reason.TOO_LONG, when=len(decoded.text) > MOST_CHARACTERS * 4)
    if suffix in PAGE_EXTENSIONS:
        return _read_html(decoded.text)
    lines = [line for line in decoded.text.splitlines() if line.strip()]
    return ReadDocument(tuple(Block(html_from_paragraphs([line])) for line in lines))


def _read_html(page: str) -> ReadDocument:
    """Return an HTML page as one block; what the sanitizer leaves out is noted."""
    found, notes = sanitize_and_report(page), Notes()
    refuse(Reason.TOO_LONG, when=len(found.html) > MOST_CHARACTERS * 4)
    for omission in found.omissions:
        number = 1 if omission.kind == omissions.PICTURE else None
        notes.add(OMITTED[omission.kind], omission.text, number=number)
    return ReadDocument((Block(page),) if found.html else (), notes)
