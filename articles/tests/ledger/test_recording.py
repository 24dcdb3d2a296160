"""What is recorded is entered at the end of its transaction, with it or not at all."""

import sys

import pytest
from django.db import IntegrityError, transaction

from articles import ledger
from articles.ledger import chain, rows
from articles.models import LedgerEntry, LedgerHead, LedgerKind
from articles.models.revision import AppendOnlyError
from articles.tests.factories import make_member
from articles.tests.query_cost import LEDGER, SAVEPOINT

pytestmark = pytest.mark.django_db


def entries():
    return list(LedgerEntry.objects.order_by("number"))


def test_an_entry_tells_what_happened_who_did_it_and_from_where():
    member = make_member(username="guanliyuan")
    with ledger.asked_from("10.1.2.3"):
        ledger.record(LedgerKind.ROLE, member, by=member, added=["记者"])
    (entry,) = entries()
    assert (entry.kind, entry.member, entry.address) == ("role", member, "10.1.2.3")
    assert (entry.object_type, entry.object_id) == ("member", member.pk)
    assert entry.told == {"added": ["记者"]}


def test_every_entry_follows_the_one_before():
    for kind in (LedgerKind.BACKUP, LedgerKind.EXPORT):
        ledger.record(kind)
    first, second = entries()
    assert [first.number, second.number] == [1, 2]
    assert (first.previous, second.previous) == ("", first.digest)
    assert second.digest == chain.entry_digest(first.digest, rows.entry_values(second))
    assert LedgerHead.objects.get().digest == second.digest


def test_events_wait_for_the_end_of_the_outermost_transaction():
    with ledger.atomic():
        with ledger.atomic():
            ledger.record(LedgerKind.BACKUP)
        assert entries() == []
    assert len(entries()) == 1


@pytest.mark.parametrize("number", [1, 40])
def test_entries_cost_the_same_queries_for_one_and_for_many(number, django_assert_num_queries):
    with django_assert_num_queries(SAVEPOINT + LEDGER), ledger.atomic():
        for _each in range(number):
            ledger.record(LedgerKind.BACKUP)


def test_what_is_rolled_back_is_not_entered():
    with ledger.atomic():
        ledger.record(LedgerKind.BACKUP)
        with pytest.raises(IntegrityError), ledger.atomic():
            ledger.record(LedgerKind.EXPORT)
            raise IntegrityError
    assert [entry.kind for entry in entries()] == ["backup"]


def test_nothing_is_entered_of_a_trial():
    with transaction.atomic(), ledger.atomic():
        ledger.record(LedgerKind.IMPORT)
        transaction.set_rollback(True)
    assert entries() == []


def test_nothing_is_entered_of_a_trial_inside_of_another_transaction():
    with ledger.atomic():
        ledger.record(LedgerKind.BACKUP)
        with ledger.atomic():
            ledger.record(LedgerKind.IMPORT)
            transaction.set_rollback(True)
    assert [entry.kind for entry in entries()] == ["backup"]


def test_nothing_is_left_over_for_the_next_transaction():
    with pytest.raises(KeyError), ledger.atomic():
        ledger.record(LedgerKind.BACKUP)
        raise KeyError
    ledger.record(LedgerKind.EXPORT)
    assert [entry.kind for entry in entries()] == ["export"]


def test_entries_are_neither_changed_nor_deleted():
    ledger.record(LedgerKind.BACKUP)
    (entry,) = entries()
    for refused in (entry.save, entry.delete, LedgerEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            refused()


class PythonCalls:
    """Counts the calls of Python functions, which a loaded machine does not change."""

    def __enter__(self):
        self.count = 0
        sys.setprofile(self.add)
        return self

    def __exit__(self, *error):
        sys.setprofile(None)

    def add(self, frame, event, argument):
        self.count += event == "call"


def test_an_event_is_entered_without_composing_a_query():
    ledger.record(LedgerKind.BACKUP)
    with PythonCalls() as found:
        ledger.record(LedgerKind.BACKUP)
    assert found.count < 600  # 231 on SQLite, 487 on PostgreSQL; 1,089 and 1,335 with composed ones
