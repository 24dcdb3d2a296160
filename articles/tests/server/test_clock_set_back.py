"""A clock that is set back an hour, or read by other rules: what is stored stays as it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.accounts import throttle
from articles.models import Issue
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.simulator.clock import Clock
from newsroom.backup import folder

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    """A clock that tests move."""
    clock = Clock()
    with clock.running():
        yield clock


@pytest.fixture
def paper(clock, settings):
    """An issue that has just been released, and one of the day before; pages are kept."""
    settings.PAGE_CACHE_MB = 16
    before = make_issue(issued_on=date(2041, 2, 28), released_at=clock.now - 24 * HOUR)
    make_article(page=make_page(issue=before), headline="昨天的稿件")
    issue = make_issue(issued_on=date(2041, 3, 1), released_at=clock.now)
    return make_article(page=make_page(issue=issue), headline="今天的稿件")


def test_what_was_released_in_that_hour_waits_for_its_minute_again(client, clock, paper):
    address = paper.get_absolute_url()
    assert client.get(address).status_code == 200
    clock.move(-HOUR)
    assert client.get(address).status_code == 404
    assert "昨天的稿件" in client.get("/").content.decode()
    clock.move(HOUR)
    assert client.get(address).status_code == 200
    assert "今天的稿件" in client.get("/").content.decode()


def test_a_minute_of_release_that_was_set_before_stays_the_same_instant(clock, paper):
    Issue.objects.filter(pk=paper.page.issue_id).update(released_at=clock.now + HOUR)
    clock.move(-HOUR)
    assert not Issue.objects.get(pk=paper.page.issue_id).is_published()
    clock.move(2 * HOUR)
    assert Issue.objects.get(pk=paper.page.issue_id).is_published()


def test_nobody_is_locked_out_longer_than_the_hour_and_a_pause(clock):
    keys = throttle.keys_of("zongbian", "198.51.100.7", "")
    for _ in range(throttle.ALLOWED["account here"]):
        throttle.count(keys)
    clock.move(-HOUR)
    with pytest.raises(throttle.ThrottledError):
        throttle.check(keys)
    clock.move(HOUR + throttle.LONGEST_PAUSE)
    throttle.check(keys)


def test_a_session_goes_on_and_ends_as_it_had_to(clock):
    desk = signed_in(make_member(username="zongbian", is_staff=True, is_superuser=True))
    for move, status in ((0, 200), (-1, 200), (10, 302)):
        clock.move(move * HOUR)
        assert desk.get("/admin/").status_code == status


@pytest.mark.django_db(transaction=True)
def test_backups_of_that_hour_stand_beside_those_before(clock, settings, tmp_path):
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    where = tmp_path / "backups"
    for hours in (0, -1):
        clock.move(hours * HOUR)
        call_command("backup", str(where), keep="7d", verbosity=0)
    call_command("verify_backup", str(where), all=True, verbosity=0)
    kept = [folder.instant_of(each) for each in folder.backups(where)]
    assert kept == [clock.now, clock.now + HOUR]


def test_other_rules_of_the_time_zone_change_no_stored_instant(settings, client, monkeypatch):
    six = datetime(2041, 2, 28, 22, 0, tzinfo=UTC)
    issue = make_issue(issued_on=date(2041, 3, 1), released_at=six)
    make_article(page=make_page(issue=issue), headline="今天的稿件")
    clock, seen = Clock(), []
    for zone in (project.TIME_ZONE, "Asia/Tokyo"):  # as if the country went an hour ahead
        settings.TIME_ZONE = zone
        clock.now = six - timedelta(seconds=1)
        with clock.running():
            assert client.get("/2041-03-01/").status_code == 404
        clock.now = six
        with clock.running():
            seen.append(Client().get("/2041-03-01/").status_code)
        stored = Issue.objects.get()
        assert (stored.released_at, stored.issued_on) == (six, date(2041, 3, 1))
        assert timezone.localtime(stored.released_at).hour == (6 if zone != "Asia/Tokyo" else 7)
    assert seen == [200, 200]
