"""Backups in object storage: written, interrupted, verified, rotated, restored."""

import io
import shutil
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article
from articles.search.entries import text_index
from articles.tests.gunicorn_server import until
from newsroom.backup import folder, places, record
from newsroom.backup.bag import BackupError
from newsroom.backup.store import creation
from newsroom.backup.store.place import GRACE, LOCK, OBJECTS, Place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def where(settings, place, tmp_path) -> Place:
    """A place for backups; the media are in a folder."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    names = ("endpoint_url", "region_name", "access_key", "secret_key")
    settings.BACKUP_S3 = {name: place[name] for name in names}
    call_command("loaddata", "sample_issue", verbosity=0)
    return Place(f"s3://{place['bucket_name']}/backups")


def made_at(monkeypatch, name: str, where: Place, **options):
    """Write a backup that has another name."""
    with monkeypatch.context() as patched:
        patched.setattr(folder, "FORMAT", name)
        return creation.create(where, **options)


def empty_it(settings):
    call_command("flush", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        text_index.clear()
    shutil.rmtree(settings.MEDIA_ROOT)


def files_in(folder_of_files) -> dict[str, bytes]:
    found = (path for path in folder_of_files.rglob("*") if path.is_file())
    return {str(path.relative_to(folder_of_files)): path.read_bytes() for path in found}


def defects_of(backup) -> list[tuple[str, str]]:
    with places.readable(backup) as found:
        return [(each.kind, each.path) for each in found.defects()]


def test_a_backup_is_written_verified_and_restored(where, settings, client):
    words, files = Article.objects.get(position=1, page__label="A1"), files_in(settings.MEDIA_ROOT)
    said = io.StringIO()
    call_command("backup", str(where), stdout=said)
    [backup] = where.backups()
    assert str(backup) in said.getvalue()
    call_command("verify_backup", str(where), verbosity=0)
    call_command("restore_backup", str(where), "--drill", verbosity=0)
    assert {row["path"] for row in record.read().values()} == {str(backup)}
    empty_it(settings)
    call_command("restore_backup", str(backup), verbosity=0)
    assert files_in(settings.MEDIA_ROOT) == files
    assert Article.objects.get(pk=words.pk).body == words.body


def test_what_is_there_is_not_written_again(where, monkeypatch):
    first = creation.create(where)
    count = len(list(where.objects()))  # Some files are the same.
    second = made_at(monkeypatch, "2021-05-06T070809Z", where)
    assert (first.copied, second.copied, count > 4) == (count, 0, True)
    whole = made_at(monkeypatch, "2021-05-07T070809Z", where, is_whole=True)
    assert whole.copied == len(list(where.objects())) == count


@pytest.mark.parametrize("step", ["copy", "write_tags", "refuse_missing"])
def test_one_that_is_interrupted_is_none_and_the_next_one_goes_on(where, monkeypatch, step):
    def die(*values, **options):
        raise KeyboardInterrupt

    count, copy = [], creation.StoreWriting.copy

    def die_at_the_second(writing, path):
        count.append(path)
        return die() if len(count) == 2 else copy(writing, path)

    with monkeypatch.context() as patched:
        patched.setattr(creation.StoreWriting, step, die_at_the_second if step == "copy" else die)
        with pytest.raises(KeyboardInterrupt):
            creation.create(where)
    assert where.backups() == []
    with pytest.raises(BackupError):
        where.chosen()
    already = len(list(where.objects()))
    done = creation.create(where)
    assert (already > 0, done.copied) == (True, len(list(where.objects())) - already)
    assert defects_of(done.path) == []
    assert where.names() == [done.path.name]


def test_every_kind_of_damage_is_found(where, place):
    backup = creation.create(where).path
    storage = where.storage
    for name in [each.name for each in storage.stored_files()]:
        data = storage.open(name).read()
        storage.replace(name, ContentFile(data[:-1] + bytes([data[-1] ^ 1])))
        assert len(defects_of(backup)) >= 1, name
        storage.delete(name)
        assert len(defects_of(backup)) >= 1, name
        storage.replace(name, ContentFile(data))
    storage.save(backup.key("data/media/more.jpg"), ContentFile(b"1"))
    assert defects_of(backup) == [("additional", "data/media/more.jpg")]
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(where), verbosity=0, stderr=io.StringIO())


def test_a_damaged_backup_is_not_restored(where, settings):
    creation.create(where)
    name = next(each.name for each in where.storage.stored_files(OBJECTS))
    where.storage.replace(name, ContentFile(b"damaged"))
    empty_it(settings)
    with pytest.raises(CommandError):
        call_command("restore_backup", str(where), verbosity=0, stderr=io.StringIO())
    assert not settings.MEDIA_ROOT.exists()


def test_only_one_writes_at_a_time_and_a_dead_one_is_taken_over(where, monkeypatch):
    with where.locked(), pytest.raises(BlockingIOError):
        creation.create(where)
    assert not where.storage.exists(LOCK)
    where.storage.save(LOCK, ContentFile(b"of a process that was killed"))
    monkeypatch.setattr("newsroom.backup.store.place.LEASE", -1)
    creation.create(where)
    assert not where.storage.exists(LOCK)


def test_one_whose_lock_was_taken_over_is_never_finished(where, monkeypatch):
    def take(writing):
        where.storage.replace(LOCK, ContentFile(b"of another one"))

    monkeypatch.setattr(creation.StoreWriting, "refuse_missing", take)
    with pytest.raises(BackupError):
        creation.create(where)
    assert where.backups() == []
    assert where.storage.exists(LOCK)


def test_old_backups_go_and_with_them_what_no_other_names(where, monkeypatch, settings):
    made_at(monkeypatch, "2021-05-06T070809Z", where)
    extra = settings.MEDIA_ROOT / "photos" / "of-one-backup.jpg"
    extra.write_bytes(b"1")
    made_at(monkeypatch, "2021-05-07T070809Z", where)
    extra.unlink()
    monkeypatch.setattr(creation, "GRACE", -GRACE)
    before = len(list(where.objects()))
    call_command("backup", str(where), "--keep", "1d", verbosity=0)
    [kept] = where.backups()
    assert (kept.name[:2], len(list(where.objects()))) == ("20", before - 1)
    assert folder.instant_of(kept).year > 2021
    assert defects_of(kept) == []


def test_a_backup_without_a_server_or_with_another_scheme_is_refused(settings):
    settings.BACKUP_S3 = {}
    for address in ("s3://paper/backups", "s3://", "ftp://paper/backups"):
        with pytest.raises(CommandError):
            call_command("backup", address, verbosity=0)
    assert urlsplit("s3://paper/backups").netloc == "paper"


def test_a_lock_is_renewed_while_a_backup_takes_its_time(where, monkeypatch):
    monkeypatch.setattr("newsroom.backup.store.place.RENEWED_EVERY", 0.01)
    with where.locked() as lock:
        first = lock.tag
        until(lambda: lock.tag != first, "another tag", within=30)
        with pytest.raises(BlockingIOError):
            creation.create(where)
    assert not where.storage.exists(LOCK)
