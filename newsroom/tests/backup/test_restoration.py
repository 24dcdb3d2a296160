"""What was backed up comes back to the byte, into an empty installation and no other."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article, Member, MissedAddress, SearchEntry
from articles.search import build
from newsroom.backup import bag, creation, postgres_tools, restoration, restoring_mark
from newsroom.backup.bag import BackupError

pytestmark = pytest.mark.slow


def test_every_public_page_is_the_same_to_the_byte(every_page, public_pages, empty_it, tmp_path):
    before = public_pages()
    statuses = {status for status, _ in before.values()}
    assert len(before) > 150
    assert 200 in statuses
    creation.create(tmp_path / "backups")
    empty_it()
    assert public_pages().keys() != before.keys()
    call_command("restore_backup", str(tmp_path / "backups"), verbosity=0)
    after = public_pages()
    assert [page for page in before | after if before.get(page) != after.get(page)] == []


def test_the_search_is_restored_with_its_index(paper, empty_it, client, tmp_path):
    call_command("rebuild_search", verbosity=0)
    headline = Article.objects.exclude(headline="").filter(page__isnull=False).first().headline
    before = client.get("/search/", {"q": headline}).content
    backup = creation.create(tmp_path / "backups").path
    empty_it()
    restoration.restore(backup)
    assert SearchEntry.objects.exists()
    assert build.is_complete()
    assert client.get("/search/", {"q": headline}).content == before


def test_an_installation_with_rows_or_files_is_refused_and_left_alone(taken, empty_it):
    count = Article.objects.count()
    with pytest.raises(CommandError):
        call_command("restore_backup", str(taken), verbosity=0)
    assert Article.objects.count() == count
    empty_it()
    stray = Path(settings.MEDIA_ROOT) / "photos" / "a.jpg"
    stray.parent.mkdir(parents=True)
    stray.touch()
    with pytest.raises(BackupError):
        restoration.restore(taken)
    assert not Article.objects.exists()
    assert restoring_mark.read(Path(settings.MEDIA_ROOT)) == ""


def test_what_was_asked_for_in_vain_makes_no_installation_full(taken, empty_it):
    articles = Article.objects.count()
    empty_it()
    MissedAddress.objects.create(day=timezone.localdate(), path="/wp-login.php")
    restoration.restore(taken)
    assert Article.objects.count() == articles
    assert not MissedAddress.objects.exists()


def test_a_damaged_backup_is_not_restored(taken, empty_it, capsys):
    empty_it()
    (taken / "data" / "note").touch()
    with pytest.raises(CommandError):
        call_command("restore_backup", str(taken), verbosity=0)
    assert "data/note" in capsys.readouterr().err
    assert not Path(settings.MEDIA_ROOT).exists()


def test_an_interrupted_restore_is_no_paper_and_goes_on(taken, empty_it):
    articles, files = Article.objects.count(), {*bag.walk(Path(settings.MEDIA_ROOT))}
    empty_it()
    with pytest.raises(KeyboardInterrupt):
        restoration.restore(taken, interrupt)
    assert not Article.objects.exists()
    assert restoring_mark.read(Path(settings.MEDIA_ROOT))
    with pytest.raises(CommandError):
        call_command("backup", str(taken.parent), verbosity=0)
    restoration.restore(taken)
    assert Article.objects.count() == articles
    assert {*bag.walk(Path(settings.MEDIA_ROOT))} == files


def interrupt(count):
    """Die after the first file."""
    raise KeyboardInterrupt


def test_a_restore_that_died_after_the_database_came_is_finished(taken, empty_it, monkeypatch):
    articles = Article.objects.count()
    empty_it()
    with monkeypatch.context() as patched:
        patched.setattr(restoring_mark, "remove", interrupt)
        with pytest.raises(KeyboardInterrupt):
            restoration.restore(taken)
    restoration.restore(taken)
    assert Article.objects.count() == articles
    assert restoring_mark.read(Path(settings.MEDIA_ROOT)) == ""


def test_rows_that_were_written_into_a_half_restored_paper_are_not_taken_for_its_own(
    taken, empty_it
):
    empty_it()
    with pytest.raises(KeyboardInterrupt):
        restoration.restore(taken, interrupt)
    Member.objects.create_user("zongbian")
    with pytest.raises(BackupError):
        restoration.restore(taken)
    assert Member.objects.exists()


def test_what_was_written_while_files_were_copied_is_not_replaced(taken, empty_it):
    empty_it()

    def write(count):
        Member.objects.get_or_create(username="zongbian")

    with pytest.raises(BackupError):
        restoration.restore(taken, write)
    assert Member.objects.filter(username="zongbian").exists()


def test_a_mark_that_was_half_written_is_no_file_and_modes_are_mended(taken, empty_it):
    empty_it()
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True)
    for half in (restoring_mark.MARK, restoring_mark.WRITTEN):
        (media / half).touch()
    with pytest.raises(KeyboardInterrupt):
        restoration.restore(taken, interrupt)
    [path] = [path for path in bag.walk(media) if path != restoring_mark.MARK]
    (media / path).chmod(0o600)
    restoration.restore(taken)
    assert (media / path).stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(connection.vendor == "sqlite", reason="its database is replaced whole")
def test_a_database_with_newer_migrations_is_refused_before_anything_is_done(taken, empty_it):
    empty_it()
    info = taken / bag.INFO
    newest = [line for line in info.read_text().splitlines() if line.startswith("Migration: art")]
    info.write_text(info.read_text().replace(f"{newest[-1]}\n", ""))
    with pytest.raises(BackupError, match=newest[-1].removeprefix("Migration: ")):
        restoration.restore(taken)
    assert restoring_mark.read(Path(settings.MEDIA_ROOT)) == ""


def test_the_program_of_the_server_or_the_next_newer_one_is_taken(tmp_path, monkeypatch):
    for version in (14, 16, 18):
        path = tmp_path / str(version) / "bin" / "pg_restore"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'pg_restore (PostgreSQL) {version}.1'\n")
        path.chmod(0o755)
    monkeypatch.setattr(postgres_tools, "VERSIONS", tmp_path)
    newest = str(tmp_path / "18" / "bin" / "pg_restore")
    monkeypatch.setattr(postgres_tools.shutil, "which", lambda name: newest)
    assert postgres_tools.program("pg_restore", 15) == str(tmp_path / "16" / "bin" / "pg_restore")
    with pytest.raises(BackupError):
        postgres_tools.program("pg_restore", 19)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite needs no programs")
def test_a_backup_and_a_restore_look_for_programs_of_the_version_of_the_server(
    paper, empty_it, tmp_path, monkeypatch
):
    asked, program = [], postgres_tools.program

    def note(name, server):
        asked.append((name, server))
        return program(name, server)

    monkeypatch.setattr(postgres_tools, "program", note)
    backup = creation.create(tmp_path / "backups").path
    empty_it()
    restoration.restore(backup)
    server = connection.get_database_version()[0]
    assert asked == [("pg_dump", server), ("pg_restore", server)]


def test_another_backup_is_not_put_on_top_of_a_half_restored_one(taken, empty_it):
    empty_it()
    restoring_mark.write(Path(settings.MEDIA_ROOT), "of another")
    with pytest.raises(BackupError):
        restoration.restore(taken)


def test_a_backup_of_another_database_or_a_newer_version_is_refused(taken, empty_it):
    empty_it()
    info = taken / bag.INFO
    text = info.read_text()
    info.write_text(f"{text}Migration: articles.9999_of_tomorrow\n")
    with pytest.raises(BackupError, match="9999_of_tomorrow"):
        restoration.restore(taken)
    info.write_text(text)
    [database] = (taken / "data").glob("database.*")
    other = {"database.sqlite3": "database.dump", "database.dump": "database.sqlite3"}
    database.rename(database.with_name(other[database.name]))
    with pytest.raises(BackupError):
        restoration.restore(taken)


def test_a_folder_without_a_backup_is_told(db, tmp_path):
    for command in ("restore_backup", "verify_backup"):
        with pytest.raises(CommandError):
            call_command(command, str(tmp_path), verbosity=0)
