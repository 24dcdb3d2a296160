"""Write a backup into object storage: first the files that are not there yet, the manifest last.

What was interrupted has left objects, which the next backup need not write again.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from .. import bag
from ..creation import BackupResult, Tick, Writing
from ..media import IN_MEMORY, current
from ..snapshots import database_file
from ..worklist import Worklist
from .place import GRACE, OBJECTS, Lock, Place, StoredBackup, object_name


def create(
    place: Place, *, tick: Tick = lambda done, total: None, is_whole: bool = False
) -> BackupResult:
    """Write a backup into a place.

    `is_whole` writes every object again. Raises BackupError, BlockingIOError where another backup
    is being written, OSError and the database's errors.
    """
    files = current()
    if files.mark():
        raise bag.BackupError(_("This installation is only half restored."))
    with place.locked() as lock, Worklist() as work, tempfile.TemporaryDirectory() as scratch:
        writing = StoreWriting(place, lock, Path(scratch), files, work, tick)
        if not is_whole:
            work.add_earlier((digest, object_name(digest)) for digest in place.objects())
        return writing.write()


class StoreWriting(Writing):
    """One backup while it is written: its database and tag files in a scratch folder first."""

    def __init__(self, place: Place, lock: Lock, scratch: Path, files, work, tick):
        super().__init__(scratch, files, work, tick)
        self.place, self.lock = place, lock
        self.backup = StoredBackup(self.name, place)
        self.result = BackupResult(self.backup)

    def take_over_unfinished(self) -> None:
        """Remove what interrupted backups have left; their objects stay and are used."""
        for name in self.place.names():
            unfinished = StoredBackup(name, self.place)
            if not unfinished.exists():
                unfinished.remove()
        (self.part / bag.PAYLOAD).mkdir(parents=True)

    def copy(self, path: str) -> None:
        """Have a file among the objects. Raises OSError."""
        if not bag.is_inner(path):
            raise FileNotFoundError(path)
        now = self.media.state(path)
        digest = self.files.copied_digest(path, *now)
        if not digest:
            with self.media.opened(path) as file, tempfile.SpooledTemporaryFile(IN_MEMORY) as whole:
                digest = bag.copied(file.file, whole)
                name = object_name(digest)
                if self.files.earlier_digest(name) != digest:
                    whole.seek(0)
                    self.place.put(name, whole)
                    self.files.add_earlier([(digest, name)])
                    self.result.copied += 1
        self.files.set_copied(path, digest, *now)

    def remove_superfluous(self) -> None:
        """Leave everything: objects that no backup names are removed when old ones are."""

    def sync_payload(self) -> None:
        """Leave that to the storage: it has acknowledged what it keeps."""

    def finish(self, info: list[tuple[str, str]]) -> None:
        """Store database and tag files, and, where every object is there, the last manifest."""
        database = database_file(self.part / bag.PAYLOAD)
        self.write_tags(info, database)
        self.place.put_large(self.backup.key(f"{bag.PAYLOAD}/{database.name}"), database)
        for name in bag.TAG_FILES:
            self.place.put_large(self.backup.key(name), self.part / name)
        self.refuse_missing()
        self.lock.renew()
        with (self.part / bag.TAG_MANIFEST).open("rb") as file:
            self.place.put(self.backup.key(bag.TAG_MANIFEST), file)

    def refuse_missing(self) -> None:
        """Raise BackupError where an object that the manifest names has gone meanwhile."""
        with Worklist() as there:
            there.add(self.place.objects())
            for digest, path in self.files.entries():
                if not there.has(digest):
                    raise bag.BackupError(_("%(path)s is damaged.") % {"path": path})


def remove_old(place: Place, old: Callable[[list[StoredBackup]], list[StoredBackup]]) -> int:
    """Remove the backups that a function chooses among all, and the objects of none.

    Return how many backups. Raises BlockingIOError, OSError.
    """
    with place.locked():
        gone = old(place.backups())
        for each in gone:
            each.remove()
        if gone:
            sweep(place)
    return len(gone)


def sweep(place: Place) -> None:
    """Remove old objects that no backup names, finished or not."""
    before = time.time() - GRACE
    with Worklist() as named, tempfile.TemporaryDirectory() as scratch:
        for backup in place.backups():
            path = Path(scratch) / bag.MANIFEST
            with place.storage.stream(backup.key(bag.MANIFEST)) as body, path.open("wb") as file:
                bag.copied(body, file)
            named.add(digest for digest, _path in bag.manifest_entries(Path(scratch)))
        for file in place.storage.stored_files(OBJECTS):
            if file.changed_at < before and not named.has(file.name.rpartition("/")[2]):
                place.storage.delete(file.name)
