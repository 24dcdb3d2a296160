"""What a folder of a static edition holds: each address, its file and digest; what is to be done.

Kept in a small SQLite file in the folder, so that an edition of any size needs little memory and
goes on where it was killed. It is the exporter's own and not the database of the paper.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from .links import file_of

NAME = ".export.sqlite3"
PART = ".part"
# The digest of a file that is being written; it is less than any other.
BEGUN = "-"
SCHEMA = """
CREATE TABLE IF NOT EXISTS address (
    address TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, digest TEXT NOT NULL DEFAULT '',
    seen INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pending ON address (seen, done);
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, since TEXT NOT NULL, is_over INTEGER DEFAULT 0);
"""


class ForeignFilesError(Exception):
    """A folder holds files that no export has written; `names` are some of them."""

    def __init__(self, names: list[str]):
        super().__init__(", ".join(names))
        self.names = names


class Manifest:
    """The record of a folder; a context manager. Raises ForeignFilesError when it is opened."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        is_known = (folder / NAME).exists()
        if not is_known and (names := [each.name for each in folder.iterdir()]):
            raise ForeignFilesError(sorted(names)[:5])
        self.database = sqlite3.connect(folder / NAME, timeout=1, isolation_level=None)
        # One process at a time; a write-ahead log, so that not every file waits for the disk.
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.executescript(SCHEMA)
        self.run = 0

    def __enter__(self) -> "Manifest":
        try:
            self._refuse_foreign_files()
        except ForeignFilesError:
            self.database.close()
            raise
        return self

    def __exit__(self, *error):
        self.database.close()

    def _refuse_foreign_files(self) -> None:
        """Raise ForeignFilesError for files that are not recorded; delete half-written ones."""
        found = []
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder).as_posix()
            if path.is_dir() and not path.is_symlink() or name.startswith(NAME):
                continue
            is_ours = self._rows("SELECT 1 FROM address WHERE file = ?", name.removesuffix(PART))
            if is_ours and name.endswith(PART):
                path.unlink()
            elif not is_ours:
                found.append(name)
                if len(found) == 5:
                    break
        if found:
            raise ForeignFilesError(found)

    def _rows(self, statement: str, *values) -> list[tuple]:
        with closing(self.database.execute(statement, values)) as cursor:
            return cursor.fetchall()

    def begin(self, now: datetime, since: datetime | None) -> tuple[datetime, datetime | None]:
        """Begin a run, or go on with one that was killed; return when it began, and its date.

        One that was killed looked for changes from its own date on, or wrote everything (None):
        unless the new date is older, that is what is gone on with.
        """
        last = self._rows("SELECT id, started, since, is_over FROM run ORDER BY id DESC LIMIT 1")
        if last and not last[0][3]:
            before = datetime.fromisoformat(last[0][2]) if last[0][2] else None
            if before is None or (since and before <= since):
                self.run = last[0][0]
                return datetime.fromisoformat(last[0][1]), before
        self._rows(
            "INSERT INTO run (started, since) VALUES (?, ?)",
            *(now.isoformat(), since.isoformat() if since else ""),
        )
        self.run = self._rows("SELECT max(id) FROM run")[0][0]
        return now, since

    def end(self) -> None:
        """Note that the run is over."""
        self._rows("UPDATE run SET is_over = 1 WHERE id = ?", self.run)

    def queue(self, addresses: Iterable[str], *, is_again: bool = False) -> None:
        """Note addresses to be written in this run; with `is_again` also what it has written.

        Left out is what would have the file of another address, or that of this record.
        """
        done = ", done = 0" if is_again else ""
        self.database.execute("BEGIN")
        self.database.executemany(
            "INSERT INTO address (address, file, seen) VALUES (?, ?, ?) ON CONFLICT (address) "
            f"DO UPDATE SET seen = excluded.seen{done} ON CONFLICT (file) DO NOTHING",
            [
                (address, file_of(address), self.run)
                for address in sorted(addresses)
                if not file_of(address).startswith(NAME)
            ],
        )
        self.database.execute("COMMIT")

    def pending(self, most: int) -> list[str]:
        """Return addresses that are still to be written in this run."""
        rows = self._rows(
            "SELECT address FROM address WHERE seen = ? AND done < ? LIMIT ?",
            *(self.run, self.run, most),
        )
        return [address for (address,) in rows]

    def counts(self) -> tuple[int, int]:
        """Return how many addresses this run has written, and how many it has in all."""
        return self._rows(
            "SELECT coalesce(sum(done = ?), 0), count(*) FROM address WHERE seen = ?",
            *(self.run, self.run),
        )[0]

    def has(self, address: str) -> bool:
        """Tell whether there is a file for an address."""
        found = "SELECT 1 FROM address WHERE address = ? AND digest > ?"
        return bool(self._rows(found, address, BEGUN))

    def write(self, address: str, data: bytes) -> bool:
        """Write the file of an address that is queued, if it differs; return whether it does.

        Its row is there before the file is, so that no file is ever a foreign one.
        """
        digest, path = hashlib.sha256(data).hexdigest(), self.folder / file_of(address)
        stored = self._rows("SELECT digest FROM address WHERE address = ?", address)
        is_new = not stored or stored[0][0] != digest or not path.exists()
        if is_new:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(path.name + PART)
            partial.write_bytes(data)
            self._rows(
                "UPDATE address SET digest = ? WHERE address = ? AND digest = ''", BEGUN, address
            )
            partial.replace(path)
        self._rows(
            "UPDATE address SET digest = ?, done = ? WHERE address = ?",
            *(digest, self.run, address),
        )
        return is_new

    def read(self, address: str) -> bytes:
        """Return what the file of an address holds; nothing where there is none."""
        return (self.folder / file_of(address)).read_bytes() if self.has(address) else b""

    def keep(self, address: str) -> None:
        """Note that an address is done with in this run, and leave its file as it is."""
        self._rows("UPDATE address SET done = ? WHERE address = ?", self.run, address)

    def skip(self, address: str) -> None:
        """Note that an address has no file in this run; delete the one that it had."""
        self._unlink(address)
        self._rows("UPDATE address SET digest = '', done = ? WHERE address = ?", self.run, address)

    def remove(self, addresses: Sequence[str]) -> int:
        """Delete the files of addresses, and folders that are empty then; return how many."""
        count = 0
        for address in addresses:
            count += self._unlink(address)
            self._rows("DELETE FROM address WHERE address = ?", address)
        return count

    def _unlink(self, address: str) -> bool:
        """Delete the file that was written for an address; tell whether there was one.

        What was never written may be named as a folder is, or as what no file can be.
        """
        if not self._rows("SELECT 1 FROM address WHERE address = ? AND digest > ''", address):
            return False
        path = self.folder / file_of(address)
        was_there = path.exists()
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
        return was_there

    def batches(self, most: int = 1_000, *, is_unseen: bool = False) -> Iterator[list[str]]:
        """Give all addresses in batches; with `is_unseen` those that this run has not met."""
        after, limit = "", self.run if is_unseen else self.run + 1
        while rows := self._rows(
            "SELECT address FROM address WHERE address > ? AND seen < ? ORDER BY address LIMIT ?",
            *(after, limit, most),
        ):
            yield [address for (address,) in rows]
            after = rows[-1][0]
