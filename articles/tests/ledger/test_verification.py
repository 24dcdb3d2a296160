"""Whatever is changed, removed, inserted or exchanged past the program is found and told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import ledger
from articles.ledger import verification
from articles.ledger.verification import Head
from articles.models import Correction, LedgerEntry, LedgerHead, LedgerKind, Review, Revision
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.workflow_factories import rewritten, through, written
from articles.workflow.release import recall, release

pytestmark = pytest.mark.django_db


def run(sql, *values):
    """Run SQL past the program."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def defects(*expected):
    return verification.verify(expected).defects


def verified(*options):
    """Return what verify_ledger prints, what it prints beside, and its exit status."""
    out, beside, status = StringIO(), StringIO(), 0
    try:
        call_command("verify_ledger", *options, stdout=out, stderr=beside)
    except SystemExit as ended:
        status = ended.code
    return out.getvalue().splitlines(), beside.getvalue().splitlines(), status


@pytest.fixture
def article(writer, readers):
    """An article that was written, reviewed, signed and corrected with a notice."""
    page = make_page(issue=make_issue())
    article = written(by=writer, page=page)
    steps = zip(("submit", "pass_first", "pass_second", "sign"), (writer, *readers), strict=True)
    through(article, *steps)
    return rewritten(
        article, by=readers[2], headline="改过的标题", reason="有误", notice="标题有误"
    )


def test_what_the_program_writes_is_intact(article):
    assert verification.verify().count == 0
    assert Correction.objects.count() == 1
    kinds = LedgerEntry.objects.order_by("number").values_list("kind", flat=True)
    assert [*kinds] == ["revision", *["review"] * 4, "revision", "review", "correction"]


def test_an_entry_tells_no_words(article):
    facts = "".join(LedgerEntry.objects.values_list("facts", flat=True))
    assert "标题" not in facts.encode().decode("unicode_escape")
    assert "有误" not in facts.encode().decode("unicode_escape")


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE articles_ledgerentry SET address = '10.0.0.9' WHERE number = 3", "第3条被改动过"),
        ("UPDATE articles_ledgerentry SET made_at = '2020-01-01 00:00:00' WHERE number = 3", ""),
        ("DELETE FROM articles_ledgerentry WHERE number = 3", "缺少台账第3条至第3条"),
        ("UPDATE articles_ledgerentry SET kind = 'backup' WHERE number = 8", "第8条被改动过"),
        ("UPDATE articles_review SET note = 'x' WHERE move = 'sign'", "台账第5条之后被改动过"),
        ("UPDATE articles_revision SET status = 'held' WHERE number = 1", "台账第1条之后被改动过"),
        ("DELETE FROM articles_correction", "台账第8条"),
        ("DELETE FROM articles_ledgerentry WHERE number = 8", "末尾缺失"),
    ],
)
def test_a_change_past_the_program_is_found(article, sql, words):
    run(sql)
    assert any(words in defect for defect in defects())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite takes bytes as text")
@pytest.mark.parametrize("column", ["kind", "facts", "previous", "digest", "row_digest"])
def test_bytes_in_place_of_text_are_found(article, column):
    run(f"UPDATE articles_ledgerentry SET {column} = CAST({column} AS blob) WHERE number = 3")
    assert any("第3条" in defect for defect in defects())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite takes bytes as text")
def test_bytes_in_a_row_are_found(article):
    run("UPDATE articles_review SET move = CAST(move AS blob) WHERE move = 'sign'")
    assert any("台账第5条之后被改动过" in defect for defect in defects())


def test_two_exchanged_entries_are_found(article):
    for number, other in ((2, 1000), (3, 2), (1000, 3)):
        run("UPDATE articles_ledgerentry SET number = %s WHERE number = %s", other, number)
    assert len(defects()) >= 2


def test_a_row_that_was_inserted_is_found(article):
    row = Review.objects.first()
    row.pk, row._state.adding = None, True
    row.save()
    assert ["台账" in defect for defect in defects()] == [True]


def test_a_cut_off_end_is_found_by_a_head_that_was_written_down(article):
    written_down = verification.head()
    run("DELETE FROM articles_correction")
    run("DELETE FROM articles_ledgerentry WHERE number = 8")
    last = LedgerEntry.objects.first()
    run("UPDATE articles_ledgerhead SET number = %s, digest = %s", last.number, last.digest)
    assert defects() == []
    assert len(defects(written_down)) == 1


def test_a_head_that_was_set_back_is_found(article):
    """The next entry would have a number that is taken: nothing could be saved any more."""
    entry = LedgerEntry.objects.get(number=7)
    run("UPDATE articles_ledgerhead SET number = %s, digest = %s", entry.number, entry.digest)
    found = ["台账末条记作第7条，最后一条却是第8条。"]
    assert (defects(), verification.verify_end(3).defects) == (found, found)


def test_a_ledger_that_was_written_anew_is_found_by_a_head_that_was_written_down(article):
    other = Head(4, "0" * 64)
    assert len(defects(other)) == 1


def test_releases_and_recalls_are_entered(db):
    chief, issue = make_chief(), make_issue(released_at=None)
    make_article(page=make_page(issue=issue))
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    recall(issue, by=chief)
    entries = LedgerEntry.objects.filter(object_type="release").order_by("number")
    assert [(each.kind, each.member) for each in entries] == [("release", chief), ("recall", chief)]
    assert defects() == []


def test_the_command_tells_whether_the_ledger_is_intact(article):
    out, beside, status = verified()
    assert (len(out), beside, status) == (2, [], 0)
    run("UPDATE articles_review SET note = 'x' WHERE move = 'sign'")
    out, beside, status = verified()
    assert (out, len(beside), status) == ([], 3, 1)


def test_verdict_and_head_are_sent_where_they_are_wanted(article, mailoutbox):
    assert verified("--mail", "dangan@example.com")[2] == 0
    run("UPDATE articles_review SET note = 'x' WHERE move = 'sign'")
    assert verified("--mail", "dangan@example.com")[2] == 1
    intact, broken = mailoutbox
    assert str(verification.head()) in intact.body
    assert "被改动过" in broken.body and broken.to == ["dangan@example.com"]


def test_the_command_prints_the_head_and_takes_it_back(article):
    (line,), _beside, _status = verified("--head")
    assert line == str(verification.head())
    assert verified("--expect", line)[2] == 0
    assert verified("--expect", line.replace("8:", "9:"))[2] == 1


def test_rows_of_before_are_taken_in(article):
    run("DELETE FROM articles_ledgerentry")
    run("UPDATE articles_ledgerhead SET number = 0, digest = ''")
    assert len(defects()) == Revision.objects.count() + Review.objects.count() + 1
    assert verified("--take-in")[2] == 0
    entries = LedgerEntry.objects.values_list("kind", flat=True)
    assert [*entries] == [LedgerKind.TAKEN_IN] * 8
    assert verified("--take-in")[0][0].endswith("：0行。")


def test_a_lost_head_is_made_of_the_last_entry(article):
    run("DELETE FROM articles_ledgerhead")
    ledger.record(LedgerKind.BACKUP)
    assert LedgerHead.objects.get().number == 9
    assert defects() == []


def test_the_last_entries_are_verified_by_themselves(article):
    assert (verification.verify_end(3).count, verification.verify_end(100).count) == (0, 0)
    assert verification.verify_end(3).entries == 3
    run("UPDATE articles_ledgerentry SET address = '1' WHERE number = 7")
    assert verification.verify_end(3).count == 1
    assert verification.verify_end(1).count == 0
