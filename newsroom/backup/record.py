"""When the last backup, check and drill went well: a file in var/, for `manage.py doctor`."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from articles.archive.format.files import atomic_writer

from .store.place import StoredBackup

BACKUP, VERIFICATION, DRILL = "backup", "verification", "drill"


def path() -> Path:
    """Return where the record is."""
    return Path(settings.VAR) / "backups.json"


def read() -> dict[str, dict]:
    """Return what is recorded of each kind: `at`, and `path` of the backup; {} without a record."""
    try:
        return json.loads(path().read_text())
    except (OSError, ValueError):
        return {}


def succeeded(kind: str, backup: Path | StoredBackup) -> None:
    """Record that something went well now. Raises OSError."""
    where = backup.absolute() if isinstance(backup, Path) else backup
    row = {"at": timezone.now().isoformat(), "path": str(where)}
    _write(read() | {kind: row})


def failed(kind: str) -> None:
    """Record that something went wrong: what went well before no longer counts. Raises OSError."""
    _write({name: row for name, row in read().items() if name != kind})


def _write(rows: dict[str, dict]) -> None:
    with atomic_writer(path()) as file:
        file.write(json.dumps(rows, indent=1).encode())


def last(kind: str) -> datetime | None:
    """Return when something last went well."""
    row = read().get(kind)
    return datetime.fromisoformat(row["at"]) if row else None
