"""A ZIP or a folder with the pages of a day → its files, checked before they are unpacked."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from articles.models.page import LABEL

from .page_pdf.process import LARGEST
from .raw_pages import UnreadableTextError

STARTS = b"PK\x03\x04", b"PK\x05\x06"
MOST_FILES, MOST_ENTRIES = 80, 400
MOST_UNPACKED = 600 * 1024 * 1024
MOST_RATIO, HARMLESS = 300, 8 * 1024 * 1024  # a PDF is packed already
ENCRYPTED, UNICODE = 0x1, 0x800  # flags of an entry
WORD = "[Content_Types].xml"
PAGES = (".pdf", ".txt")
# The label at the end of a file's name: A1.txt, 20240727_A01.txt, 第3版.txt.
LABEL_IN_NAME = re.compile(rf"(?:^|[^A-Z0-9])(?P<label>{LABEL})版?$", re.I)
DAMAGE = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class DayFile:
    """A file of a day; `error` says why it cannot be taken, its bytes are empty then."""

    name: str
    source: bytes = b""
    error: str = ""


def label_in_name(name: str) -> str:
    """Return the label at the end of a file's name; empty where there is none."""
    found = LABEL_IN_NAME.search(PurePosixPath(name).stem.upper())
    return found["label"] if found else ""


def is_zip(name: str, source: bytes) -> bool:
    """Tell whether a file is a ZIP; one that is named .pdf is a wrong PDF."""
    return source.startswith(STARTS) and not name.lower().endswith(".pdf")


def unpack(source: bytes) -> Iterator[DayFile]:
    """Yield the files of a ZIP by their names. Raises UnreadableTextError where it is not safe."""
    try:
        packed = ZipFile(BytesIO(source))
    except (*DAMAGE, ValueError) as error:
        raise UnreadableTextError(_("The ZIP is damaged. Pack it again.")) from error
    entries = [each for each in packed.infolist() if not _is_hidden(each)]
    _refuse_unsafe(entries, len(packed.infolist()))
    for entry in sorted(entries, key=_name):
        yield _unpacked(packed, entry)


def files_of_folder(folder: Path) -> Iterator[DayFile]:
    """Yield the files of a folder by their names; folders in it are left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        if error := _kind_error(path.name):
            yield DayFile(path.name, error=error)
        else:
            yield DayFile(path.name, path.read_bytes())


def _refuse_unsafe(entries: list[ZipInfo], count: int) -> None:
    """Raise UnreadableTextError for a bomb, a password, a path out of it, or a Word file."""
    if any(entry.filename == WORD for entry in entries):
        raise UnreadableTextError(_("It is a document of Word, not the pages of a day."))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnreadableTextError(_("The ZIP is locked with a password. Pack it without one."))
    if any(_leads_out(entry) for entry in entries):
        raise UnreadableTextError(_("The ZIP has names that lead out of it. Pack it again."))
    if not entries:
        raise UnreadableTextError(_("There are no files in the ZIP."))
    if len(entries) > MOST_FILES or count > MOST_ENTRIES:
        text = _("The ZIP has more than %(most)d files; no day has.")
        raise UnreadableTextError(text % {"most": MOST_FILES})
    is_bomb = any(_is_bomb(entry) for entry in entries)
    if is_bomb or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnreadableTextError(_("The ZIP unpacks to far more than the pages of a day have."))


def _is_bomb(entry: ZipInfo) -> bool:
    return HARMLESS < entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _leads_out(entry: ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name


def _is_hidden(entry: ZipInfo) -> bool:
    """Tell whether an entry is a folder, or what a computer puts there by itself."""
    parts = PurePosixPath(entry.filename).parts
    is_system = any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in parts)
    return entry.is_dir() or is_system or parts[-1:] in (("Thumbs.db",), ("desktop.ini",))


def _name(entry: ZipInfo) -> str:
    """Return the name of an entry without its folder; older programs write it in GB18030."""
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    if entry.flag_bits & UNICODE:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _unpacked(packed: ZipFile, entry: ZipInfo) -> DayFile:
    name = _name(entry)
    if error := _kind_error(name):
        return DayFile(name, error=error)
    try:
        with packed.open(entry) as file:
            source = file.read(LARGEST + 1)
    except DAMAGE:
        return DayFile(name, error=_("It is damaged in the ZIP. Pack it again."))
    return DayFile(name, source)


def _kind_error(name: str) -> str:
    if name.lower().endswith(".zip"):
        return _("It is a ZIP in the ZIP. Unpack it first.")
    if not name.lower().endswith(PAGES):
        return _("It is neither a PDF nor a text.")
    return ""
