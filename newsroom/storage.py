"""Where files are kept: uploads in a folder, and static files named by a hash of their content.

Uploads may be in object storage instead (`object_storage.py`); both have what Django's storages
have, and `facts`, `stored_files`, `replace`, `internal_address` and `name_at`.
"""

import os
import re
import stat
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# How the name ends that an upload has until it is whole.
PARTIAL = re.compile(r"\.[0-9a-f]{32}\Z")
# An import of a module of ours: a line of its own, without a semicolon, which Django's own
# pattern (`support_js_module_import_aggregation`) asks for.
IMPORT = r"""(?m:^)(?P<matched>import(?P<names>(?:[^;"']*from)?) "(?P<url>\.[^"]*)")(?!;)"""


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside JavaScript modules that import one another."""

    support_js_module_import_aggregation = True
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", ((IMPORT, 'import%(names)s "%(url)s"'),)),
    )


class StoreError(ConnectionError):
    """The store does not answer, or refuses what it was asked."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file: its name, its size in bytes, and when it was last changed (a timestamp)."""

    name: str
    size: int
    changed_at: float


class MediaStorage(FileSystemStorage):
    """Files that stand under their names once they are whole: a full disk leaves no part of one."""

    def _save(self, name, content):
        partial = f"{name}.{uuid.uuid4().hex}"
        try:
            super()._save(partial, content)
            Path(self.path(partial)).replace(self.path(name))
        except BaseException:
            self.delete(partial)
            raise
        return name

    def replace(self, name: str, content: File) -> None:
        """Store a file under this very name, in the place of one that is there, at once."""
        self._save(name, content)

    def facts(self, name: str) -> StoredFile:
        """Return what the disk tells of a file. Raises FileNotFoundError."""
        state = os.stat(self.path(name))
        return StoredFile(name, state.st_size, state.st_mtime)

    def stored_files(self, top: str = "") -> Iterator[StoredFile]:
        """Yield the files below a folder, through no links.

        A file is as young as its last change, its name's or its rights' included.
        """
        for folder, _folders, files in os.walk(self.path(top)):
            for path in (Path(folder, file) for file in files):
                try:
                    state = path.lstat()
                except FileNotFoundError:  # It has just been renamed or deleted.
                    continue
                if stat.S_ISREG(state.st_mode):
                    name = path.relative_to(self.location).as_posix()
                    changed_at = max(state.st_mtime, state.st_ctime)
                    yield StoredFile(name, state.st_size, changed_at)

    def internal_address(self, name: str) -> str:
        """Return what follows ACCEL_REDIRECT for the proxy that hands out a file."""
        return quote(name)

    def name_at(self, internal_address: str) -> str:
        """Return the name of the file that an internal address is of."""
        return unquote(internal_address)
