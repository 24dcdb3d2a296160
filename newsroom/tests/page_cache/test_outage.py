"""Pages while the database is out of reach: the last ones, and none with what was withdrawn."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from articles import publication
from articles.models import Article, Masthead
from articles.static_edition.site_answers import Site
from articles.workflow import move
from newsroom.page_cache import middleware
from newsroom.page_cache.stores import NOWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def fail(*args, **options):
    raise OperationalError("no connection")


def text(client, path):
    return client.get(path).content.decode()


@pytest.fixture
def out_of_reach(monkeypatch):
    """Return a function after which the database answers nothing."""
    return lambda: monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)


def test_without_a_database_the_last_page_is_shown_with_a_notice(client, paper, out_of_reach):
    client.raise_request_exception = False
    url = paper["article"].get_absolute_url()
    text(client, url)
    Article.objects.filter(pk=paper["article"].pk).update(headline="更正后")
    publication.article_changed(
        Article.objects.select_related("page__issue").get(headline="更正后")
    )
    out_of_reach()
    page = client.get(url, headers={"accept-encoding": "identity"})
    assert page.status_code == 200
    assert paper["article"].headline in page.content.decode()
    assert "目前无法连接报社的数据库" in page.content.decode()
    assert (page["Cache-Control"], page["Warning"]) == ("no-store", '110 - "Response is Stale"')
    gone = client.get(paper["other"].get_absolute_url())
    assert (gone.status_code, gone["Retry-After"]) == (503, "10")


def test_without_a_database_a_page_is_shown_for_a_day(client, paper, out_of_reach, at):
    client.raise_request_exception = False
    now = timezone.now()
    text(client, "/")
    out_of_reach()
    at(now + timedelta(hours=23))
    assert client.get("/").status_code == 200
    at(now + timedelta(hours=25))
    assert client.get("/").status_code == 503


@pytest.fixture
def keep_connection():
    """Keep the connection of the test's transaction open where the site is asked by WSGI."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("keep_connection")
def test_a_static_edition_takes_no_page_that_is_shown_without_a_database(
    client, paper, out_of_reach
):
    front = paper["issue"].get_absolute_url()
    site = Site("http://testserver")
    assert site.get(front).status == 200
    out_of_reach()
    assert site.get(front).status == 503
    # Readers are shown it; their client connects the signals again.
    assert client.get(front).headers["Warning"] == '110 - "Response is Stale"'


@pytest.fixture
def withdraw(paper, chief, django_capture_on_commit_callbacks):
    """Return a function that withdraws the article, and commits."""

    def act():
        with django_capture_on_commit_callbacks(execute=True):
            move(paper["article"], "withdraw", by=chief, note="有误")

    return act


@pytest.fixture
def shown(client, paper):
    """The addresses of pages with the article, then one of an issue without it, all kept."""
    client.raise_request_exception = False
    articles = (paper["article"], paper["other"], Article.objects.get(headline="昨天的稿件"))
    paths = ["/", *(each.get_absolute_url() for each in articles)]
    assert [client.get(path).status_code for path in paths] == [200] * 4
    return paths


def test_without_a_database_nothing_is_shown_that_was_withdrawn(
    client, shown, withdraw, out_of_reach
):
    withdraw()
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503, 503, 503, 200]


def test_nothing_is_shown_that_was_withdrawn_after_the_clock_was_set_back(
    client, paper, withdraw, at, out_of_reach
):
    client.raise_request_exception = False
    now, url = timezone.now(), paper["article"].get_absolute_url()
    at(now + timedelta(hours=1))
    assert client.get(url).status_code == 200
    at(now)
    withdraw()
    out_of_reach()
    assert client.get(url).status_code == 503


def test_nothing_is_shown_where_the_cache_has_lost_what_was_withdrawn(
    client, shown, withdraw, out_of_reach
):
    withdraw()
    cache.delete(publication.WITHDRAWN)
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503] * 4


