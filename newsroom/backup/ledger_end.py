"""The end of the ledger in a backup: as the backup tells it, and as its database has it.

A database that was exchanged for another one, or whose ledger was cut off, does not fit what
bag-info.txt says, of which the printed digest of the backup is made. No query to the site's own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.utils.translation import gettext as _

from . import bag, postgres_tools
from .snapshots import SQLITE, database_file, open_sqlite

HEAD, ENTRY = "articles_ledgerhead", "articles_ledgerentry"
COLUMNS = ("number", "digest")


def differences(backup: Path) -> list[str]:
    """Return in words how the ledger in a backup differs from what the backup tells; [] if not.

    Reads the last entry only (`restore_backup --drill` reads them all); of PostgreSQL's dump the
    two tables are read through. Raises BackupError, OSError, and sqlite3's errors.
    """
    info = bag.read_info(backup)
    told = ", ".join(info.get("Ledger-Head", []))
    database = database_file(backup / bag.PAYLOAD)
    if database is None:
        return [_("There is no database in this backup.")]
    if database.name == SQLITE:
        head, last = _ends_of_sqlite(database)
    else:
        head, last = _ends_of_dump(database, int(info["Database-Version"][0].partition(".")[0]))
    facts = {"told": told or "—", "head": head or "—", "last": last or "—"}
    found = []
    if head != told:
        words = _("The ledger ends with %(told)s by the backup, and with %(head)s in its database.")
        found.append(words % facts)
    if last != head:
        words = _("In the database of the backup the head is %(head)s and the last entry %(last)s.")
        found.append(words % facts)
    return found


def _ends_of_sqlite(database: Path) -> tuple[str, str]:
    """Return the head and the last entry, as NUMBER:DIGEST; empty where there is none."""
    with closing(open_sqlite(database)) as copy:
        tables = copy.execute("SELECT name FROM sqlite_master WHERE name = ?", (ENTRY,))
        if tables.fetchone() is None:
            return "", ""
        return _last_of(copy, HEAD), _last_of(copy, ENTRY)


def _last_of(copy: sqlite3.Connection, table: str) -> str:
    row = copy.execute(f"SELECT number, digest FROM {table} ORDER BY number DESC LIMIT 1")
    return _written(row.fetchone())


def _ends_of_dump(database: Path, version: int) -> tuple[str, str]:
    rows = {table: _numbered(database, table, version) for table in (HEAD, ENTRY)}
    head, last = (_written(max(each, default=None)) for each in rows.values())
    return head, last


def _numbered(database: Path, table: str, version: int) -> Iterator[tuple[int, str]]:
    for number, digest in postgres_tools.dumped_rows(database, table, COLUMNS, version):
        yield int(number), digest


def _written(row: tuple[int, str] | None) -> str:
    return f"{row[0]}:{row[1]}" if row and row[0] else ""
