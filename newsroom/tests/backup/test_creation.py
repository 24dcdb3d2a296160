"""A backup holds one instant of database and files, whatever happens meanwhile."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Photo, SourceDocument
from newsroom.backup import bag, bag_info, creation, folder, record, snapshots
from newsroom.backup.verification import defects

from .written_backups import next_backup, payload

pytestmark = pytest.mark.slow


def test_a_backup_has_the_database_and_every_file_and_is_whole(taken):
    names = [*Photo.objects.values_list("file", flat=True)]
    names += SourceDocument.objects.values_list("file", flat=True)
    stored = {f"data/media/{path}" for path in bag.walk(Path(settings.MEDIA_ROOT))}
    assert {f"data/media/{name}" for name in names} <= stored
    kind = "sqlite3" if connection.vendor == "sqlite" else "dump"
    assert payload(taken) == stored | {f"data/database.{kind}"}
    assert list(defects(taken)) == []


def test_the_command_ends_with_new_statistics_of_the_tables(paper, tmp_path):
    with CaptureQueriesContext(connection) as queries:
        call_command("backup", str(tmp_path / "backups"), verbosity=0)
    assert queries.captured_queries[-1]["sql"] == "ANALYZE"


def test_a_backup_tells_what_it_was_made_of(taken):
    info = bag.read_info(taken)
    assert info["Database-Engine"] == [connection.vendor]
    assert "articles_photo 1" in info["Row-Count"]
    assert "articles.0001_initial" in info["Migration"]
    size, _, count = info["Payload-Oxum"][0].partition(".")
    assert int(count) == len(payload(taken))
    assert int(size) == sum((taken / path).stat().st_size for path in payload(taken))


def test_only_its_owner_can_read_a_backup(taken):
    assert {each.stat().st_mode & 0o077 for each in (taken.parent, taken, taken / "data")} == {0}
    files = [path for path in (taken / "data").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_files_that_are_the_same_are_linked_to_the_backup_before(taken, monkeypatch):
    name = Photo.objects.get().file.name
    document = Path(SourceDocument.objects.get().file.path)
    document.write_bytes(document.read_bytes()[::-1])
    later = next_backup(taken.parent, monkeypatch)
    assert (later / bag.MEDIA / name).samefile(taken / bag.MEDIA / name)
    own = later / bag.MEDIA / SourceDocument.objects.get().file.name
    assert own.read_bytes() == document.read_bytes()
    assert list(defects(taken)) == list(defects(later)) == []


def test_a_backup_links_nothing_to_one_whose_manifest_is_damaged(taken, monkeypatch):
    with (taken / bag.MANIFEST).open("ab") as file:
        file.write(b" ")
    later = next_backup(taken.parent, monkeypatch)
    name = Photo.objects.get().file.name
    assert not (later / bag.MEDIA / name).samefile(taken / bag.MEDIA / name)


def test_a_whole_backup_links_nothing(taken, monkeypatch):
    later = next_backup(taken.parent, monkeypatch, is_whole=True)
    name = Photo.objects.get().file.name
    assert not (later / bag.MEDIA / name).samefile(taken / bag.MEDIA / name)


def test_a_photo_that_is_deleted_while_files_are_copied_is_in_no_half(paper, tmp_path):
    deleted = []

    def delete(done, total):
        if not deleted:
            photo = Photo.objects.get()
            photo.captions.all().delete()
            deleted.append(photo.file.name)
            photo.delete()
            for path in Path(settings.MEDIA_ROOT).rglob(f"*{Path(deleted[0]).stem}*"):
                path.unlink()

    backup = creation.create(tmp_path / "backups", tick=delete).path
    assert not any(Path(deleted[0]).stem in path for path in payload(backup))
    assert "articles_photo 0" in bag.read_info(backup)["Row-Count"]
    assert list(defects(backup)) == []


def test_a_file_that_was_lost_before_is_told_and_the_rest_is_kept(paper, tmp_path, capsys):
    photo = Photo.objects.get()
    Path(photo.file.path).unlink()
    with pytest.raises(SystemExit) as ended:
        call_command("backup", str(tmp_path / "backups"), verbosity=0)
    assert ended.value.code == 3
    assert photo.file.name in capsys.readouterr().err
    [backup] = folder.backups(tmp_path / "backups")
    assert list(defects(backup)) == []
    assert bag.read_info(backup)["Lost-File"] == [repr(photo.file.name)]
    call_command("verify_backup", str(backup))
    told = capsys.readouterr()
    assert " 1 " in told.out
    assert photo.file.name in told.err


def test_an_interrupted_backup_has_no_name_and_the_next_goes_on_with_it(paper, tmp_path):
    where = tmp_path / "backups"

    def die(done, total):
        if done == total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        creation.create(where, tick=die)
    [part] = folder.unfinished(where)
    copied = set(bag.walk(part / bag.MEDIA))
    assert copied
    assert list(defects(part)) != []
    assert folder.backups(where) == []
    (part / bag.MEDIA / "stray").write_text("of another time")
    backup = creation.create(where)
    assert backup.copied == backup.file_count - len(copied)
    assert folder.unfinished(where) == []
    assert list(defects(backup.path)) == []


def test_a_backup_that_died_before_it_got_its_name_does_not_verify(paper, tmp_path, monkeypatch):
    monkeypatch.setattr(bag, "write_tags", interrupted(bag.write_tags))
    with pytest.raises(KeyboardInterrupt):
        creation.create(tmp_path / "backups")
    [part] = folder.unfinished(tmp_path / "backups")
    assert [defect.kind for defect in defects(part)] == ["unfinished"]


def interrupted(act):
    """Return a function that does something and dies."""

    def run(*args):
        act(*args)
        raise KeyboardInterrupt

    return run


def test_two_backups_at_once_are_one(paper, tmp_path):
    def again(done, total):
        with pytest.raises(CommandError):
            call_command("backup", str(tmp_path / "backups"), verbosity=0)

    creation.create(tmp_path / "backups", tick=again)
    assert len(folder.backups(tmp_path / "backups")) == 1


def test_a_backup_among_the_files_themselves_is_refused(paper):
    with pytest.raises(CommandError):
        call_command("backup", str(Path(settings.MEDIA_ROOT) / "backups"), verbosity=0)


def test_a_good_backup_is_recorded_and_summed_up(paper, tmp_path, capsys):
    call_command("backup", str(tmp_path / "backups"), keep="1d")
    [backup] = folder.backups(tmp_path / "backups")
    assert record.read()["backup"]["path"] == str(backup)
    assert bag.digest_of(backup / bag.TAG_MANIFEST) in capsys.readouterr().out


def test_sqlite_is_copied_whole_while_somebody_writes_again_and_again(tmp_path, monkeypatch):
    paths = tmp_path / "source.sqlite3", tmp_path / "copy.sqlite3"
    source, writer = sqlite3.connect(paths[0]), sqlite3.connect(paths[0])
    writer.execute("PRAGMA synchronous=OFF")
    writer.execute("CREATE TABLE word (text)")
    writer.executemany("INSERT INTO word VALUES (?)", [("鲸落" * 900,)] * 40)
    writer.commit()
    monkeypatch.setattr(snapshots, "PAGES", 5)
    look = snapshots._Restarts.look

    def write(self, *seen):
        writer.execute("INSERT INTO word VALUES ('又')")
        writer.commit()
        look(self, *seen)

    monkeypatch.setattr(snapshots._Restarts, "look", write)
    paths[1].touch()
    snapshots.copy_sqlite(source, paths[1])
    written = writer.execute("SELECT count(*) FROM word").fetchone()
    with snapshots.open_sqlite(paths[1]) as copy:
        assert copy.execute("SELECT count(*) FROM word").fetchone() == written
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", "source.sqlite3"]


def test_a_release_tells_its_version_in_a_file(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "RELEASE").write_text("v1.4\n")
    assert bag_info.code_version() == "v1.4"
