"""System checks of a deployment: `manage.py check --deploy --database default`."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, Warning
from django.db import connections
from django.utils.translation import gettext as _

from articles.sharing.fonts import card_font

FIRST_SAFE = (3, 51, 3)
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


def sqlite_journal(*, databases=None, **context) -> list[Error]:
    """Report a write-ahead log that the SQLite library can corrupt. One query for each database.

    Libraries from 3.7.0 to 3.51.2 can, when two processes write.
    """
    return [
        Error(
            _("The SQLite library %(version)s can corrupt a database in WAL mode.")
            % {"version": sqlite3.sqlite_version},
            hint=_("Stop all processes and run: PRAGMA journal_mode=DELETE"),
            obj=alias,
            id="articles.E001",
        )
        for alias in databases or []
        if sqlite3.sqlite_version_info < FIRST_SAFE and journal_mode(alias) == "wal"
    ]


def journal_mode(alias: str) -> str:
    """Return the journal mode of a SQLite database, or nothing for another kind."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA journal_mode").fetchone()[0]


def shared_cache(**context) -> list[Error]:
    """Report a cache inside one process: withdrawn articles would stay in the others."""
    return [
        Error(
            _("The cache is inside one process, and the workers do not share it."),
            hint=_("Set CACHE_URL, or leave it out to keep the cache in files."),
            obj=alias,
            id="articles.E002",
        )
        for alias, cache in settings.CACHES.items()
        if cache["BACKEND"] == LOCAL_MEMORY
    ]


def share_card_font(**context) -> list[Warning]:
    """Report that there is no font for share cards: shared links then show the photo, if any."""
    if card_font():
        return []
    return [
        Warning(
            _("There is no Song font for share cards."),
            hint=_("Install Noto Serif CJK (fonts-noto-cjk), or set SHARE_CARD_FONT."),
            id="articles.W001",
        )
    ]
