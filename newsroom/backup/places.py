"""Where backups are: a folder, or a place in object storage. One face for the commands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

from . import bag, creation, folder, verification
from .store import creation as store_creation
from .store import reading
from .store.place import SCHEME, Place, StoredBackup

Backup = Path | StoredBackup


def at(address: str) -> "Folder | Store":
    """Return the place with an address. Raises BackupError."""
    return Store(Place(address)) if address.startswith(SCHEME) else Folder(Path(address))


class Folder:
    """A folder of backups, or a backup."""

    def __init__(self, path: Path):
        self.path = path

    def __str__(self):
        return str(self.path)

    def create(self, tick: creation.Tick, *, is_whole: bool) -> creation.BackupResult:
        """Write a backup. Raises as `creation.create` does."""
        return creation.create(self.path, tick=tick, is_whole=is_whole)

    def backups(self) -> list[Backup]:
        """Return the finished backups, the oldest first."""
        return folder.backups(self.path)

    def chosen(self) -> Backup:
        """Return the newest backup, or this one. Raises BackupError where there is none."""
        return folder.chosen(self.path)

    def remove_old(self, written: Backup, rules: dict[str, int], zone: tzinfo) -> int:
        """Remove the backups that no rule keeps; return how many. Raises OSError."""
        with folder.locked(self.path):
            old = folder.superfluous(folder.backups(self.path), rules, zone)
            old = [each for each in old if each != written]
            for each in old:
                folder.remove(each)
        return len(old)


class Store:
    """A place in object storage, or a backup there."""

    def __init__(self, place: Place):
        self.place = place

    def __str__(self):
        return str(self.place)

    def create(self, tick: creation.Tick, *, is_whole: bool) -> creation.BackupResult:
        """Write a backup. Raises as `store.creation.create` does."""
        return store_creation.create(self.place, tick=tick, is_whole=is_whole)

    def backups(self) -> list[Backup]:
        """Return the finished backups, the oldest first."""
        return self.place.backups()

    def chosen(self) -> Backup:
        """Return the newest backup, or this one. Raises BackupError where there is none."""
        return self.place.chosen()

    def remove_old(self, written: Backup, rules: dict[str, int], zone: tzinfo) -> int:
        """Remove the backups that no rule keeps; return how many. Raises OSError."""

        def old(found: list[StoredBackup]) -> list[StoredBackup]:
            chosen = folder.superfluous(found, rules, zone, has_losses=StoredBackup.has_losses)
            return [each for each in chosen if each != written]

        return store_creation.remove_old(self.place, old)


class Readable:
    """A backup that can be read: the folder with its tag files and database, and its files."""

    def __init__(self, backup: Backup, shell: Path):
        self.backup, self.shell = backup, shell
        # How a file is opened by digest and path, where the folder has not got it.
        self.opened = backup.place.opened if isinstance(backup, StoredBackup) else None

    @property
    def name(self) -> str:
        """Its name."""
        return self.backup.name

    def __str__(self):
        return str(self.backup)

    def defects(self, tick: Callable[[int], object] = lambda size: None):
        """Yield what is wrong with it; every byte is read."""
        if isinstance(self.backup, StoredBackup):
            return reading.defects(self.backup, self.shell, tick)
        return verification.defects(self.shell, tick)

    def lost_files(self) -> list[str]:
        """Return the files that its database names and that it lacks. Raises OSError."""
        return bag.lost_files(self.shell)


@contextmanager
def readable(backup: Backup) -> Iterator[Readable]:
    """Give a backup that can be read. Raises OSError."""
    if isinstance(backup, StoredBackup):
        with reading.fetched(backup) as shell:
            yield Readable(backup, shell)
    else:
        yield Readable(backup, backup)
