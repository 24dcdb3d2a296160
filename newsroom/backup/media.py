"""Where the files of the site are, as backups read them and a restore writes them."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from newsroom.object_settings import STORE
from newsroom.storage import PARTIAL

from . import bag, restoring_mark

# What is in memory of a file that is restored; the rest is on disk.
IN_MEMORY = 1 << 22
Source = AbstractContextManager[bag.Opened]


def current() -> "FolderMedia | StoreMedia":
    """Return where the settings say that the files are."""
    if settings.STORAGES["default"]["BACKEND"] == STORE:
        return StoreMedia(default_storage)
    return FolderMedia(Path(settings.MEDIA_ROOT))


class FolderMedia:
    """The files of a folder: MEDIA_ROOT, or that of a drill."""

    def __init__(self, root: Path):
        self.root = root

    def __str__(self):
        return str(self.root)

    def files(self) -> Iterator[str]:
        """Yield the files that are there; no half written ones. Raises OSError."""
        for path in bag.stored_files(self.root):
            if not PARTIAL.search(path) and (self.root / path).is_file():
                yield path

    def state(self, path: str) -> tuple[int, int]:
        """Return size and time of change (in ns) of a file. Raises OSError."""
        state = (self.root / path).stat()
        return state.st_size, state.st_mtime_ns

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file. Raises OSError."""
        return bag.digest_of(self.root / path)

    def opened(self, path: str) -> Source:
        """Open a file. Raises OSError."""
        return bag.opened(self.root / path)

    def has_files(self) -> bool:
        """Tell whether there are files already, but for a mark that was half written."""
        own = {restoring_mark.MARK, restoring_mark.WRITTEN}
        return any(path not in own for path in bag.stored_files(self.root))

    def restore(self, path: str, digest: str, source: Source) -> None:
        """Write a file, unless an interrupted restore has. Raises BackupError, OSError."""
        target = self.root / path
        if not target.is_file() or bag.digest_of(target) != digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            with source as file:
                found = bag.write_with_digest(file, target)
            if found != digest:
                target.unlink()
                raise damaged(path)
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)

    def mark(self) -> str:
        """Return the digest of the backup that is being restored here, or nothing."""
        return restoring_mark.read(self.root)

    def set_mark(self, digest: str) -> None:
        """Say that a backup is being restored here."""
        restoring_mark.write(self.root, digest)

    def remove_mark(self) -> None:
        """Say that nothing is being restored here."""
        restoring_mark.remove(self.root)


class StoreMedia:
    """The objects of the storage of uploads."""

    def __init__(self, storage):
        self.storage = storage

    def __str__(self):
        return f"s3://{self.storage.bucket_name}/{self.storage.location}"

    def files(self) -> Iterator[str]:
        """Yield the names of the objects. Raises OSError."""
        for file in self.storage.stored_files():
            if file.name != restoring_mark.MARK:
                yield file.name

    def state(self, path: str) -> tuple[int, int]:
        """Return size and time of change (in ns) of an object. Raises OSError."""
        facts = self.storage.facts(path)
        return facts.size, int(facts.changed_at) * 10**9

    def digest(self, path: str) -> str:
        """Return the SHA-256 of an object, read in parts. Raises OSError."""
        digest = hashlib.sha256()
        with self.storage.stream(path) as body:
            while chunk := body.read(bag.CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @contextmanager
    def opened(self, path: str) -> Iterator[bag.Opened]:
        """Open an object. Raises OSError."""
        changed_at = self.state(path)[1]
        with self.storage.stream(path) as body:
            yield bag.Opened(body, changed_at)

    def has_files(self) -> bool:
        """Tell whether there are objects already, but for the mark."""
        return next(self.files(), None) is not None

    def restore(self, path: str, digest: str, source: Source) -> None:
        """Store an object, unless an interrupted restore has. Raises BackupError, OSError."""
        if self.storage.exists(path) and self.digest(path) == digest:
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as whole, source as file:
            if bag.copied(file.file, whole) != digest:
                raise damaged(path)
            whole.seek(0)
            self.storage.replace(path, File(whole))

    def mark(self) -> str:
        """Return the digest of the backup that is being restored here, or nothing."""
        try:
            with self.storage.open(restoring_mark.MARK) as file:
                return file.read().decode().strip()
        except FileNotFoundError:
            return ""

    def set_mark(self, digest: str) -> None:
        """Say that a backup is being restored here."""
        self.storage.replace(restoring_mark.MARK, File(BytesIO(digest.encode())))

    def remove_mark(self) -> None:
        """Say that nothing is being restored here."""
        self.storage.delete(restoring_mark.MARK)


def damaged(path: str) -> bag.BackupError:
    """Return the error of a file that is not as it was backed up."""
    return bag.BackupError(_("%(path)s is damaged.") % {"path": path})
