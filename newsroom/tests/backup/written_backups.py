"""Backups that tests write, and what is in them."""

from pathlib import Path

from newsroom.backup import bag, creation, folder


def payload(backup: Path) -> set[str]:
    """Return the paths of the files in a backup."""
    return {path for _digest, path in bag.manifest_entries(backup)}


def next_backup(where: Path, monkeypatch, **options) -> Path:
    """Write another backup, as of another second."""
    monkeypatch.setattr(folder, "FORMAT", "2031-05-06T070809Z")
    return creation.create(where, **options).path
