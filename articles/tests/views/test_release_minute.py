"""The minute of release: before it nothing of the issue is seen, from it on everything is."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.lists.entries import follow_issue
from articles.models import Article, Issue, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_page,
)
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
SIX = datetime(2024, 7, 27, 22, 0, tzinfo=UTC)  # 6 o'clock on the 28th in Shanghai
NEW = "/2024-07-28/"


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock by which readers see."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


@pytest.fixture
def host_zone(monkeypatch):
    """Return a function that sets the time zone of the machine."""

    def set_zone(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def paper():
    """An issue waiting for six o'clock, between two that are published."""
    make_masthead()
    contributor, column = make_contributor(), make_column()
    for day, edition in ((date(2024, 7, 27), 1), (date(2024, 7, 28), 2)):
        make_article(page=make_page(issue=make_issue(issued_on=day, edition=edition)))
    waiting = make_issue(issued_on=date(2024, 7, 28), released_at=SIX)
    for label in ("A1", "A2", "A10"):
        page = make_page(issue=waiting, label=label)
        for number in range(3):
            article = make_article(page=page, headline=f"{label}新稿{number}", column=column)
            make_byline(article=article, contributor=contributor)
            article.tags.add("新标签")
        make_caption(article=article)
    follow_issue(waiting)
    return waiting


def articles_of(issue) -> list[Article]:
    return list(Article.objects.filter(page__issue=issue).in_print_order())


def own_addresses(issue) -> list[str]:
    """Return the addresses that exist with the issue alone."""
    rows = articles_of(issue)
    first = rows[0]
    photos = [row.captions.get().photo for row in rows if row.captions.exists()]
    return [
        NEW,
        f"{NEW}pages/",
        *(f"{NEW}{label}/" for label in ("A1", "A2", "A10")),
        *(row.get_absolute_url() for row in rows),
        *(f"/photos/{photo.uid}/{name}.jpg" for photo in photos for name in ("wide", "small")),
        first.column.get_absolute_url(),
        first.bylines.get().contributor.get_absolute_url(),
        f"/tags/{first.tags.get().pk}/",
    ]


# Pages that stand anyway, and lead to the issue from its minute on.
STANDING = ["/2024-07-27/", "/2024-07-28-2/", "/archive/", "/archive/2024/", "/archive/2024/7/"]


def links(client, address: str) -> set:
    answer = client.get(address)
    assert answer.status_code == 200
    return set(Parsed(answer).links("."))


def test_one_second_before_its_minute_nothing_of_the_issue_is_seen(client, at, paper):
    at(SIX - SECOND)
    answers = {address: client.get(address).status_code for address in own_addresses(paper)}
    assert set(answers.values()) == {404}
    for address in ("/", *STANDING, "/columns/"):
        text = client.get(address).content.decode().replace("<wbr>", "")
        assert f'"{NEW}"' not in text and "新稿" not in text, address


def test_at_its_minute_every_address_answers(client, at, paper):
    at(SIX)
    answers = {address: client.get(address).status_code for address in own_addresses(paper)}
    assert set(answers.values()) == {200}
    for address in STANDING:
        assert NEW in links(client, address), address
    assert articles_of(paper)[0].column.get_absolute_url() in links(client, "/columns/")


def test_at_its_minute_no_page_shows_a_part_of_it(client, at, paper):
    at(SIX)
    rows = articles_of(paper)
    everything = {row.get_absolute_url() for row in rows}
    assert everything <= links(client, NEW)
    assert everything <= links(client, f"{NEW}pages/")
    assert everything <= links(client, rows[0].column.get_absolute_url())
    assert everything <= links(client, rows[0].bylines.get().contributor.get_absolute_url())
    assert everything <= links(client, f"/tags/{rows[0].tags.get().pk}/")
    for before, after in zip(rows, rows[1:], strict=False):
        assert after.get_absolute_url() in links(client, before.get_absolute_url())


def test_an_earlier_copy_is_no_longer_confirmed(client, at, paper):
    at(SIX - SECOND)
    earlier = client.get("/archive/")["ETag"]
    known = {"if-none-match": earlier}
    assert client.get("/archive/", headers=known).status_code == 304
    at(SIX)
    assert client.get("/archive/", headers=known).status_code == 200


def test_what_was_not_signed_by_then_stays_out_until_it_is(client, at, paper):
    late = articles_of(paper)[4]
    Article.objects.filter(pk=late.pk).update(status=Status.FINAL_REVIEW)
    at(SIX)
    address = late.get_absolute_url()
    assert client.get(address).status_code == 404
    assert address not in links(client, NEW)
    Article.objects.filter(pk=late.pk).update(status=Status.SIGNED)
    assert address in links(client, NEW)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Shanghai"])
def test_around_midnight_the_newsroom_s_clock_decides(client, at, host_zone, zone):
    host_zone(zone)
    make_masthead(name="旧名", valid_from=date(2000, 1, 1))
    make_masthead(name="新名", valid_from=date(2024, 7, 28))
    midnight = datetime(2024, 7, 27, 16, 0, tzinfo=UTC)
    for day, released_at in ((27, midnight - timedelta(hours=18)), (28, midnight)):
        issue = make_issue(issued_on=date(2024, 7, day), released_at=released_at)
        make_article(page=make_page(issue=issue))
    for seconds, latest, name in ((-30, "2024年7月27日", "旧名"), (30, "2024年7月28日", "新名")):
        at(midnight + timedelta(seconds=seconds))
        front = Parsed(client.get("/"))
        assert front.texts(".//h1/span") == [latest]
        assert client.get(NEW).status_code == (200 if seconds > 0 else 404)
        assert Parsed(client.get("/about/")).texts(".//p[@class='plate']") == [name]
        article = Article.objects.order_by("pk").last()
        shown = client.get(article.get_absolute_url())
        if seconds > 0:
            assert Parsed(shown).meta("article:published_time") == ["2024-07-28T00:00:00+08:00"]


@pytest.mark.parametrize(
    "day", [date(1949, 10, 1), date(1986, 5, 4), date(1988, 7, 1), date(1991, 9, 15)]
)
def test_an_old_issue_keeps_the_date_printed_on_it(client, day):
    make_article(page=make_page(issue=make_issue(issued_on=day)))
    assert Issue.objects.get().issued_on == day
    front = Parsed(client.get(f"/{day}/"))
    assert front.texts(".//h1/span") == [f"{day.year}年{day.month}月{day.day}日"]


@pytest.mark.slow
def test_in_real_time_the_issue_is_never_seen_early_late_or_in_part(client):
    minute = timezone.now() + timedelta(seconds=3)
    make_article(page=make_page(issue=make_issue()))
    issue = make_issue(issued_on=date(2024, 7, 28), released_at=minute)
    for page in [make_page(issue=issue, label=label) for label in ("A1", "A2")]:
        for _ in range(5):
            make_article(page=page)
    everything = {row.get_absolute_url() for row in articles_of(issue)}
    early, late, part, backwards, is_out = [], [], [], [], False
    while (started := timezone.now()) < minute + SECOND:
        shown = links(client, "/") & everything
        ended = timezone.now()
        early += [ended] if shown and ended < minute else []
        late += [started] if not shown and started >= minute else []
        part += [shown] if shown and shown != everything else []
        backwards += [started] if is_out and not shown else []
        is_out = is_out or bool(shown)
    assert (early, late, part, backwards, is_out) == ([], [], [], [], True)
