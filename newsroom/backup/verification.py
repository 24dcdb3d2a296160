"""Read a backup whole and tell what is not as it was written. No Django."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import fsdecode, fsencode
from pathlib import Path

from . import bag
from .folder import REMOVED

TABLE = "CREATE TABLE file (path BLOB PRIMARY KEY, digest, is_seen DEFAULT 0) WITHOUT ROWID"
DAMAGED, MISSING, ADDITIONAL, UNFINISHED = "damaged", "missing", "additional", "unfinished"
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Defect:
    """What is wrong with one file of a backup."""

    kind: str
    path: str


def defects(backup: Path, tick: Callable[[int], object] = lambda size: None) -> Iterator[Defect]:
    """Yield what is wrong with a backup; nothing where it is whole and as it was written.

    Every byte of every file is read. `tick` is told how many bytes more are done.
    """
    if backup.resolve().name.endswith((bag.PART, REMOVED)):
        yield Defect(UNFINISHED, backup.name)
    yield from tag_defects(backup)
    files = sqlite3.connect("", isolation_level=None)
    try:
        files.execute(TABLE)
        yield from _read_manifest(files, backup)
        yield from _payload_defects(files, backup, tick)
        rows = files.execute("SELECT path FROM file WHERE NOT is_seen ORDER BY path")
        yield from (Defect(MISSING, fsdecode(path)) for (path,) in rows)
    finally:
        files.close()


def tag_defects(backup: Path) -> Iterator[Defect]:
    """Yield what is wrong with the tag files, and with what else stands beside the payload."""
    expected = {*bag.TAG_FILES, bag.TAG_MANIFEST, bag.PAYLOAD}
    entries = [*backup.iterdir()] if backup.is_dir() else []
    found, linked = {each.name for each in entries}, {x.name for x in entries if x.is_symlink()}
    yield from (Defect(ADDITIONAL, name) for name in sorted(found - expected | linked))
    if missing := expected - found:
        yield from (Defect(MISSING, name) for name in sorted(missing))
        return
    try:
        lines = (backup / bag.TAG_MANIFEST).read_bytes()
        if lines != bag.tag_manifest(backup):
            yield from _damaged_tags(backup, lines)
        elif (backup / bag.BAGIT).read_bytes() != bag.DECLARATION:
            yield Defect(DAMAGED, bag.BAGIT)
    except OSError as error:
        yield Defect(UNREADABLE, f"{error.filename}: {error.strerror}")


def _damaged_tags(backup: Path, lines: bytes) -> Iterator[Defect]:
    """Yield the tag files that their manifest does not fit; the manifest itself where all do."""
    names = [name for name in bag.TAG_FILES if _line(backup, name) not in lines.splitlines(True)]
    whole = len(names) == len(bag.TAG_FILES) or not names
    yield from (Defect(DAMAGED, name) for name in ([bag.TAG_MANIFEST] if whole else names))


def _line(backup: Path, name: str) -> bytes:
    return bag.manifest_line(bag.digest_of(backup / name), name)


def _read_manifest(files: sqlite3.Connection, backup: Path) -> Iterator[Defect]:
    """Store what the manifest lists; yield a line that cannot be read, where reading ends."""
    files.execute("BEGIN")
    try:
        for digest, path in bag.manifest_entries(backup):
            files.execute("INSERT INTO file (path, digest) VALUES (?, ?)", (fsencode(path), digest))
    except (ValueError, sqlite3.IntegrityError) as error:
        yield Defect(DAMAGED, str(error) if isinstance(error, ValueError) else bag.MANIFEST)
    except OSError:
        pass  # It is told as missing.
    files.execute("COMMIT")


def _payload_defects(files, backup: Path, tick: Callable[[int], object]) -> Iterator[Defect]:
    """Yield the files that are damaged or additional; mark those that are there."""
    unreadable: list[OSError] = []
    for path in bag.walk(backup / bag.PAYLOAD, unreadable.append):
        path = f"{bag.PAYLOAD}/{path}"
        key = fsencode(path)
        row = files.execute("SELECT digest FROM file WHERE path = ?", (key,)).fetchone()
        if row is None or (backup / path).is_symlink():
            yield Defect(ADDITIONAL, path)
            continue
        files.execute("UPDATE file SET is_seen = 1 WHERE path = ?", (key,))
        try:
            if bag.digest_of(backup / path) != row[0]:
                yield Defect(DAMAGED, path)
            tick((backup / path).stat().st_size)
        except OSError as error:
            yield Defect(UNREADABLE, f"{path}: {error.strerror}")
    for error in unreadable:
        if not isinstance(error, FileNotFoundError):  # It is told as missing.
            yield Defect(UNREADABLE, f"{error.filename}: {error.strerror}")
