"""A folder as a BagIt bag (RFC 8493): its manifests, and how its files are written. No Django."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
# What the manifest of tag files lists, in its order.
TAG_FILES = (INFO, BAGIT, MANIFEST)
PAYLOAD, MEDIA = "data", "data/media"
PART = ".part"
LOST_AND_FOUND = "lost+found"
LINE = re.compile(r"([0-9a-f]{64})  (data/.+)")
CHUNK = 1 << 20


class BackupError(Exception):
    """A backup cannot be written, read or restored; the text says why, for an operator."""


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, read in parts. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Opened(NamedTuple):
    """A file that is open to be read, and when it was changed, in ns."""

    file: BinaryIO
    changed_at: int


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a file. Raises OSError."""
    with path.open("rb") as file:
        yield Opened(file, os.fstat(file.fileno()).st_mtime_ns)


def copy_with_digest(source: Path, target: Path) -> str:
    """Copy a file as `write_with_digest` does; return its SHA-256. Raises OSError."""
    with opened(source) as file:
        return write_with_digest(file, target)


def write_with_digest(source: Opened, target: Path) -> str:
    """Write a file with its time of change, readable by its owner only; return its SHA-256.

    It stands under its name when it is whole. Raises OSError.
    """
    partial = target.with_name(f"{target.name}.copying")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as copy:
        digest = copied(source.file, copy)
    os.utime(partial, ns=(source.changed_at, source.changed_at))
    partial.replace(target)
    return digest


def copied(source: BinaryIO, target: BinaryIO) -> str:
    """Copy a file in parts; return its SHA-256. Raises OSError."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def manifest_line(digest: str, path: str) -> bytes:
    """Return the line of a manifest for a path, in which % and ends of lines are written as %XX."""
    written = path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"{digest}  {written}\n".encode(errors="surrogateescape")


def manifest_entries(bag: Path) -> Iterator[tuple[str, str]]:
    """Yield digest and path of each file of the payload. Raises ValueError for a damaged line."""
    with (bag / MANIFEST).open("rb") as file:
        for number, line in enumerate(file, 1):
            text = line.decode(errors="surrogateescape")
            match = LINE.fullmatch(text.removesuffix("\n"))
            path = match and unescaped(match[2])
            if not match or line != manifest_line(match[1], path) or not is_inner(path):
                raise ValueError(f"{MANIFEST}:{number}")
            yield match[1], path


def is_inner(path: str) -> bool:
    """Tell whether a path stays below the folder that it is joined to, written in one way only."""
    return not {"", ".", ".."} & {*path.split("/")}


def unescaped(path: str) -> str:
    """Return a path of a manifest as it is on the disk."""
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def tag_manifest(bag: Path) -> bytes:
    """Return what the manifest of a bag's tag files must be, to the byte. Raises OSError."""
    return b"".join(manifest_line(digest_of(bag / name), name) for name in TAG_FILES)


def write_tags(bag: Path, info: Iterable[tuple[str, str]], lines: Iterable[bytes]) -> None:
    """Write the tag files of a bag whose payload is whole, the manifest of them last, and sync."""
    (bag / BAGIT).write_bytes(DECLARATION)
    text = "".join(f"{name}: {value}\n" for name, value in info)
    (bag / INFO).write_bytes(text.encode(errors="backslashreplace"))
    with (bag / MANIFEST).open("wb") as file:
        file.writelines(lines)
    (bag / TAG_MANIFEST).write_bytes(tag_manifest(bag))
    for name in (*TAG_FILES, TAG_MANIFEST):
        sync(bag / name)
    sync(bag)


def lost_files(bag: Path) -> list[str]:
    """Return the files that the database of a bag names and that it lacks. Raises OSError."""
    return read_info(bag).get("Lost-File", [])


def read_info(bag: Path) -> dict[str, list[str]]:
    """Return the values of each name in the info of a bag. Raises OSError."""
    found: dict[str, list[str]] = {}
    for line in (bag / INFO).read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.partition(": ")
        found.setdefault(name, []).append(value)
    return found


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def stored_files(media: Path) -> Iterator[str]:
    """Yield the paths of the files in MEDIA_ROOT, through links to folders.

    Where it is a disk of its own, the lost+found of its file system is not looked into. Raises
    OSError as `walk` does.
    """
    for where, folders, files in os.walk(media, followlinks=True, onerror=_unless_gone):
        inner = os.path.relpath(where, media)
        if inner == "." and LOST_AND_FOUND in folders:
            folders.remove(LOST_AND_FOUND)
        yield from (name if inner == "." else f"{inner}/{name}" for name in files)


def walk(folder: Path, on_error: Callable[[OSError], object] = _unless_gone) -> Iterator[str]:
    """Yield the paths below a folder of all that is no folder, in the order of the disk.

    No link is followed: a link to a folder is yielded itself. A folder that is gone is passed
    over; raises OSError for one that cannot be read, unless `on_error` takes it.
    """
    for where, folders, files in os.walk(folder, onerror=on_error):
        inner = os.path.relpath(where, folder)
        linked = [name for name in folders if os.path.islink(os.path.join(where, name))]
        yield from (name if inner == "." else f"{inner}/{name}" for name in files + linked)
