"""Restore a backup into an empty installation: the files first, the database last and at once.

Until the database is there the installation answers as an empty paper, and a mark in the folder
of files says that it is half restored. What was interrupted is gone on with.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from newsroom.page_cache.stores import clear_pages

from . import bag, media, postgres_tools
from .bag_info import row_counts, unknown_migrations
from .media import FolderMedia, Source, StoreMedia
from .snapshots import POSTGRES, SQLITE, database_file, open_sqlite

# What an installation has before anybody has written anything: what migrations and roles bring,
# and what is asked for in vain while it is empty.
BROUGHT = ("contenttypes", "auth", "sessions")
BROUGHT_TABLES = ("articles_publicchange", "articles_loginsession", "articles_missedaddress")
SESSIONS = "articles_loginsession"  # Those that are over may be deleted at any time.
Media = FolderMedia | StoreMedia
ENGINES = {SQLITE: "sqlite", POSTGRES: "postgresql"}


def restore(
    backup: Path,
    tick: Callable[[int], object] = lambda count: None,
    opened: Callable[[str, str], Source] | None = None,
) -> None:
    """Restore a backup that has been verified into this installation.

    `tick` is told how many files more are done; `opened` opens a file of the payload by its digest
    and path, if they are not in the folder of the backup. Raises BackupError where the installation
    is not empty or does not fit, OSError, and the database's errors.
    """
    files, digest = media.current(), bag.digest_of(backup / bag.TAG_MANIFEST)
    check_fits(backup)
    mark = files.mark()
    if mark and mark != digest:
        raise bag.BackupError(
            _("Another backup is half restored here. Empty the database and the folder of files.")
        )
    is_full = has_rows()
    if not mark:
        if is_full or files.has_files():
            raise bag.BackupError(
                _("This installation is not empty: a backup is only restored into an empty one.")
            )
        check_has_no_newer_tables(backup)
        files.set_mark(digest)
    if is_full:  # It was interrupted after the database had come.
        check_is_restored(backup)
    else:
        restore_files(backup, files, tick, opened)
        os.sync()
        if has_rows():
            raise written_into()
        restore_database(database_file(backup / bag.PAYLOAD))
    clear_pages()
    files.remove_mark()


def check_fits(backup: Path) -> None:
    """Raise BackupError where this installation cannot take a backup."""
    database = database_file(backup / bag.PAYLOAD)
    if database is None:
        raise bag.BackupError(_("There is no database in this backup."))
    engine, own = ENGINES[database.name], connections[DEFAULT_DB_ALIAS].vendor
    if engine != own:
        raise bag.BackupError(
            _("This is a backup of %(theirs)s, and the installation has %(own)s: set DATABASE_URL.")
            % {"theirs": engine, "own": own}
        )
    if unknown := unknown_migrations(bag.read_info(backup)):
        raise bag.BackupError(
            _("The backup is of a newer version of the program, which has: %(names)s. Install it.")
            % {"names": ", ".join(unknown)}
        )


def check_is_restored(backup: Path) -> None:
    """Raise BackupError where the rows are not those of a backup. A query for each table."""
    for table, expected, count in row_counts(backup):
        if count < expected and table != SESSIONS:
            raise written_into()


def check_has_no_newer_tables(backup: Path) -> None:
    """Raise BackupError where pg_restore would stumble over tables that a backup does not know.

    SQLite's database is replaced whole, with all its tables. One query.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    if newer := sorted(applied - {*bag.read_info(backup).get("Migration", [])}):
        raise bag.BackupError(
            _(
                "The database has migrations that the backup lacks: %(names)s. Create it anew, "
                "empty, and do not run migrate before."
            )
            % {"names": ", ".join(newer)}
        )


def written_into() -> bag.BackupError:
    """Return the error of rows that are not those of the backup."""
    return bag.BackupError(
        _("Somebody wrote into this installation while it was half restored: empty it.")
    )


def has_rows() -> bool:
    """Tell whether anybody has written anything into the database. A query for each table."""
    connection = connections[DEFAULT_DB_ALIAS]
    there = {*connection.introspection.table_names()}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        is_own = model._meta.app_label not in BROUGHT and table not in BROUGHT_TABLES
        if is_own and model._meta.managed and table in there and _has_row(connection, table):
            return True
    return False


def _has_row(connection, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
        return cursor.fetchone() is not None


def restore_files(backup: Path, files: Media, tick, opened=None) -> None:
    """Copy the files of a backup; each is compared with its digest again.

    Raises BackupError, OSError.
    """
    opened = opened or (lambda digest, path: bag.opened(backup / path))
    for digest, path in bag.manifest_entries(backup):
        inner = path.removeprefix(f"{bag.MEDIA}/")
        if inner != path:
            files.restore(inner, digest, opened(digest, path))
            tick(1)


def restore_database(source: Path) -> None:
    """Replace the content of the empty database in one transaction. Raises BackupError."""
    wrapper = connections[DEFAULT_DB_ALIAS].copy()
    try:
        wrapper.ensure_connection()
        if source.name == SQLITE:
            _restore_sqlite(source, wrapper.connection)
        else:
            postgres_tools.load(wrapper.settings_dict, source, wrapper.pg_version)
    except (sqlite3.Error, DatabaseError) as error:
        raise bag.BackupError(str(error)) from error
    finally:
        wrapper.close()
        connections[DEFAULT_DB_ALIAS].close()


def _restore_sqlite(source: Path, target: sqlite3.Connection) -> None:
    with closing(open_sqlite(source)) as copy:
        copy.backup(target)
