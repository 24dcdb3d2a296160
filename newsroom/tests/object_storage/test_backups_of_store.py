"""Backups of media in object storage, and restores into it."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles.models import Photo
from newsroom.backup import creation, drill, media, restoration
from newsroom.backup.verification import defects
from newsroom.doctor import database, machine
from newsroom.doctor.diagnosis import ERROR, OK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def paper(in_store, settings, tmp_path):
    """The sample issue, whose photo is in the store."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    call_command("loaddata", "sample_issue", verbosity=0)


def contents() -> dict[str, bytes]:
    return {each.name: default_storage.open(each.name).read() for each in media_files()}


def media_files():
    return default_storage.stored_files()


def test_a_backup_holds_the_objects_and_is_restored_into_the_store(paper, tmp_path, client):
    before, address = contents(), f"/photos/{Photo.objects.get().uid}/small.jpg"
    backup = creation.create(tmp_path / "backups").path
    assert list(defects(backup)) == []
    again = creation.create(tmp_path / "others")
    assert again.file_count == len(before) > 3
    call_command("flush", interactive=False, verbosity=0)
    for name in before:
        default_storage.delete(name)
    restoration.restore(backup)
    assert contents() == before
    assert client.get(address).status_code == 200


def test_a_restore_that_was_interrupted_is_marked_in_the_store_and_gone_on_with(paper, tmp_path):
    backup = creation.create(tmp_path / "backups").path
    call_command("flush", interactive=False, verbosity=0)
    for name in (before := contents()):
        default_storage.delete(name)

    def interrupt(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restoration.restore(backup, interrupt)
    assert media.current().mark()
    assert [each.level for each in database.restored_whole()] == [ERROR]
    restoration.restore(backup)
    assert (contents(), media.current().mark()) == (before, "")


def test_a_drill_touches_nothing_in_the_store(paper, tmp_path):
    before = contents()
    found = drill.drill(creation.create(tmp_path / "backups").path)
    assert found["faults"] == []
    assert contents() == before


def test_a_store_that_is_not_empty_is_refused(paper, tmp_path):
    backup = creation.create(tmp_path / "backups").path
    call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(restoration.bag.BackupError):
        restoration.restore(backup)


def test_no_backup_is_made_of_a_store_out_of_reach(paper, tmp_path, out_of_reach):
    out_of_reach()
    with pytest.raises(CommandError, match="存储服务"):
        call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    assert not list((tmp_path / "backups").glob("*Z"))


def test_the_doctor_tries_the_store(paper, out_of_reach):
    assert [each.level for each in machine.media_store()] == [OK]
    assert [each.level for each in database.stored_files()] == [OK]
    default_storage.delete(Photo.objects.get().file.name)
    assert [each.level for each in database.stored_files()] == [ERROR]
    out_of_reach()
    assert [each.level for each in machine.media_store()] == [ERROR]
