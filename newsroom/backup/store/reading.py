"""Fetch and verify a backup in object storage."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import bag
from ..verification import ADDITIONAL, DAMAGED, MISSING, UNREADABLE, Defect, tag_defects
from .place import StoredBackup, object_name

TAGS = (*bag.TAG_FILES, bag.TAG_MANIFEST)


@contextmanager
def fetched(backup: StoredBackup) -> Iterator[Path]:
    """Give a folder with the tag files and the database of a backup, and without its files.

    Raises OSError.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-backup-") as scratch:
        shell = Path(scratch) / backup.name
        (shell / bag.PAYLOAD).mkdir(parents=True)
        for name in names_in(backup):
            if is_expected(name):
                whole, stored = (shell / name).open("wb"), backup.place.storage
                with whole as file, stored.stream(backup.key(name)) as body:
                    bag.copied(body, file)
        yield shell


def names_in(backup: StoredBackup) -> list[str]:
    """Return the paths of what stands in the folder of a backup."""
    files = backup.place.storage.stored_files(backup.name)
    return sorted(file.name.removeprefix(f"{backup.name}/") for file in files)


def is_expected(name: str) -> bool:
    """Tell whether a path is that of a tag file or of a database."""
    return name in TAGS or (name.startswith(f"{bag.PAYLOAD}/database.") and bag.is_inner(name))


def defects(
    backup: StoredBackup, shell: Path, tick: Callable[[int], object] = lambda size: None
) -> Iterator[Defect]:
    """Yield what is wrong with a backup that was fetched into a shell; every byte is read."""
    yield from tag_defects(shell)
    unlisted = {name for name in names_in(backup) if name not in TAGS}
    try:
        for digest, path in bag.manifest_entries(shell):
            is_database = path in unlisted
            unlisted.discard(path)
            yield from _defects_of(backup, shell / path if is_database else None, digest, path)
            tick(1)
    except ValueError as error:
        yield Defect(DAMAGED, str(error))
    except FileNotFoundError:
        pass  # `tag_defects` tells it as missing.
    yield from (Defect(ADDITIONAL, name) for name in sorted(unlisted))


def _defects_of(backup: StoredBackup, local: Path | None, digest: str, path: str):
    """Yield that one file is missing or not what it was."""
    try:
        found = bag.digest_of(local) if local else backup.place.digest(object_name(digest))
        if found != digest:
            yield Defect(DAMAGED, path)
    except FileNotFoundError:
        yield Defect(MISSING, path)
    except OSError as error:
        yield Defect(UNREADABLE, f"{path}: {error.strerror}")
