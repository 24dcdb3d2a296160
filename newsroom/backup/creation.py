"""Write a backup: the database first, then every file that it names, then the manifests.

It is written under a name that ends in .part, and gets its own when it is whole and on the disk.
What an interrupted backup has left is gone on with.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from . import bag, folder, media
from .bag_info import info_of
from .media import FolderMedia, StoreMedia
from .snapshots import database_file, snapshot
from .store.place import StoredBackup
from .worklist import Worklist

# How often the database is copied again because a file that it names was deleted meanwhile.
MOST_ROUNDS = 6
Tick = Callable[[int, int], object]
Media = FolderMedia | StoreMedia


@dataclass
class BackupResult:
    """What a backup holds; `lost` are files that rows name and that were gone before it began."""

    path: Path | StoredBackup
    file_count: int = 0
    copied: int = 0
    size: int = 0
    digest: str = ""
    lost: list[str] = field(default_factory=list)


class _VanishedError(Exception):
    """A file that belongs to the instant of the copy was deleted since."""


def create(
    where: Path, *, tick: Tick = lambda done, total: None, is_whole: bool = False
) -> BackupResult:
    """Write a backup into a folder.

    `is_whole` copies every file, and links none to the backup before. Raises BackupError,
    BlockingIOError where another backup is being written, OSError and the database's errors.
    """
    files_are = media.current()
    if isinstance(files_are, FolderMedia) and is_inside(where, files_are.root):
        raise bag.BackupError(_("The backup cannot be in the folder of the files themselves."))
    if files_are.mark():
        raise bag.BackupError(_("This installation is only half restored."))
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    with folder.locked(where), Worklist() as files:
        folder.clear_removed(where)
        writing = Writing(where, files_are, files, tick)
        if not is_whole:
            writing.read_earlier()
        return writing.write()


class Writing:
    """One backup while it is written."""

    def __init__(self, where: Path, media: Media, files: Worklist, tick: Tick):
        self.where, self.media, self.files, self.tick = where, media, files, tick
        self.name = timezone.now().astimezone(UTC).strftime(folder.FORMAT)
        self.part = self.where / f"{self.name}{bag.PART}"
        self.earlier: Path | None = None
        self.result = BackupResult(self.where / self.name)

    def read_earlier(self) -> None:
        """Read what the backup before has; one that is damaged serves nothing."""
        for newest in folder.backups(self.where)[-1:]:
            try:
                if (newest / bag.TAG_MANIFEST).read_bytes() == bag.tag_manifest(newest):
                    self.files.add_earlier(bag.manifest_entries(newest))
                    self.earlier = newest
            except (OSError, ValueError):
                return

    def write(self) -> BackupResult:
        """Write it round by round, until no file was deleted between database and copy."""
        if self.result.path.exists():
            raise bag.BackupError(_("There is a backup of this second already."))
        self.take_over_unfinished()
        for number in range(MOST_ROUNDS):
            try:
                info = self.copy_round(is_last=number == MOST_ROUNDS - 1)
                break
            except _VanishedError:
                continue
        self.remove_superfluous()
        self.sync_payload()
        self.finish(info)
        return self.result

    def take_over_unfinished(self) -> None:
        """Go on with the payload of the newest that was interrupted, and remove older ones."""
        left = folder.unfinished(self.where)
        for stale in left[:-1]:
            folder.remove(stale)
        if left:
            left[-1].rename(self.part)
            unlink_links(self.part)
        for each in (self.part, self.part / bag.PAYLOAD):
            each.mkdir(exist_ok=True, mode=0o700)
            each.chmod(0o700)
        for each in self.part.iterdir():
            if each.name != bag.PAYLOAD:
                each.unlink()

    def copy_round(self, *, is_last: bool) -> list[tuple[str, str]]:
        """Copy the database and the files of its instant; return the info of the bag.

        Raises _VanishedError where a file was deleted meanwhile.
        """
        self.result.lost, vanished = [], set()
        info = self.copy_database()
        total, named = self.files.count(), self.files.count_named()
        for done, (path, is_named) in enumerate(self.files.files(), 1):
            try:
                self.copy(path)
            except (FileNotFoundError, NotADirectoryError):
                was_missing = self.files.miss(path)
                if is_named and was_missing:
                    self.result.lost.append(path)
                elif not was_missing:
                    vanished.add(is_named)
            self.tick(done, total)
        if vanished and not is_last:
            raise _VanishedError
        if self.result.lost and len(self.result.lost) == named:
            raise bag.BackupError(
                _("None of the files that the database names is in MEDIA_ROOT: is its disk there?")
            )
        if True in vanished:
            raise bag.BackupError(_("Files are deleted faster than they can be copied."))
        return info

    def copy_database(self) -> list[tuple[str, str]]:
        """Copy the database and list the files of its instant; return the info of the bag.

        Files are listed before and after: what goes meanwhile is then missed.
        """
        self.files.begin_anew()
        self.files.add(self.media.files())
        with snapshot(self.part / bag.PAYLOAD) as taken:
            self.files.add_named(taken.names())
            info = info_of(taken)
        self.files.add(self.media.files())
        return info

    def copy(self, path: str) -> None:
        """Have a file in the backup: linked to the one before where it is the same, or copied.

        A name that leads out of MEDIA_ROOT counts as lost. Raises OSError.
        """
        if not bag.is_inner(path):
            raise FileNotFoundError(path)
        now, target = self.media.state(path), self.part / bag.MEDIA / path
        digest = target.exists() and self.files.copied_digest(path, *now)
        digest = digest or self.linked(path, target) or self.already_there(path, target, now[0])
        if not digest:
            with self.media.opened(path) as file:
                digest = bag.write_with_digest(file, target)
            self.result.copied += 1
        self.files.set_copied(path, digest, *now)

    def linked(self, path: str, target: Path) -> str:
        """Link a file to that of the backup before; return its digest, or nothing.

        The other one is read too: a damaged one is not taken over.
        """
        digest = self.earlier and self.files.earlier_digest(f"{bag.MEDIA}/{path}")
        if not digest or self.media.digest(path) != digest:
            return ""
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.unlink(missing_ok=True)
        earlier = self.earlier / bag.MEDIA / path
        try:
            if not earlier.is_symlink() and bag.digest_of(earlier) == digest:
                os.link(earlier, target)
                return digest
        except OSError:  # It is gone, or the file system links no more of them: it is copied.
            pass
        return ""

    def already_there(self, path: str, target: Path, size: int) -> str:
        """Return the digest of a file that an interrupted backup has copied, or nothing."""
        if not target.is_file() or target.stat().st_size != size:
            return ""
        digest = self.media.digest(path)
        return digest if bag.digest_of(target) == digest else ""

    def remove_superfluous(self) -> None:
        """Remove files that an interrupted or repeated round has left."""
        kept = self.part / bag.MEDIA
        for path in list_of_strays(kept, self.files):
            (kept / path).unlink()

    def sync_payload(self) -> None:
        """Wait until all is on the disk: first what hurries, then file by file, with its errors."""
        os.sync()
        for where, _folders, names in os.walk(self.part / bag.PAYLOAD):
            for name in names:
                bag.sync(Path(where, name))
            bag.sync(Path(where))

    def finish(self, info: list[tuple[str, str]]) -> None:
        """Write the manifests, and give the backup its name."""
        self.write_tags(info, database_file(self.part / bag.PAYLOAD))
        self.part.rename(self.result.path)
        bag.sync(self.where)

    def write_tags(self, info: list[tuple[str, str]], database: Path) -> None:
        """Write the tag files."""
        count, size = self.files.totals()
        size += database.stat().st_size
        self.result.file_count, self.result.size = count, size
        info += [("Payload-Oxum", f"{size}.{count + 1}")]
        info += [("Lost-File", repr(path)) for path in self.result.lost]
        bag.write_tags(self.part, info, self.manifest(database))
        self.result.digest = bag.digest_of(self.part / bag.TAG_MANIFEST)

    def manifest(self, database: Path) -> Iterator[bytes]:
        """Yield the lines of the manifest."""
        path = f"{bag.PAYLOAD}/{database.name}"
        yield bag.manifest_line(bag.digest_of(database), path)
        for digest, name in self.files.entries():
            yield bag.manifest_line(digest, f"{bag.MEDIA}/{name}")


def is_inside(where: Path, folder_of_files: Path) -> bool:
    """Tell whether a folder is below another one, or that one."""
    return where.resolve().is_relative_to(folder_of_files.resolve())


def unlink_links(part: Path) -> None:
    """Remove every symbolic link from what an interrupted backup has left: none is ours."""
    if (part / bag.PAYLOAD).is_symlink():
        (part / bag.PAYLOAD).unlink()
    for path in bag.walk(part):
        if (part / path).is_symlink():
            (part / path).unlink()


def list_of_strays(kept: Path, files: Worklist) -> list[str]:
    """Return the files of a folder that are not on the list."""
    return [path for path in bag.walk(kept) if not files.has(path)]
