"""The mark of an installation that is being restored: as long as it is there, it is half."""

from pathlib import Path

from .bag import sync

MARK = ".restoring"
WRITTEN = f"{MARK}.written"  # What it is called until it is whole.


def read(media: Path) -> str:
    """Return the digest of the backup that is being restored, or nothing."""
    try:
        return (media / MARK).read_text().strip()
    except FileNotFoundError:
        return ""


def write(media: Path, digest: str) -> None:
    """Set the mark. Raises OSError."""
    media.mkdir(parents=True, exist_ok=True)
    (media / WRITTEN).write_text(digest)
    sync(media / WRITTEN)
    (media / WRITTEN).replace(media / MARK)
    sync(media)


def remove(media: Path) -> None:
    """Take the mark away. Raises OSError."""
    (media / MARK).unlink()
    sync(media)
