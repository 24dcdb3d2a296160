"""One instant of the database: a copy of it, and the files that its rows name.

SQLite's is taken by its online backup, PostgreSQL's by pg_dump in the snapshot of a transaction
that reads the names too.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import FileField
from django.utils import timezone

from . import postgres_tools

SQLITE, POSTGRES = "database.sqlite3", "database.dump"
# Pages that are copied between two looks for writers, and how often a copy begins again when
# somebody has written; after that writers wait for the rest of it.
PAGES, MOST_RESTARTS = 4_096, 5
FETCHED = 2_000


class Snapshot:
    """A database at one instant; `run` executes SQL in it and yields the rows."""

    def __init__(self, run, instant: datetime):
        self.run, self.instant = run, instant

    def names(self) -> Iterator[str]:
        """Yield the name of each stored file that a row names, some more than once."""
        for sql in file_name_queries():
            yield from (name for (name,) in self.run(sql))

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table of the site."""
        return {table: next(self.run(f'SELECT count(*) FROM "{table}"'))[0] for table in tables()}

    def ledger_heads(self) -> list[str]:
        """Return the head of the ledger, as NUMBER:DIGEST; none where nothing was entered."""
        table = apps.get_model("articles", "LedgerHead")._meta.db_table
        rows = self.run(f'SELECT number, digest FROM "{table}" WHERE number > 0')
        return [f"{number}:{digest}" for number, digest in rows]

    def migrations(self) -> list[str]:
        """Return the migrations that were applied."""
        rows = self.run("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in rows]


def tables() -> list[str]:
    """Return the tables of all models."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def file_name_queries() -> list[str]:
    """Return the query of each field that names stored files: the names in it, none empty."""
    return [
        f'SELECT "{field.column}" FROM "{model._meta.db_table}" WHERE "{field.column}" <> \'\''
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, FileField)
    ]


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Copy the database into a folder, in place of an older copy; give it as it was then.

    Raises BackupError, and the database's own errors.
    """
    for stale in folder.glob("database.*"):
        stale.unlink()
    take = {"sqlite": _sqlite_snapshot, "postgresql": _postgres_snapshot}
    with take[connections[DEFAULT_DB_ALIAS].vendor](folder) as taken:
        yield taken


def database_file(folder: Path) -> Path | None:
    """Return the copy of a database in a folder."""
    return next((folder / name for name in (SQLITE, POSTGRES) if (folder / name).exists()), None)


@contextmanager
def _sqlite_snapshot(folder: Path) -> Iterator[Snapshot]:
    target = folder / SQLITE
    target.touch(mode=0o600)
    wrapper = connections[DEFAULT_DB_ALIAS].copy()
    try:
        wrapper.ensure_connection()
        copy_sqlite(wrapper.connection, target)
        instant = timezone.now()
    finally:
        wrapper.close()
    copy = open_sqlite(target)
    try:
        yield Snapshot(copy.execute, instant)
    finally:
        copy.close()


def open_sqlite(path: Path) -> sqlite3.Connection:
    """Open a finished copy to be read; nothing is written beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def copy_sqlite(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database while others write; the copy is one file without a journal."""
    copy = sqlite3.connect(target)
    try:
        copy.execute("PRAGMA synchronous=OFF")
        copy.execute("PRAGMA journal_mode=OFF")
        try:
            source.backup(copy, pages=PAGES, progress=_Restarts().look)
        except _RestartedError:
            source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


class _RestartedError(Exception):
    """Others write so often that a copy in parts does not come to its end."""


class _Restarts:
    """Counts how often a copy began again because somebody has written."""

    def __init__(self):
        self.left, self.count = None, 0

    def look(self, status: int, left: int, total: int) -> None:
        """Compare what is left with what was left before; a step that was locked out is none."""
        self.count += status == 0 and self.left is not None and left >= self.left
        self.left = left
        if self.count > MOST_RESTARTS:
            raise _RestartedError


@contextmanager
def _postgres_snapshot(folder: Path) -> Iterator[Snapshot]:
    wrapper = connections[DEFAULT_DB_ALIAS].copy()
    try:
        wrapper.ensure_connection()
        raw = wrapper.connection
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        name, instant = raw.execute("SELECT pg_export_snapshot(), now()").fetchone()
        postgres_tools.dump(wrapper.settings_dict, folder / POSTGRES, name, wrapper.pg_version)

        def run(sql: str) -> Iterator[tuple]:
            with raw.cursor(name="backup_rows") as cursor:
                cursor.itersize = FETCHED
                yield from cursor.execute(sql)

        yield Snapshot(run, instant)
    finally:
        with suppress(Exception):
            wrapper.close()
