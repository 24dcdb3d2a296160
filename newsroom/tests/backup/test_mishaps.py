"""A disk that is away, full or damaged, and odd files, end in a clear message and lose nothing."""

import os
import sqlite3
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Photo, SourceDocument
from newsroom.backup import bag, creation, folder, record, snapshots
from newsroom.backup.verification import defects
from newsroom.backup.worklist import Worklist

from .written_backups import next_backup, payload

pytestmark = pytest.mark.slow


def test_a_backup_without_any_of_its_files_is_none_and_removes_none(
    taken, empty_media, monkeypatch
):
    monkeypatch.setattr(folder, "FORMAT", "2031-05-06T070809Z")
    with pytest.raises(CommandError, match="MEDIA_ROOT"):
        call_command("backup", str(taken.parent), keep="1d", verbosity=0)
    assert folder.backups(taken.parent) == [taken]
    assert record.BACKUP not in record.read()


@pytest.fixture
def empty_media(taken, settings, tmp_path):
    """An empty folder of files, as where its disk is not mounted; the backup is there already."""
    settings.MEDIA_ROOT = tmp_path / "unmounted"
    settings.MEDIA_ROOT.mkdir()


def test_a_file_that_is_damaged_in_the_backup_before_is_copied_anew(taken, monkeypatch):
    path = taken / bag.MEDIA / Photo.objects.get().file.name
    path.write_bytes(path.read_bytes()[::-1])
    assert list(defects(next_backup(taken.parent, monkeypatch))) == []


def test_files_of_any_time_are_in_a_backup_but_no_half_uploads_and_no_lost_and_found(
    paper, tmp_path
):
    media, day = Path(settings.MEDIA_ROOT), 86_400
    (media / "tomorrow.jpg").touch()
    os.utime(media / "tomorrow.jpg", (time.time() + day,) * 2)
    (media / f"half.jpg.{'0a' * 16}").touch()
    (media / bag.LOST_AND_FOUND).mkdir()
    (media / bag.LOST_AND_FOUND / "#1").touch()
    os.mkfifo(media / "pipe")
    found = payload(creation.create(tmp_path / "backups").path)
    assert "data/media/tomorrow.jpg" in found
    assert not [path for path in found if "half" in path or "#1" in path or "pipe" in path]


def test_a_name_that_leads_out_of_the_folder_of_files_is_lost(paper, tmp_path):
    (Path(settings.MEDIA_ROOT).parent / "outside.docx").write_text("secret")
    SourceDocument.objects.update(file="../outside.docx")
    made = creation.create(tmp_path / "backups")
    assert made.lost == ["../outside.docx"]
    assert not any("outside" in path for path in payload(made.path))


def test_links_in_what_was_interrupted_are_not_gone_on_with(paper, tmp_path):
    part = tmp_path / "backups" / f"2031-05-06T070809Z{bag.PART}"
    (part / bag.MEDIA).mkdir(parents=True)
    [top] = {Path(name).parts[0] for name in Photo.objects.values_list("file", flat=True)}
    (part / bag.MEDIA / top).symlink_to(Path(settings.MEDIA_ROOT) / top)
    assert list(defects(creation.create(tmp_path / "backups").path)) == []


def test_a_link_in_place_of_a_folder_of_a_backup_is_found(taken):
    for name in ("data/media", "data"):
        moved = taken.parent / name.replace("/", "-")
        (taken / name).rename(moved)
        (taken / name).symlink_to(moved)
        assert ("additional", name) in {(found.kind, found.path) for found in defects(taken)}
        (taken / name).unlink()
        moved.rename(taken / name)
    assert list(defects(taken)) == []


@pytest.mark.parametrize("command", ["backup", "verify_backup", "restore_backup"])
def test_a_full_disk_is_told_in_one_line(taken, monkeypatch, command):
    def fail(self):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Worklist, "__init__", fail)
    monkeypatch.setattr("newsroom.backup.verification.TABLE", "CREATE TABLE")
    with pytest.raises(CommandError):
        call_command(command, str(taken.parent), verbosity=0)


def test_a_photo_that_cannot_be_read_is_not_told_as_one_that_cannot_be_written(
    paper, tmp_path, monkeypatch
):
    def fail(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(bag, "opened", fail)
    with pytest.raises(CommandError, match="(无法读取|cannot be read)"):
        call_command("backup", str(tmp_path / "backups"), verbosity=0)


def test_a_check_of_all_is_recorded_only_where_all_are_whole(taken):
    call_command("verify_backup", str(taken.parent), verbosity=0)
    taken.with_name("2031-05-06T070809Z").mkdir()
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(taken.parent), "--all", verbosity=0)
    assert record.VERIFICATION not in record.read()


def test_a_drill_that_fails_no_longer_counts_as_good(taken):
    record.succeeded(record.DRILL, taken)
    (taken / "note").touch()
    with pytest.raises(CommandError):
        call_command("restore_backup", str(taken), "--drill", verbosity=0)
    assert record.DRILL not in record.read()


def test_writers_at_every_step_end_the_copying_in_parts():
    restarts = snapshots._Restarts()
    for _step in range(50):
        restarts.look(5, 10, 20)  # Locked out.
    with pytest.raises(snapshots._RestartedError):
        for _step in range(50):
            restarts.look(0, 10, 20)


def test_a_manifest_that_breaks_off_serves_nothing(taken, monkeypatch):
    with (taken / bag.MANIFEST).open("ab") as file:
        file.write(f"{'0' * 64}  data/media/./a\n".encode())
    (taken / bag.TAG_MANIFEST).write_bytes(bag.tag_manifest(taken))
    assert [found.kind for found in defects(taken)] == ["damaged"]
    assert list(defects(next_backup(taken.parent, monkeypatch))) == []
