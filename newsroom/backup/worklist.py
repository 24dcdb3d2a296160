"""The files of one backup, in a scratch database on disk: memory does not grow with them.

No Django. Paths are kept as the bytes that the file system knows.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from os import fsdecode, fsencode

TABLES = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE file (path BLOB PRIMARY KEY, is_named, digest, size) WITHOUT ROWID;
CREATE TABLE earlier (path BLOB PRIMARY KEY, digest) WITHOUT ROWID;
CREATE TABLE copied (path BLOB PRIMARY KEY, digest, size, changed_at) WITHOUT ROWID;
CREATE TABLE missed (path BLOB PRIMARY KEY) WITHOUT ROWID;
"""
BATCH = 1_000


class Worklist:
    """What is to be copied, what the backup before had, and what has been copied."""

    def __init__(self):
        # Without a name SQLite keeps it in a file that goes with the connection.
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.executescript(TABLES)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.database.close()

    def add(self, paths: Iterable[str]) -> None:
        """Add paths that are not there yet; what a row names stays so."""
        sql = "INSERT OR IGNORE INTO file (path, is_named) VALUES (?, 0)"
        self._insert(sql, ((fsencode(path),) for path in paths))

    def add_named(self, paths: Iterable[str]) -> None:
        """Add the paths that rows name."""
        sql = "INSERT OR REPLACE INTO file (path, is_named) VALUES (?, 1)"
        self._insert(sql, ((fsencode(path),) for path in paths))

    def add_earlier(self, entries: Iterable[tuple[str, str]]) -> None:
        """Add digest and path of the files that an earlier backup has."""
        sql = "INSERT OR REPLACE INTO earlier (digest, path) VALUES (?, ?)"
        self._insert(sql, ((digest, fsencode(path)) for digest, path in entries))

    def _insert(self, sql: str, rows: Iterable[tuple]) -> None:
        self.database.execute("BEGIN")
        try:
            self.database.executemany(sql, rows)
        finally:
            self.database.execute("COMMIT")

    def begin_anew(self) -> None:
        """Forget what is to be copied; what was copied stays known."""
        self.database.execute("DELETE FROM file")

    def count(self) -> int:
        """Return how many files there are to copy."""
        return self._row("SELECT count(*) FROM file")[0]

    def count_named(self) -> int:
        """Return how many of them rows name."""
        return self._row("SELECT count(*) FROM file WHERE is_named")[0]

    def files(self) -> Iterator[tuple[str, bool]]:
        """Yield each path in order, and whether a row names it. Rows may change meanwhile."""
        sql, last = "SELECT path, is_named FROM file WHERE path > ? ORDER BY path LIMIT ?", b""
        while batch := self.database.execute(sql, (last, BATCH)).fetchall():
            yield from ((fsdecode(path), bool(is_named)) for path, is_named in batch)
            last = batch[-1][0]

    def has(self, path: str) -> bool:
        """Tell whether a file is to be copied."""
        return self._row("SELECT 1 FROM file WHERE path = ?", fsencode(path)) is not None

    def earlier_digest(self, path: str) -> str:
        """Return the digest that a file has in the earlier backup, or nothing."""
        row = self._row("SELECT digest FROM earlier WHERE path = ?", fsencode(path))
        return row[0] if row else ""

    def copied_digest(self, path: str, size: int, changed_at: int) -> str:
        """Return the digest of a file that this run has copied as it is now, or nothing."""
        row = self._row("SELECT * FROM copied WHERE path = ?", fsencode(path))
        return row[1] if row and row[2:] == (size, changed_at) else ""

    def set_copied(self, path: str, digest: str, size: int, changed_at: int) -> None:
        """Take note that a file is in the backup, as it was then."""
        key = fsencode(path)
        row = (key, digest, size, changed_at)
        self.database.execute("INSERT OR REPLACE INTO copied VALUES (?, ?, ?, ?)", row)
        sql = "UPDATE file SET digest = ?, size = ? WHERE path = ?"
        self.database.execute(sql, (digest, size, key))

    def miss(self, path: str) -> bool:
        """Take a missing file off the list; tell whether it was missing a round before too."""
        key = fsencode(path)
        self.database.execute("DELETE FROM file WHERE path = ?", (key,))
        before = self._row("SELECT 1 FROM missed WHERE path = ?", key)
        self.database.execute("INSERT OR IGNORE INTO missed VALUES (?)", (key,))
        return before is not None

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield digest and path of what has been copied, in order."""
        rows = self.database.execute("SELECT digest, path FROM file ORDER BY path")
        yield from ((digest, fsdecode(path)) for digest, path in rows)

    def totals(self) -> tuple[int, int]:
        """Return the number of files that have been copied, and their bytes."""
        return self._row("SELECT count(*), coalesce(sum(size), 0) FROM file")

    def _row(self, sql: str, *values):
        return self.database.execute(sql, values).fetchone()
