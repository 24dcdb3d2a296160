"""Looks at the machine: disks, permissions, the cache, and versions whose time is over."""

import os
import platform
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backup import media, record
from newsroom.backup.store.place import SCHEME
from newsroom.page_cache.stores import NOWHERE

from .diagnosis import ERROR, OK, WARNING, Diagnosis

GIGABYTE = 10**9
# Below how many gigabytes there is little room left, and too little.
LITTLE, TOO_LITTLE = 5, 1
# The last day on which a version gets fixes; to be told this long before.
ENDS = {
    "Python 3.11": date(2027, 10, 31),
    "Python 3.12": date(2028, 10, 31),
    "Python 3.13": date(2029, 10, 31),
    "Python 3.14": date(2030, 10, 31),
    "Django 5.2": date(2028, 4, 30),
    "PostgreSQL 13": date(2025, 11, 13),
    "PostgreSQL 14": date(2026, 11, 12),
    "PostgreSQL 15": date(2027, 11, 11),
    "PostgreSQL 16": date(2028, 11, 9),
    "PostgreSQL 17": date(2029, 11, 8),
    "PostgreSQL 18": date(2030, 11, 14),
}
BEFORE = timedelta(days=180)


def folders() -> list[Path]:
    """Return the folders that must have room: our own, and where the last backup is."""
    last = record.read().get(record.BACKUP)
    is_folder = last and not last["path"].startswith(SCHEME)
    return own_folders() + ([Path(last["path"]).parent] if is_folder else [])


def own_folders() -> list[Path]:
    """Return the folders that are written to: var, the files, and that of SQLite's file."""
    found = [Path(settings.VAR)]
    if isinstance(files := media.current(), media.FolderMedia):
        found.append(files.root)
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        found.append(Path(connection.settings_dict["NAME"]).absolute().parent)
    return list(dict.fromkeys(found))


def disks() -> Iterator[Diagnosis]:
    """Yield how much room the disks have. No query."""
    for folder in folders():
        if folder.is_dir():
            room = shutil.disk_usage(folder).free / GIGABYTE
            level = ERROR if room < TOO_LITTLE else WARNING if room < LITTLE else OK
            words = _("%(folder)s has %(room).1f GB left.") % {"folder": folder, "room": room}
            advice = "" if level == OK else _("Make room, or move it to a larger disk.")
            yield Diagnosis(level, _("Disk"), words, advice)


def permissions() -> Iterator[Diagnosis]:
    """Yield folders that cannot be written, and a secret key that others can read. No query."""
    for folder in own_folders():
        yield _writable(folder)
    key = Path(settings.VAR) / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        words = _("Others can read %(path)s.") % {"path": key}
        advice = _("Run: chmod 600 %(path)s") % {"path": key}
        yield Diagnosis(ERROR, _("Permissions"), words, advice)


def _writable(folder: Path) -> Diagnosis:
    subject, params = _("Permissions"), {"folder": folder}
    if not folder.is_dir():
        words = _("There is no folder %(folder)s.") % params
        return Diagnosis(WARNING, subject, words, _("Mount its disk, or create it if it is new."))
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Diagnosis(OK, subject, _("%(folder)s can be written.") % params)
    except OSError as error:
        words = _("%(folder)s cannot be written: %(why)s") % (params | {"why": error.strerror})
        advice = _("Give it to the user of the paper: chown -R %(user)s %(folder)s")
        return Diagnosis(ERROR, subject, words, advice % (params | {"user": os.getuid()}))


def media_store() -> Iterator[Diagnosis]:
    """Yield whether the object storage of the files keeps what it is given. No query."""
    files = media.current()
    if isinstance(files, media.FolderMedia):
        return
    name, params = f"doctor-{uuid.uuid4().hex}", {"place": files}
    try:
        files.storage.replace(name, ContentFile(name))
        is_kept = files.storage.open(name).read() == name.encode()
        files.storage.delete(name)
    except OSError as error:
        words = _("%(place)s cannot be written: %(why)s") % (params | {"why": error.strerror})
        advice = _("Look at MEDIA_STORE and S3_ENDPOINT, the keys, and the rights of the bucket.")
        yield Diagnosis(ERROR, _("Files"), words, advice)
        return
    words = (
        _("%(place)s keeps what it is given.")
        if is_kept
        else _("%(place)s loses what it is given.")
    )
    yield Diagnosis(OK if is_kept else ERROR, _("Files"), words % params)


def shared_cache() -> Iterator[Diagnosis]:
    """Yield whether the cache keeps what it is given. No query, but for a cache in the database."""
    subject = _("Cache")
    if settings.CACHES["default"]["BACKEND"] == NOWHERE:
        yield Diagnosis(
            WARNING, subject, _("There is no cache: every page is built anew."), "CACHE_URL"
        )
        return
    advice = _("Look at CACHE_URL and its server or folder.")
    try:
        is_kept = _cache_keeps()
    except Exception as error:  # Each cache has errors of its own; their texts name its host.
        words = _("The cache does not answer: %(why)s") % {"why": type(error).__name__}
        yield Diagnosis(ERROR, subject, words, advice)
        return
    if is_kept:
        yield Diagnosis(OK, subject, _("The cache keeps what it is given."))
    else:
        words = _("The cache does not keep what it is given: every page is built anew.")
        yield Diagnosis(ERROR, subject, words, advice)


def _cache_keeps() -> bool:
    key, value = f"doctor-{uuid.uuid4().hex}", uuid.uuid4().hex
    cache.set(key, value, 60)
    is_kept = cache.get(key) == value
    cache.delete(key)
    return is_kept


def versions() -> list[str]:
    """Return the programs in use as they stand in `ENDS`. One query on PostgreSQL at most."""
    found = [
        f"Python {'.'.join(platform.python_version_tuple()[:2])}",
        f"Django {'.'.join(map(str, django.VERSION[:2]))}",
    ]
    if connection.vendor == "postgresql":
        found.append(f"PostgreSQL {connection.get_database_version()[0]}")
    return found


def ends_of_life() -> Iterator[Diagnosis]:
    """Yield the versions that get no fixes any more, or soon will not. One query at most."""
    today = timezone.localdate()
    for name in versions():
        end = ENDS.get(name)
        if end is None or today < end - BEFORE:
            continue
        level = ERROR if today > end else WARNING
        words = _("%(name)s gets no fixes after %(day)s.") % {"name": name, "day": end}
        yield Diagnosis(level, _("Versions"), words, _("Plan the upgrade to a newer version."))
