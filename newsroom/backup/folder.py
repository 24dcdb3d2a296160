"""The folder that holds backups: their names, the lock, and which are kept. No Django."""

import fcntl
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from .bag import BAGIT, PART, PAYLOAD, BackupError, lost_files

FORMAT = "%Y-%m-%dT%H%M%SZ"
NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
LOCK, REMOVED = ".lock", ".removed"
RULE = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
# The days, weeks, months and years of which the last backup is kept.
PERIODS = {"d": "%Y-%m-%d", "w": "%G-%V", "m": "%Y-%m", "y": "%Y"}


def instant_of(backup: Path) -> datetime:
    """Return when a backup was taken, by its name."""
    return datetime.strptime(backup.name, FORMAT).replace(tzinfo=UTC)


def backups(folder: Path) -> list[Path]:
    """Return the finished backups of a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if NAME.fullmatch(each.name) and each.is_dir())


def unfinished(folder: Path) -> list[Path]:
    """Return what backups that were interrupted have left."""
    return sorted(folder.glob(f"*Z{PART}"))


def chosen(folder: Path) -> Path:
    """Return the newest backup of a folder, or the folder where it is a backup itself.

    Raises BackupError where there is none.
    """
    if found := backups(folder):
        return found[-1]
    if (folder / PAYLOAD).is_dir() or (folder / BAGIT).exists():
        return folder
    raise BackupError(f"{folder}")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder; raises BlockingIOError where another process does."""
    with open(folder / LOCK, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def parse_rules(text: str) -> dict[str, int]:
    """Return how many backups are kept of each period: "7d,4w" → {"d": 7, "w": 4}.

    Raises ValueError.
    """
    rules = {}
    for part in text.split(","):
        match = RULE.fullmatch(part.strip())
        if not match or match[2] in rules:
            raise ValueError(text)
        rules[match[2]] = int(match[1])
    return rules


def has_lost(backup: Path) -> bool:
    """Tell whether files that its database names were gone before. Raises OSError."""
    return bool(lost_files(backup))


def superfluous(
    found: Iterable[Path], rules: dict[str, int], zone: tzinfo, *, has_losses=has_lost
) -> list[Path]:
    """Return the backups that no rule keeps; the newest and the newest without losses are kept.

    Of each of the last so many days, weeks, months and years that have backups, the newest.
    """
    newest_first = sorted(found, reverse=True)
    kept = {*newest_first[:1], *newest_without_losses(newest_first, has_losses)}
    for period, count in rules.items():
        last: dict[str, Path] = {}
        for each in newest_first:
            last.setdefault(instant_of(each).astimezone(zone).strftime(PERIODS[period]), each)
        kept.update(list(last.values())[:count])
    return [each for each in newest_first if each not in kept]


def newest_without_losses(newest_first: list[Path], has_losses=has_lost) -> list[Path]:
    """Return the newest backup that has every file its database names, if there is one."""
    for each in newest_first:
        with suppress(OSError):
            if not has_losses(each):
                return [each]
    return []


def remove(backup: Path) -> None:
    """Remove a backup; what is interrupted has lost its name first. Raises OSError."""
    gone = backup.with_name(f"{backup.name}{REMOVED}")
    backup.rename(gone)
    shutil.rmtree(gone)


def clear_removed(folder: Path) -> None:
    """Remove what an interrupted removal has left."""
    for each in folder.glob(f"*Z*{REMOVED}"):
        shutil.rmtree(each)
