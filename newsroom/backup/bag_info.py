"""What a backup tells of itself, and how this installation compares with it."""

import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from .bag import read_info
from .snapshots import Snapshot


def info_of(taken: Snapshot) -> list[tuple[str, str]]:
    """Return what a backup tells of itself: when and of what it was taken, with what."""
    instant = taken.instant.astimezone(UTC)
    info = [
        ("Bagging-Date", instant.date().isoformat()),
        ("Bag-Software-Agent", "newsroom: manage.py backup"),
        ("Backup-Instant", instant.isoformat()),
        ("Code-Version", code_version()),
        ("Python-Version", platform.python_version()),
        ("Django-Version", django.get_version()),
        ("Database-Engine", connections[DEFAULT_DB_ALIAS].vendor),
        ("Database-Version", database_version()),
    ]
    info += [("Ledger-Head", head) for head in taken.ledger_heads()]
    info += [("Migration", name) for name in taken.migrations()]
    return info + [("Row-Count", f"{table} {count}") for table, count in taken.counts().items()]


def row_counts(backup: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each table, its rows as a backup tells them, and those that the database has.

    A query for each table.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    for row in read_info(backup)["Row-Count"]:
        table, expected = row.split(" ")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            yield table, int(expected), cursor.fetchone()[0]


def database_version() -> str:
    """Return the version of the database or its library."""
    version = connections[DEFAULT_DB_ALIAS].get_database_version()
    return ".".join(map(str, version))


def code_version() -> str:
    """Return the commit that is installed, or "unknown": told by the file RELEASE, or by git."""
    release = Path(settings.BASE_DIR) / "RELEASE"
    if release.is_file():
        return release.read_text().strip()
    try:
        told = subprocess.run(
            ["git", "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return "unknown"
    return told.stdout.strip() or "unknown"


def unknown_migrations(info: dict[str, list[str]]) -> list[str]:
    """Return the migrations of a backup that the installed code does not have."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {
        f"{app}.{name}" for each in loader.disk_migrations.values() for app, name in each.replaces
    }
    own = {app for app, _name in loader.disk_migrations}
    found = info.get("Migration", [])
    return [name for name in found if name not in known and name.partition(".")[0] in own]
