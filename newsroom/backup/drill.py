"""Try a backup: restore it into a temporary place, let it be looked over there, remove it.

The place has its own database, files and cache. What looks it over is another process
(`inspection.py`), whose settings name that place, so that nothing here can be touched.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from . import bag, postgres_tools
from .media import FolderMedia
from .restoration import check_fits, restore_files
from .snapshots import SQLITE, database_file

INSPECTION = "newsroom.backup.inspection"


def drill(backup: Path, tick=lambda count: None, opened=None) -> dict:
    """Return what the inspection of a restored copy found: `rows`, `pages` and `faults`.

    `opened` is as in `restoration.restore`. Raises BackupError, OSError and the database's errors;
    the temporary place is removed then too.
    """
    check_fits(backup)
    place = Path(tempfile.mkdtemp(prefix="newsroom-drill-"))
    try:
        restore_files(backup, FolderMedia(place / "media"), tick, opened)
        with temporary_database(database_file(backup / bag.PAYLOAD), place) as url:
            return inspected(backup, place, url)
    finally:
        shutil.rmtree(place)


@contextmanager
def temporary_database(source: Path, place: Path) -> Iterator[str]:
    """Restore a database beside that of the site, and drop it; gives its address."""
    if source.name == SQLITE:
        (place / "var").mkdir()
        bag.copy_with_digest(source, place / "var" / SQLITE)
        yield f"sqlite:///{place / 'var' / SQLITE}"
        return
    name, connection = f"newsroom_drill_{uuid.uuid4().hex[:12]}", connections[DEFAULT_DB_ALIAS]
    wrapper = connection.copy()
    try:
        wrapper.ensure_connection()
        wrapper.connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            own = wrapper.settings_dict | {"NAME": name}
            postgres_tools.load(own, source, wrapper.pg_version)
            yield renamed(os.environ["DATABASE_URL"], name)
        finally:
            wrapper.connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        wrapper.close()


def renamed(url: str, name: str) -> str:
    """Return the address of another database of the same server.

    One over a socket names no host (postgres:///newsroom), and keeps its three slashes.
    """
    parts = urlsplit(url)
    options = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{options}"


def inspected(backup: Path, place: Path, url: str) -> dict:
    """Run the inspection in a process of its own. Raises BackupError where it fails."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(place / "media"),
        "CACHE_URL": f"filecache://{place / 'cache'}",
        "SECRET_KEY": uuid.uuid4().hex * 2,
        "MEDIA_STORE": "",
        "STANDBY_URL": "",
        "ACCEL_REDIRECT": "",
        "NOTICES": "false",
        "EMAIL_URL": "",
        "LEDGER_WEBHOOK": "",
    }
    command = [sys.executable, "-m", INSPECTION, str(backup.absolute())]
    done = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    if done.returncode:
        message = _("The restored copy cannot be looked over: %(why)s")
        raise bag.BackupError(message % {"why": done.stderr.strip()[-2_000:]})
    return json.loads(done.stdout.splitlines()[-1])
