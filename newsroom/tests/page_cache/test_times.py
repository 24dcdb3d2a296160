"""Pages that an instant makes old, or a change."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import publication
from articles.models import Article, Issue, Masthead
from articles.tests import factories
from articles.views.freshness import start_of
from articles.workflow import move
from newsroom.page_cache import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


@pytest.fixture
def tomorrow(paper):
    """The next issue, released for a minute that is to come."""
    soon = timezone.now() + timedelta(minutes=10)
    issue = factories.make_issue(
        issued_on=paper["issue"].issued_on + timedelta(days=1), released_at=soon
    )
    factories.make_article(page=factories.make_page(issue=issue), headline="明天的稿件")
    publication.release_changed(issue)
    return issue


def text(client, path):
    return client.get(path).content.decode()


def test_the_minute_of_release_is_seen_without_a_write(client, paper, tomorrow, at):
    today, before = paper["issue"].get_absolute_url(), tomorrow.released_at - timedelta(seconds=1)
    at(before)
    for path in ("/", today, "/archive/"):
        assert tomorrow.get_absolute_url() not in text(client, path)
    assert client.get(tomorrow.get_absolute_url()).status_code == 404
    at(tomorrow.released_at)
    for path in ("/", today, "/archive/", tomorrow.get_absolute_url()):
        assert tomorrow.get_absolute_url() in text(client, path), path


def test_an_article_is_kept_over_the_minute_of_another_issue(
    client, paper, tomorrow, at, django_assert_num_queries
):
    url = paper["article"].get_absolute_url()
    client.get(url)
    at(tomorrow.released_at)
    with django_assert_num_queries(1):
        client.get(url)


def test_a_release_for_an_earlier_minute_is_seen_then(client, paper, tomorrow, at, chief):
    text(client, "/")
    extra = factories.make_issue(issued_on=paper["issue"].issued_on, edition=2, released_at=None)
    factories.make_article(page=factories.make_page(issue=extra), headline="号外来了")
    Issue.objects.filter(pk=extra.pk).update(released_at=tomorrow.released_at - timedelta(hours=1))
    publication.release_changed(Issue.objects.get(pk=extra.pk))
    assert "号外来了" in text(client, "/")


def test_a_masthead_of_tomorrow_is_shown_from_midnight_on(client, paper, at):
    midnight = start_of(timezone.localdate() + timedelta(days=1))
    Masthead.objects.create(name="明日新报", valid_from=timezone.localdate(midnight))
    at(midnight - timedelta(seconds=1))
    assert "明日新报" not in text(client, "/about/")
    at(midnight)
    assert "明日新报" in text(client, "/about/")


def test_an_article_says_how_old_it_is(client, paper, at):
    url, day = paper["article"].get_absolute_url(), paper["issue"].issued_on
    assert "个月前" not in text(client, url)
    at(start_of(day + timedelta(days=32)))
    assert "1个月前" in text(client, url).replace(" ", "")


def test_a_withdrawal_is_seen_with_the_next_request(client, paper, chief):
    article, url = paper["article"], paper["article"].get_absolute_url()
    other = paper["other"].get_absolute_url()
    for path in ("/", url, other):
        assert url in text(client, path)
    move(article, "withdraw", by=chief, note="有误")
    assert client.get(url).status_code == 410
    for path in ("/", other, "/archive/", paper["issue"].get_absolute_url()):
        assert url not in text(client, path), path


def test_a_correction_leaves_the_pages_of_other_issues(
    client, paper, chief, django_assert_num_queries
):
    yesterday = Article.objects.get(headline="昨天的稿件").get_absolute_url()
    client.get(yesterday)
    publication.article_changed(Article.objects.get(pk=paper["article"].pk))
    with django_assert_num_queries(1):
        client.get(yesterday)


def test_a_page_that_changes_while_it_is_built_is_not_kept(client, paper, monkeypatch):
    freshness_of = middleware.freshness_of

    def change_meanwhile(*args):
        publication.everything_changed()
        return freshness_of(*args)

    with monkeypatch.context() as patched:
        patched.setattr(middleware, "freshness_of", change_meanwhile)
        client.get("/about/")
    Masthead.objects.update(name="另一个名字")
    assert "另一个名字" in text(client, "/about/")


def test_pages_are_built_anew_by_command(client, paper):
    text(client, "/about/")
    Masthead.objects.update(name="另一个名字")
    assert "另一个名字" not in text(client, "/about/")
    call_command("clear_pages")
    assert "另一个名字" in text(client, "/about/")


def test_a_withdrawal_that_fails_leaves_the_article(client, paper, chief):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        move(paper["article"], "withdraw", by=chief, note="有误")
        raise ZeroDivisionError
    assert client.get(paper["article"].get_absolute_url()).status_code == 200


def test_a_page_from_an_hour_that_the_clock_has_not_reached_again_is_built_anew(
    client, paper, tomorrow, at
):
    at(tomorrow.released_at)
    assert client.get(tomorrow.get_absolute_url()).status_code == 200
    at(tomorrow.released_at - timedelta(hours=1))
    assert client.get(tomorrow.get_absolute_url()).status_code == 404
    assert "明天的稿件" not in text(client, "/")
