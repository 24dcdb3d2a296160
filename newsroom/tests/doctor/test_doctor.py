"""The doctor says what is wrong and what to do, changes nothing, and never breaks down itself."""

import json
import smtplib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache.backends.dummy import DummyCache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from articles.tests.factories import make_article, make_photo
from newsroom.backup import record, restoring_mark
from newsroom.doctor import database, examination, machine, upkeep
from newsroom.doctor.diagnosis import ERROR, OK, WARNING, Diagnosis, worst

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    """Keep the record of backups and the secret key to the test."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    return settings.VAR


@pytest.fixture
def media(settings, tmp_path) -> Path:
    """An empty folder of files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def levels(look) -> set[str]:
    """Return the levels of what a look finds."""
    return {diagnosis.level for diagnosis in look()}


def recorded(var: Path, **ages: timedelta) -> None:
    """Record that something went well so long ago."""
    rows = {
        kind: {"at": (timezone.now() - age).isoformat(), "path": str(var / "b" / "one")}
        for kind, age in ages.items()
    }
    (var / "b" / "one").mkdir(parents=True, exist_ok=True)
    (var / "backups.json").write_text(json.dumps(rows))


def test_what_the_system_checks_report_is_told_with_its_advice(settings):
    make_article()
    words = {diagnosis.words[-14:-1]: diagnosis.advice for diagnosis in database.system_checks()}
    assert "rebuild_search" in words["articles.W002"]


def test_a_migration_that_is_not_applied_is_named():
    assert levels(database.migrations) == {OK}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'articles'")
    [diagnosis] = database.migrations()
    assert diagnosis.level == ERROR
    assert "articles.0001_initial" in diagnosis.words


def test_a_file_that_is_gone_is_named():
    photo = make_photo()
    assert levels(database.stored_files) == {OK}
    Path(photo.file.path).unlink()
    [diagnosis] = database.stored_files()
    assert diagnosis.level == ERROR
    assert photo.file.name in diagnosis.words


def test_a_clock_that_is_wrong_is_told(monkeypatch):
    wrong = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: wrong)
    expected = {ERROR} if connection.vendor == "postgresql" else set()
    assert levels(database.clock) == expected


def test_a_half_restored_installation_is_told(settings):
    assert levels(database.restored_whole) == set()
    restoring_mark.write(Path(settings.MEDIA_ROOT), "digest")
    assert levels(database.restored_whole) == {ERROR}


@pytest.mark.parametrize(("room", "level"), [(0.5, ERROR), (3, WARNING), (50, OK)])
def test_a_disk_with_little_room_is_told(monkeypatch, room, level):
    usage = type("Usage", (), {"free": room * 10**9})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: usage)
    assert levels(machine.disks) == {level}


def test_a_folder_that_cannot_be_written_and_a_key_that_others_read_are_told(
    own_var, media, monkeypatch
):
    key = own_var / "secret_key"
    key.write_text("x")
    key.chmod(0o644)
    assert levels(machine.permissions) == {OK, ERROR}
    key.chmod(0o600)
    assert levels(machine.permissions) == {OK}

    def refuse(dir):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", refuse)
    assert levels(machine.permissions) == {ERROR}


def test_a_folder_of_files_that_is_not_there_is_told_and_not_made(media):
    media.rmdir()
    told = [diagnosis for diagnosis in machine.permissions() if str(media) in diagnosis.words]
    assert [diagnosis.level for diagnosis in told] == [WARNING]
    assert not media.exists()


def test_the_folder_of_the_file_of_the_database_is_looked_at(tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "rows" / "paper.sqlite3"))
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False, raising=False)
    is_there = tmp_path / "rows" in machine.folders()
    assert is_there == (connection.vendor == "sqlite")


def test_a_cache_that_forgets_is_told(settings, monkeypatch):
    forgetful_cache = DummyCache("", {})
    assert levels(machine.shared_cache) == {OK}
    monkeypatch.setattr(machine, "cache", forgetful_cache)
    assert levels(machine.shared_cache) == {ERROR}
    settings.CACHES = {"default": {"BACKEND": machine.NOWHERE}}
    assert levels(machine.shared_cache) == {WARNING}


def test_a_cache_that_is_away_is_told_with_advice_and_without_its_host(monkeypatch):
    def refuse(*args):
        raise ConnectionError("Error 111 connecting to 10.0.0.7:6379")

    monkeypatch.setattr(DummyCache, "set", refuse)
    monkeypatch.setattr(machine, "cache", DummyCache("", {}))
    [diagnosis] = examination.looked(machine.shared_cache)
    assert "10.0.0.7" not in str(diagnosis)
    assert (diagnosis.level, bool(diagnosis.advice)) == (ERROR, True)


