"""The zip file of a Word document: checked before anything is unpacked, read part by part."""

import posixpath
import struct
import zlib
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .errors import DocumentRefusedError, Reason, refuse
from .wordml import Element, parse_xml

MOST_ENTRIES = 3_000
MOST_UNPACKED = 400 * 1024 * 1024
# An empty picture packs to a thousandth, but is not that large.
MOST_RATIO = 300
HARMLESS = 32 * 1024 * 1024
LONGEST_TYPES = 1024 * 1024
LARGEST_XML = 12 * 1024 * 1024
# What the parts that are read may hold together; a long story has a tenth of it.
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 600_000
LARGEST_PICTURE = 30 * 1024 * 1024
DIRECTORY_END = b"PK\x05\x06"
DIRECTORY_END_64 = b"PK\x06\x07"
LONGEST_DIRECTORY = 1024 * 1024
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"


class Parts:
    """The parts of a file. Raises DocumentRefusedError where they are not safe to read."""

    def __init__(self, file: BinaryIO):
        check_directory(file)
        try:
            self._zip = ZipFile(file)
        except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
            raise DocumentRefusedError(Reason.BROKEN) from error
        self._parts = {part.filename: part for part in self._zip.infolist()}
        check_entries(self._parts.values())

    def read(self, name: str, *, most: int) -> bytes:
        """Return the bytes of a part; raise DocumentRefusedError where it has more than `most`."""
        data = self.beginning(name, most=most + 1)
        refuse(Reason.TOO_LONG, when=len(data) > most)
        return data

    def beginning(self, name: str, *, most: int) -> bytes:
        """Return the first bytes of a part. Raises DocumentRefusedError where it is damaged."""
        try:
            with self._zip.open(self._parts[name]) as part:
                return part.read(most)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise DocumentRefusedError(Reason.BROKEN) from error

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self._parts


class Package(Parts):
    """The parts of a Word document, with their relations. Raises DocumentRefusedError."""

    def __init__(self, file: BinaryIO):
        super().__init__(file)
        self._tags = self._attributes = 0
        self.document = self._document()
        self._check_kind()
        self.relations = self.relations_of(self.document)

    def xml(self, name: str) -> Element | None:
        """Return a part's tree with short names; None where there is no such part.

        Raises DocumentRefusedError where it, or all that were read, would need much memory.
        """
        if name not in self._parts:
            return None
        data = self.read(name, most=LARGEST_XML)
        # Counted as in ASCII; in UTF-16 every other byte is zero, and the counts are the same.
        self._tags += data.count(b"<")
        self._attributes += data.count(b"=")
        refuse(Reason.TOO_LONG, when=self._tags > MOST_TAGS)
        refuse(Reason.TOO_LONG, when=self._attributes > MOST_ATTRIBUTES)
        return parse_xml(data)

    def related(self, kind: str) -> list[str]:
        """Return the document's parts of a kind, such as `styles` or `header`; each once."""
        found = [target for type_, target in self.relations.values() if type_ == kind]
        return [name for name in dict.fromkeys(found) if name in self._parts]

    def relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the target of each relation of a part, by its id.

        The target of a part inside the file is its name; of a link its address.
        """
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            each.get("Id", ""): (_kind(each), _target(each, folder))
            for each in (root if root is not None else ())
        }

    def _document(self) -> str:
        """Return the name of the main part."""
        for kind, target in self.relations_of("").values():
            if kind == "officeDocument" and target in self._parts:
                return target
        refuse(Reason.OTHER_KIND, when=DOCUMENT not in self._parts)
        return DOCUMENT

    def _check_kind(self) -> None:
        """Raise DocumentRefusedError for macros, and for tables and slides."""
        types = self.read(TYPES, most=LONGEST_TYPES) if self.has(TYPES) else b""
        macros = any(name.lower().endswith("vbaproject.bin") for name in self._parts)
        refuse(Reason.MACROS, when=macros or b"macroEnabled" in types)
        root = self.xml(self.document)
        refuse(Reason.OTHER_KIND, when=root is None or root.tag != "w:document")
        self.root = root


def check_directory(file: BinaryIO) -> None:
    """Refuse a zip file whose table of contents is damaged, or too long to be read safely."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(DIRECTORY_END)
    refuse(Reason.BROKEN, when=at < 0 or at + 22 > len(tail))
    entries, length, _start, comment = struct.unpack("<HIIH", tail[at + 10 : at + 22])
    refuse(Reason.BROKEN, when=at + 22 + comment != len(tail))
    refuse(Reason.BOMB, when=tail[max(0, at - 20) : at].startswith(DIRECTORY_END_64))
    refuse(Reason.BOMB, when=entries > MOST_ENTRIES or length > LONGEST_DIRECTORY)


def check_entries(parts) -> None:
    """Refuse what unpacks to too much, is encrypted, or names a place outside the file."""
    refuse(Reason.BOMB, when=len(parts) > MOST_ENTRIES)
    refuse(Reason.BOMB, when=sum(part.file_size for part in parts) > MOST_UNPACKED)
    for part in parts:
        packed = max(part.compress_size, 1)
        refuse(Reason.BOMB, when=HARMLESS < part.file_size > MOST_RATIO * packed)
        refuse(Reason.ENCRYPTED, when=bool(part.flag_bits & 1))
        refuse(Reason.BROKEN, when=part.compress_type not in (ZIP_STORED, ZIP_DEFLATED))
        refuse(Reason.BROKEN, when=_is_outside(part))


def _is_outside(part: ZipInfo) -> bool:
    name = part.filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name


def _kind(relation: Element) -> str:
    return relation.get("Type", "").rpartition("/")[2]


def _target(relation: Element, folder: str) -> str:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
