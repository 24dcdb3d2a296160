"""Where pages are kept: in files, or in the cache that the workers share."""

import fcntl
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from articles import publication

from .memory import PageMemory

logger = logging.getLogger(__name__)
FILES = "django.core.cache.backends.filebased.FileBasedCache"
NOWHERE = "django.core.cache.backends.dummy.DummyCache"
# By the first two digits of a key; of addresses with parameters by one (`address.ASKED`).
FOLDERS = 256 + 16
# Seconds that one who asks for a page waits while another builds it, and between two looks.
PATIENCE, PAUSE = 3.0, 0.02
# Seconds after which a builder is given up that a shared cache knows of; files know it at once.
GIVEN_UP = 10
KEPT_FOR = 7 * 24 * 60 * 60
# Seconds between two lines of the log about a store that is out of order.
LOGGED_EVERY = 600


class Store:
    """Keeps bytes under keys. What it cannot do is logged, and pages are built meanwhile."""

    def __init__(self):
        self.memory = PageMemory()
        self.logged_at = float("-inf")

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""
        with self.guarded():
            return self.read(key)

    def set(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        with self.guarded():
            self.write(key, data)

    def forget(self, key: str) -> None:
        """Delete what is kept under a key, here and in the memory of this process."""
        self.memory.forget(key)
        with self.guarded():
            self.delete(key)

    @contextmanager
    def building(self, key: str) -> Iterator[bool]:
        """Let one build the page of a key; yield whether another one was waited for.

        Who has waited holds nothing: where the other has left no page, all build at once.
        """
        release, has_waited = None, False
        with self.guarded():
            end = time.monotonic() + PATIENCE
            while (release := self.lock(key)) is None and time.monotonic() < end:
                has_waited = True
                time.sleep(PAUSE)
            if has_waited and release:
                release()
                release = None
        try:
            yield has_waited
        finally:
            with self.guarded():
                if release:
                    release()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Log any error, though not each time: the cache is never a reason to fail."""
        try:
            yield
        except Exception as error:
            if time.monotonic() - self.logged_at > LOGGED_EVERY:
                self.logged_at = time.monotonic()
                logger.error("Pages cannot be kept, and are built for everybody: %s", error)

    def read(self, key):
        raise NotImplementedError

    def write(self, key, data):
        raise NotImplementedError

    def delete(self, key):
        raise NotImplementedError

    def lock(self, key):
        """Return a function that ends the building of a page, None while another builds it."""
        raise NotImplementedError


class FileStore(Store):
    """Keeps pages in files, at most so many bytes; those used longest ago go first."""

    def __init__(self, folder: Path, size: int):
        super().__init__()
        self.folder, self.share = folder, size // FOLDERS
        self.place = str(folder)

    def path(self, key: str) -> Path:
        """Return the file of a key, in one of the folders."""
        return self.folder / key[:2] / key[2:]

    def read(self, key):
        try:  # For each request: a Path would take longer than the file.
            with open(f"{self.place}/{key[:2]}/{key[2:]}", "rb", buffering=0) as file:
                return file.read()
        except FileNotFoundError:
            return None

    def write(self, key, data):
        if len(data) > self.share:
            return
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
        try:
            partial.write_bytes(data)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        self.trim(path.parent)

    def delete(self, key):
        self.path(key).unlink(missing_ok=True)

    def trim(self, folder: Path) -> None:
        """Delete the oldest files of a folder until its share is kept; a part of a file too."""
        found = []
        for each in os.scandir(folder):
            with suppress(FileNotFoundError):
                facts = each.stat()
                found.append((facts.st_mtime, facts.st_size, each.path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self.share:
                return
            Path(path).unlink(missing_ok=True)
            total -= size

    def lock(self, key):
        folder = self.folder / "building"
        folder.mkdir(parents=True, exist_ok=True)
        # A few thousand files for all keys, never deleted: their locks end with the process.
        file = open(folder / key[:3], "wb")  # noqa: SIM115 (closed by who has built)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file.close

    def clear(self) -> None:
        """Delete all pages."""
        self.memory = PageMemory()
        shutil.rmtree(self.folder, ignore_errors=True)


class CacheStore(Store):
    """Keeps pages in Django's cache, which sees to its size itself: Redis by `maxmemory`."""

    def read(self, key):
        return cache.get(f"page-{key}")

    def write(self, key, data):
        cache.set(f"page-{key}", data, KEPT_FOR)

    def delete(self, key):
        cache.delete(f"page-{key}")

    def lock(self, key):
        name, token = f"building-{key}", secrets.token_hex(8)

        def release():
            if cache.get(name) == token:  # Else it was given up, and another builds.
                cache.delete(name)

        return release if cache.add(name, token, GIVEN_UP) else None

    def clear(self) -> None:
        """Leave the pages to their end: `publication.everything_changed` makes them old."""


def store() -> Store | None:
    """Return where pages are kept; None where they are not (PAGE_CACHE_MB=0, or no cache)."""
    place = settings.CACHES["default"]
    if not settings.PAGE_CACHE_MB or place["BACKEND"] == NOWHERE:
        return None
    return _store(place["BACKEND"], str(place.get("LOCATION", "")), settings.PAGE_CACHE_MB)


def clear_pages() -> None:
    """Let no page that was kept be answered any more, and clear the files. A few queries."""
    publication.everything_changed()
    if place := store():
        place.clear()


@once
def _store(backend: str, location: str, megabytes: int) -> Store:
    if backend == FILES:
        return FileStore(Path(location) / "pages", megabytes * 1024 * 1024)
    return CacheStore()