def test_nothing_is_shown_where_the_cache_took_no_note_of_a_withdrawal(
    client, shown, withdraw, out_of_reach, monkeypatch, caplog
):
    with monkeypatch.context() as patched:
        patched.setattr(FileBasedCache, "set", fail)
        withdraw()
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503] * 4
    assert "did not take note" in caplog.text


def test_nothing_is_shown_between_a_withdrawal_and_its_commit(
    client, paper, shown, chief, out_of_reach
):
    move(paper["article"], "withdraw", by=chief, note="有误")
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503] * 4


@pytest.mark.parametrize("ask", ["a page that is built", "a page that is marked"])
def test_the_cache_is_told_again_what_was_withdrawn(client, shown, withdraw, at, out_of_reach, ask):
    withdraw()
    before = cache.get(publication.WITHDRAWN)
    cache.delete(publication.WITHDRAWN)
    if ask == "a page that is marked":
        at(timezone.now() + timedelta(hours=2))
        client.get(shown[-1])
    else:
        client.get("/about/")
    again = cache.get(publication.WITHDRAWN)
    assert (again[0], again[1].keys()) == (before[0], before[1].keys())
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503, 503, 503, 200]


def test_two_withdrawals_are_told_by_the_later_one(client, paper, shown, withdraw, at, chief):
    withdraw()
    first = publication.withdrawals()
    later = timezone.now() + timedelta(hours=1)
    at(later)
    yesterday = Article.objects.get(headline="昨天的稿件")
    move(yesterday, "withdraw", by=chief, note="有误")
    publication.tell_withdrawals()
    own = publication.issue_scope(paper["issue"].pk)
    other = publication.issue_scope(yesterday.page.issue_id)
    instant = later.timestamp()
    assert publication.withdrawals() == {
        own: first[own],
        other: instant,
        publication.LISTS: instant,
    }


def test_the_cache_is_asked_no_query_for_what_it_has_told(
    client, shown, withdraw, django_assert_num_queries
):
    withdraw()
    number = publication.numbers([publication.WITHDRAWN_LISTS])[publication.WITHDRAWN_LISTS]
    with django_assert_num_queries(0):
        publication.tell_withdrawals(number)
    with django_assert_num_queries(1):
        publication.tell_withdrawals()
    cache.delete(publication.WITHDRAWN)
    with django_assert_num_queries(3):
        publication.tell_withdrawals()


def test_the_page_of_a_withdrawn_article_is_deleted(client, shown, withdraw):
    key = middleware.key_of(client.get(shown[1]).wsgi_request)
    place = middleware.store()
    assert middleware.kept(place, key)
    withdraw()
    assert client.get(shown[1]).status_code == 410
    assert (middleware.kept(place, key), place.memory.get(key)) == (None, None)


def test_without_a_cache_no_process_remembers_a_page(client, settings):
    settings.CACHES = {"default": {"BACKEND": NOWHERE}}
    assert middleware.store() is None


def test_without_a_database_the_newest_page_is_shown(client, paper, out_of_reach):
    """Where another process has built one that this process has not seen yet."""
    client.raise_request_exception = False
    first = client.get("/about/")
    place, key = middleware.store(), middleware.key_of(first.wsgi_request)
    remembered = place.memory.get(key)
    Masthead.objects.update(name="另一个名字")
    publication.everything_changed()
    client.get("/about/")
    place.memory.set(key, remembered)
    out_of_reach()
    assert "另一个名字" in text(client, "/about/")


def test_a_page_in_use_counts_as_right_until_its_last_use(client, paper, out_of_reach, at):
    now = timezone.now()
    url = paper["article"].get_absolute_url()
    text(client, url)
    at(now + timedelta(hours=20))
    text(client, url)
    out_of_reach()
    at(now + timedelta(hours=40))
    assert client.get(url).status_code == 200


def test_a_broken_cache_shows_no_page_unchecked(client, shown, monkeypatch, out_of_reach):
    monkeypatch.setattr(FileBasedCache, "get", fail)
    out_of_reach()
    assert [client.get(path).status_code for path in shown] == [503] * 4
