"""The head of the ledger is posted to an address of the settings, and a failure is told."""

import pytest
from django.core.management import call_command

from articles import ledger
from articles.ledger import sending, verification
from articles.models import LedgerEntry, LedgerKind
from articles.tests.notices.robot_server import SECRET, Robot

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(settings):
    """A server that takes heads, to which the settings lead."""
    server = Robot()
    settings.LEDGER_WEBHOOK = server.address
    yield server
    server.go_on.set()
    server.server.shutdown()
    server.server.server_close()


def verified(*options) -> int:
    """Return the exit status of the command."""
    try:
        call_command("verify_ledger", *options)
    except SystemExit as ended:
        return ended.code
    return 0


def bodies(server: Robot) -> list[dict]:
    return [body for _path, _headers, body in server.received]


def test_verdict_and_head_are_posted(archive):
    ledger.record(LedgerKind.BACKUP)
    assert verified() == 0
    head = str(verification.head())
    intact = {"head": head, "is_intact": True, "entries": 1, "rows": 0, "defects": 0}
    LedgerEntry.objects.get()
    ledger.record(LedgerKind.EXPORT)
    LedgerEntry.objects.filter(number=1)._raw_delete("default")
    assert verified() == 1
    first, second = bodies(archive)
    assert first == intact
    assert (second["is_intact"], second["defects"]) == (False, 1)
    assert archive.received[0][1]["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((500, b"", {}), "HTTP 500"),
        ((302, b"", {"Location": "http://127.0.0.1:9/"}), "HTTP 302"),
        ((403, b"", {}), "HTTP 403"),
    ],
)
def test_what_is_not_taken_is_told_by_log_and_exit_status(archive, caplog, answer, why):
    archive.answer = answer
    assert verified() == 3
    assert caplog.messages == [f"The head of the ledger could not be sent: {why}"]


def test_a_mail_server_that_is_away_is_told_and_keeps_no_head_from_the_other(
    archive, caplog, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert verified("--mail", "dangan@example.com") == 3
    words = "The verdict on the ledger could not be mailed: ConnectionRefusedError"
    assert (len(bodies(archive)), caplog.messages) == (1, [words])


def test_a_server_that_hangs_or_is_away_delays_nobody_for_long(archive, caplog, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.2)
    archive.is_slow = True
    assert verified() == 3
    archive.server.shutdown()
    archive.server.server_close()
    assert verified() == 3
    assert [line.rpartition(" ")[2] for line in caplog.messages] == [
        "TimeoutError",
        "ConnectionRefusedError",
    ]
    assert SECRET not in caplog.text


def test_nothing_is_sent_without_an_address_and_what_is_broken_ends_with_1(archive, settings):
    archive.answer = (500, b"", {})
    ledger.record(LedgerKind.BACKUP)
    LedgerEntry.objects.all()._raw_delete("default")
    assert verified() == 1
    settings.LEDGER_WEBHOOK = ""
    assert verified() == 1
    assert len(archive.received) == 1