@pytest.mark.parametrize(("days", "found"), [(-1, {ERROR}), (100, {WARNING}), (400, set())])
def test_a_version_whose_time_is_over_or_nearly_is_told(monkeypatch, days, found):
    monkeypatch.setattr(machine, "versions", lambda: ["Python 3.11", "Unheard 1"])
    day = machine.ENDS["Python 3.11"] - timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda: date(day.year, day.month, day.day))
    assert levels(machine.ends_of_life) == found


def test_a_last_backup_that_is_gone_or_on_the_disk_of_the_files_is_told(own_var, monkeypatch):
    recorded(own_var, backup=timedelta())
    levels_of_it = [diagnosis.level for diagnosis in upkeep.backups()][:2]
    assert levels_of_it == [OK, WARNING]
    monkeypatch.setattr(upkeep, "device_of", hash)
    assert [diagnosis.level for diagnosis in upkeep.backups()] == [OK, WARNING, WARNING]
    (own_var / "b" / "one").rmdir()
    assert [diagnosis.level for diagnosis in upkeep.backups()][:2] == [OK, ERROR]


def test_a_backup_that_a_clock_ahead_has_named_later_is_told(own_var, tmp_path):
    (last, later) = (tmp_path / f"2026-11-{day}T190000Z" for day in (29, 30))
    last.mkdir()
    record.succeeded(record.BACKUP, last)
    before = len([*upkeep.backups()])
    later.mkdir()
    told = [str(diagnosis.words) for diagnosis in upkeep.backups()]
    assert len(told) == before + 1
    assert f"{later} 的名称晚于最近一次备份" in told[1]


def test_backups_and_drills_that_are_missing_or_old_are_told(own_var, monkeypatch):
    monkeypatch.setattr(upkeep, "device_of", hash)
    assert [diagnosis.level for diagnosis in upkeep.backups()] == [ERROR, WARNING, WARNING]
    one, long_ago = timedelta(days=1), timedelta(days=90)
    recorded(own_var, backup=one, verification=one, drill=one)
    assert levels(upkeep.backups) == {OK}
    recorded(own_var, backup=long_ago, verification=long_ago, drill=long_ago)
    assert [diagnosis.level for diagnosis in upkeep.backups()] == [ERROR, WARNING, WARNING]
    (own_var / record.path().name).write_text("{")
    assert [diagnosis.level for diagnosis in upkeep.backups()] == [ERROR, WARNING, WARNING]


def test_a_mail_server_that_is_away_is_told_without_its_password(settings, monkeypatch):
    assert levels(upkeep.mail) == set()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST_PASSWORD = upkeep.SMTP, "geheim"

    def refuse(*args, **options):
        raise smtplib.SMTPAuthenticationError(535, b"geheim")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    [diagnosis] = upkeep.mail()
    assert diagnosis.level == ERROR
    assert "geheim" not in str(diagnosis)


def test_hosts_of_robots_are_tried_where_notices_are_on(settings, monkeypatch):
    def refuse(address, timeout):
        raise OSError

    monkeypatch.setattr(upkeep.socket, "create_connection", refuse)
    assert levels(upkeep.robots) == set()
    settings.NOTICES = True
    assert levels(upkeep.robots) == {WARNING}


def test_without_a_database_the_rest_is_looked_at(monkeypatch):
    def fail():
        raise OperationalError("password authentication failed for 10.0.0.7")

    monkeypatch.setattr(connection, "ensure_connection", fail)
    found = examination.examine()
    assert found[0].level == ERROR
    assert "10.0.0.7" not in str(found)
    assert len({diagnosis.subject for diagnosis in found}) > 3


def test_a_look_that_breaks_down_is_a_finding():
    def breaks():
        raise ZeroDivisionError

    [diagnosis] = examination.looked(breaks)
    assert diagnosis.level == ERROR
    assert "breaks" in diagnosis.words


def test_the_command_prints_lines_or_json_and_ends_with_1_for_an_error(monkeypatch, capsys):
    command = "newsroom.management.commands.doctor.examine"
    wrong = Diagnosis(ERROR, "Disk", "It is full.", "Make room.")
    monkeypatch.setattr(command, lambda: [Diagnosis(OK, "Cache", "It is well."), wrong])
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", verbosity=0)
    assert ended.value.code == 1
    assert capsys.readouterr().out == "✗ Disk: It is full.\n    → Make room.\n"
    with pytest.raises(SystemExit):
        call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["diagnoses"][1]) == (ERROR, wrong.as_dict())
    monkeypatch.setattr(command, lambda: [Diagnosis(WARNING, "Drill", "It is long ago.")])
    call_command("doctor")
    assert capsys.readouterr().out == "! Drill: It is long ago.\n"


def test_the_worst_finding_is_the_state():
    kinds = [Diagnosis(level, "", "") for level in (WARNING, ERROR, OK)]
    assert (worst(kinds), worst(kinds[::2]), worst([])) == (ERROR, WARNING, OK)
