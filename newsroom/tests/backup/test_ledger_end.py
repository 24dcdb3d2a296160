"""The ledger in a backup is the one that the backup tells of: its end, and in a drill all of it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import ledger
from articles.ledger import verification
from articles.models import LedgerEntry, LedgerHead, LedgerKind
from articles.tests.workflow_factories import member_who_may, through, written
from newsroom.backup import bag, creation, record
from newsroom.backup.ledger_end import differences

pytestmark = pytest.mark.slow


@pytest.fixture
def taken_with_ledger(paper, tmp_path):
    """Return a function that takes a backup of a paper whose ledger has three entries."""
    writer = member_who_may()
    through(written(by=writer), ("submit", writer))
    ledger.record(LedgerKind.EXPORT)
    return lambda: creation.create(tmp_path / "backups").path


def run(sql, *values):
    """Run SQL past the program."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def tell_another_head(backup, head: str) -> None:
    """Let a backup tell another head, with the digests that fit."""
    info = backup / bag.INFO
    now = f"Ledger-Head: {verification.head()}"
    assert now in info.read_text()
    info.write_text(info.read_text().replace(now, f"Ledger-Head: {head}"))
    (backup / bag.TAG_MANIFEST).write_bytes(bag.tag_manifest(backup))


def test_the_ledger_of_a_backup_ends_as_the_backup_tells(taken_with_ledger):
    backup = taken_with_ledger()
    assert bag.read_info(backup)["Ledger-Head"] == [str(verification.head())]
    assert differences(backup) == []


def test_a_ledger_of_which_nothing_was_entered_is_no_difference(taken):
    assert differences(taken) == []


def test_a_head_of_no_entry_is_not_told(paper, tmp_path):
    LedgerHead.objects.update_or_create(pk=1, defaults={"number": 0, "digest": ""})
    backup = creation.create(tmp_path / "backups").path
    assert "Ledger-Head" not in bag.read_info(backup)
    assert differences(backup) == []


def test_another_head_than_the_database_has_is_found_by_a_check(taken_with_ledger, capsys):
    backup, other = taken_with_ledger(), f"4:{'0' * 64}"
    tell_another_head(backup, other)
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(backup), verbosity=0)
    head = str(verification.head())
    words = f"{backup.name}: 照备份所记，台账止于{other}；备份的数据库里，台账头是{head}。"
    assert capsys.readouterr().err.splitlines() == [words]
    assert "verification" not in record.read()


def test_a_last_entry_that_is_not_the_head_is_found(taken_with_ledger):
    run("DELETE FROM articles_ledgerentry WHERE number = 3")
    head = LedgerHead.objects.get()
    last = LedgerEntry.objects.get(number=2)
    [found] = differences(taken_with_ledger())
    assert found == f"备份的数据库里，台账头是{head}，最后一条却是2:{last.digest}。"


def test_a_drill_finds_another_head_and_a_row_that_was_changed(taken_with_ledger, capsys):
    run("UPDATE articles_review SET note = 'x'")
    backup = taken_with_ledger()
    assert differences(backup) == []
    tell_another_head(backup, f"4:{'0' * 64}")
    with pytest.raises(CommandError):
        call_command("restore_backup", str(backup), "--drill", verbosity=0)
    told = capsys.readouterr().err
    for words in ("照备份所记，台账止于4:0000", "台账末尾缺失", "台账第2条之后被改动过"):
        assert words in told
    assert "drill" not in record.read()
