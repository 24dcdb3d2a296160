"""What stops a backup, a check or a restore, as the commands tell it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from newsroom.storage import StoreError

from .bag import BackupError


@contextmanager
def told(source: Path, target: Path) -> Iterator[None]:
    """Raise CommandError where something fails that is read from one folder and written to another.

    Another backup at the same time, a full disk, files and databases out of reach are such.
    """
    try:
        yield
    except BlockingIOError as error:
        raise CommandError(_("Another backup is being written there.")) from error
    except StoreError as error:
        words = _("The object storage does not do what it was asked (%(file)s): %(why)s")
        params = {"file": error.filename, "why": error.strerror}
        raise CommandError(words % params) from error
    except OSError as error:
        raise CommandError(of_file(error, source, target)) from error
    except (BackupError, DatabaseError, psycopg.Error, sqlite3.Error) as error:
        raise CommandError(str(error)) from error


def of_file(error: OSError, source: Path, target: Path) -> str:
    """Return what is told of a file that cannot be read or written."""
    why = error.strerror or str(error)
    if not error.filename:
        return f"{target}: {why}"
    is_read = Path(str(error.filename)).absolute().is_relative_to(source.absolute())
    words = _("%(file)s cannot be read: %(why)s")
    words = words if is_read else _("%(file)s cannot be written: %(why)s")
    return words % {"file": error.filename, "why": why}
