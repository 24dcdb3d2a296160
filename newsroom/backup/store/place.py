"""A place for backups in object storage: its backups, the lock, the objects that they share.

Below the prefix stand `NAME/` for each backup, with its tag files and its database, and `objects/`,
where every file of a backup stands once under its SHA-256. A backup is finished when its manifest
of tag files is there, which is written last and removed first.
"""

import base64
import hashlib
import io
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import botocore.exceptions
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from newsroom import object_settings
from newsroom.object_storage import ObjectStorage, told

from .. import bag, folder

SCHEME = "s3://"
OBJECTS, LOCK = "objects", ".lock"
# Seconds after which a lock that nobody renewed is taken over, and between two renewals.
LEASE, RENEWED_EVERY = 300, 30
# Objects that no backup names are removed when they are this old, in seconds.
GRACE = 86_400
REFUSED = 412


@dataclass(frozen=True, order=True)
class StoredBackup:
    """A backup in object storage."""

    name: str
    place: "Place" = field(compare=False)

    def __str__(self):
        return f"{self.place}/{self.name}"

    def exists(self) -> bool:
        """Tell whether it is finished."""
        return self.place.storage.exists(self.key(bag.TAG_MANIFEST))

    def key(self, path: str) -> str:
        """Return the storage name of a file in it."""
        return f"{self.name}/{path}"

    def info(self) -> str:
        """Return what it tells of itself."""
        with self.place.storage.open(self.key(bag.INFO)) as file:
            return file.read().decode(errors="replace")

    def has_losses(self) -> bool:
        """Tell whether files that its database names were gone before it was made."""
        return "\nLost-File: " in self.info()

    def remove(self) -> None:
        """Remove it; what is interrupted is no finished backup any more."""
        self.place.storage.delete(self.key(bag.TAG_MANIFEST))
        for file in list(self.place.storage.stored_files(self.name)):
            self.place.storage.delete(file.name)


class Place:
    """A prefix of a bucket."""

    def __init__(self, address: str):
        try:
            bucket, prefix = object_settings.parsed(address)
        except ValueError as error:
            raise bag.BackupError(_("Write s3://bucket/prefix, not: %s") % address) from error
        if not settings.BACKUP_S3:
            raise bag.BackupError(
                _("Set BACKUP_S3_ENDPOINT, BACKUP_S3_ACCESS_KEY and BACKUP_S3_SECRET_KEY first.")
            )
        self.address = address.rstrip("/")
        self.storage = ObjectStorage(**settings.BACKUP_S3, bucket_name=bucket, location=prefix)

    def __str__(self):
        return self.address

    def names(self) -> list[str]:
        """Return the names of all backups, finished or not, the oldest first."""
        return sorted(name for name in self.storage.listdir("")[0] if folder.NAME.fullmatch(name))

    def backups(self) -> list[StoredBackup]:
        """Return the finished backups, the oldest first."""
        found = [StoredBackup(name, self) for name in self.names()]
        return [each for each in found if each.exists()]

    def chosen(self) -> StoredBackup:
        """Return the newest backup, or that which the address names. Raises BackupError."""
        parent, _slash, name = self.address.rpartition("/")
        if folder.NAME.fullmatch(name):
            found = StoredBackup(name, Place(parent))
            if found.exists():
                return found
        if found := self.backups():
            return found[-1]
        raise bag.BackupError(str(self))

    def objects(self) -> Iterator[str]:
        """Yield the digest of each object."""
        for file in self.storage.stored_files(OBJECTS):
            yield file.name.rpartition("/")[2]

    def put(self, name: str, file: BinaryIO) -> None:
        """Store a file of a few megabytes; the storage compares it with its checksum."""
        data = file.read()
        checksum = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        key, bucket = self.storage.key(name), self.storage.bucket_name
        with told(name):
            self.storage.client.put_object(Bucket=bucket, Key=key, Body=data, ContentMD5=checksum)

    def put_large(self, name: str, path: Path) -> None:
        """Store a file of any size, and read it back. Raises BackupError where it differs."""
        with path.open("rb") as file:
            self.storage.replace(name, File(file))
        if self.digest(name) != bag.digest_of(path):
            raise bag.BackupError(_("%(path)s is damaged.") % {"path": f"{self}/{name}"})

    def digest(self, name: str) -> str:
        """Return the SHA-256 of an object. Raises OSError."""
        with self.storage.stream(name) as body:
            return bag.copied(body, _Nowhere())

    @contextmanager
    def opened(self, digest: str, path: str) -> Iterator[bag.Opened]:
        """Open the object of a file of a backup. Raises OSError."""
        name = object_name(digest)
        changed_at = int(self.storage.facts(name).changed_at)
        with self.storage.stream(name) as body:
            yield bag.Opened(body, changed_at * 10**9)

    @contextmanager
    def locked(self) -> Iterator["Lock"]:
        """Hold the place; raises BlockingIOError where somebody else does."""
        lock = Lock(self)
        lock.take()
        keeper = threading.Thread(target=lock.keep, daemon=True)
        keeper.start()
        try:
            yield lock
        finally:
            lock.is_over.set()
            keeper.join()
            lock.release()


class Lock:
    """An object that says who writes into a place; it is taken over where nobody renews it."""

    def __init__(self, place: Place):
        self.place, self.tag = place, ""
        self.is_over, self.one_at_a_time = threading.Event(), threading.Lock()

    def take(self) -> None:
        """Take the lock. Raises BlockingIOError where another process holds it."""
        if self.written(IfNoneMatch="*"):
            return
        storage = self.place.storage
        with told(LOCK):
            bucket, key = storage.bucket_name, storage.key(LOCK)
            found = storage.client.head_object(Bucket=bucket, Key=key)
        is_old = time.time() - found["LastModified"].timestamp() > LEASE
        if not is_old or not self.written(IfMatch=found["ETag"]):
            raise BlockingIOError

    def written(self, **condition: str) -> bool:
        """Write the lock under a condition; tell whether that held."""
        storage, data = self.place.storage, uuid.uuid4().hex.encode()
        where = {"Bucket": storage.bucket_name, "Key": storage.key(LOCK)}
        try:
            with told(LOCK):
                done = storage.client.put_object(**where, Body=data, **condition)
        except OSError as error:
            if _status(error.__cause__) == REFUSED:
                return False
            raise
        self.tag = done["ETag"]
        return True

    def renew(self) -> None:
        """Renew the lock. Raises BackupError where somebody has taken it over, OSError."""
        with self.one_at_a_time:
            if not self.written(IfMatch=self.tag):
                raise bag.BackupError(_("Another backup is being written there."))

    def keep(self) -> None:
        """Renew the lock until it is over; a storage that is away is asked again later."""
        while not self.is_over.wait(RENEWED_EVERY):
            try:
                self.renew()
            except OSError:
                continue
            except bag.BackupError:  # Whoever has the lock finds that out at the end.
                return

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        storage = self.place.storage
        with told(LOCK):
            bucket, key = storage.bucket_name, storage.key(LOCK)
            if storage.exists(LOCK):
                found = storage.client.head_object(Bucket=bucket, Key=key)
                if found["ETag"] == self.tag:
                    storage.delete(LOCK)


class _Nowhere(io.RawIOBase):
    def write(self, data) -> int:
        return len(data)


def _status(error: BaseException | None) -> int:
    if not isinstance(error, botocore.exceptions.ClientError):
        return 0
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def object_name(digest: str) -> str:
    """Return the storage name of the object with a digest."""
    return f"{OBJECTS}/{digest[:2]}/{digest}"
