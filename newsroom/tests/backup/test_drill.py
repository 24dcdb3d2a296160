"""A drill restores a backup elsewhere, looks it over, and leaves nothing behind."""

import tempfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article
from newsroom import env
from newsroom.backup import bag, record
from newsroom.backup.drill import renamed

pytestmark = pytest.mark.slow


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The folder of temporary files, empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def drill_databases() -> list:
    """Return the databases of drills that are there."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'newsroom_drill%%'")
        return cursor.fetchall()


def test_a_good_backup_passes_and_the_paper_and_the_disk_are_as_before(taken, scratch, capsys):
    count = Article.objects.count()
    call_command("restore_backup", str(taken.parent), "--drill")
    assert record.read()["drill"]["path"] == str(taken)
    assert str(taken) in capsys.readouterr().out
    assert (list(scratch.iterdir()), drill_databases()) == ([], [])
    assert Article.objects.count() == count


def test_a_copy_that_is_not_sound_fails_and_is_removed_too(taken, scratch, capsys):
    info = taken / bag.INFO
    info.write_text(info.read_text().replace("articles_photo 1", "articles_photo 2"))
    (taken / bag.TAG_MANIFEST).write_bytes(bag.tag_manifest(taken))
    with pytest.raises(CommandError):
        call_command("restore_backup", str(taken), "--drill", verbosity=0)
    assert "articles_photo" in capsys.readouterr().err
    assert "drill" not in record.read()
    assert (list(scratch.iterdir()), drill_databases()) == ([], [])


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("postgres:///newsroom", "postgres:///newsroom_drill_1"),
        ("postgres://:5433/newsroom", "postgres://:5433/newsroom_drill_1"),
        ("postgres://u:p%40@db:5432/paper", "postgres://u:p%40@db:5432/newsroom_drill_1"),
        ("postgres://db/paper?sslmode=require", "postgres://db/newsroom_drill_1?sslmode=require"),
    ],
)
def test_the_copy_is_reached_as_the_database_of_the_site_is(url, found, monkeypatch):
    assert renamed(url, "newsroom_drill_1") == found
    monkeypatch.setenv("DATABASE_URL", found)
    assert env.database("DATABASE_URL", default="")["NAME"] == "newsroom_drill_1"
