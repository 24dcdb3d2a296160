"""Readers' pages from a standby of PostgreSQL: only what is as new as the primary."""

import time

import pytest
from django.conf import settings as project
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from articles import publication
from articles.change_numbers import numbers, numbers_in
from articles.models import Article, Issue, Masthead
from articles.tests import factories
from articles.tests.gunicorn_server import until
from articles.tests.server import own_cluster
from newsroom import standby
from newsroom.standby import STANDBY, StandbyMiddleware, StandbyRouter, is_for_standby, reading

ASK = RequestFactory()
CHANGES = (
    "CREATE TABLE articles_publicchange (id bigserial, token bigint DEFAULT random() * 1e15, "
    "scope text)"
)
CHANGE = "INSERT INTO articles_publicchange (scope) VALUES ('lists')"


def test_models_are_read_in_the_standby_only_while_a_reader_s_page_is_built():
    router = StandbyRouter()
    assert router.db_for_read(Article) == "default"
    with reading():
        assert router.db_for_read(Article) == STANDBY
        assert router.db_for_write(Article) == "default"
    assert router.db_for_read(Article) == "default"
    assert [router.allow_migrate(name, "articles") for name in ("default", STANDBY)] == [
        True,
        False,
    ]


@pytest.mark.django_db
def test_what_a_transaction_reads_is_read_in_the_primary():
    with reading(), transaction.atomic():
        assert StandbyRouter().db_for_read(Issue) == "default"


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (ASK.get("/"), True),
        (ASK.head("/articles/1/"), True),
        (ASK.get("/admin/"), False),
        (ASK.get("/preview/abc/"), False),
        (ASK.get("/health/"), False),
        (ASK.post("/"), False),
        (ASK.get("/", headers={"Cookie": "session=1"}), False),
    ],
)
def test_only_anonymous_reading_of_what_is_published_asks_it(request_, told):
    assert is_for_standby(request_) is told


class Pages:
    """What stands behind the middleware; it notes where models were read."""

    def __init__(self, *statuses):
        self.statuses, self.read = list(statuses), []

    def __call__(self, request):
        self.read.append(standby._state.is_reading)
        return HttpResponse(status=self.statuses.pop(0))


@pytest.fixture
def middleware(monkeypatch):
    """Return a function that makes the middleware with a standby of some numbers."""
    monkeypatch.setitem(project.DATABASES, STANDBY, {})
    monkeypatch.setattr(standby, "connections", {STANDBY: Closed()})
    monkeypatch.setattr(standby, "current_numbers", lambda scopes: {"lists": "2"})

    def make(pages, told):
        monkeypatch.setattr(standby, "numbers_in", lambda database, scopes: told())
        return StandbyMiddleware(pages)

    return make


class Closed:
    def close(self):
        """Have nothing to close."""


def test_a_standby_that_is_behind_is_not_read(middleware):
    pages = Pages(200, 200)
    middleware(pages, lambda: {"lists": "1"})(ASK.get("/"))
    middleware(pages, lambda: {"lists": "2"})(ASK.get("/"))
    assert pages.read == [False, True]


def test_a_standby_that_is_gone_is_left_alone_for_some_seconds(middleware, monkeypatch):
    asked = []

    def gone():
        asked.append(1)
        raise standby.Error

    pages = Pages(200, 200, 200)
    answer = middleware(pages, gone)
    answer(ASK.get("/"))
    answer(ASK.get("/"))
    assert (pages.read, len(asked)) == ([False, False], 1)
    later = time.monotonic() + standby.REST
    monkeypatch.setattr(standby.time, "monotonic", lambda: later)
    answer(ASK.get("/"))
    assert len(asked) == 2


def test_a_page_that_the_standby_did_not_give_is_built_from_the_primary(middleware):
    pages = Pages(503, 200)
    assert middleware(pages, lambda: {"lists": "2"})(ASK.get("/")).status_code == 200
    assert pages.read == [True, False]


def test_without_a_standby_the_middleware_is_not_there():
    with pytest.raises(standby.MiddlewareNotUsed):
        StandbyMiddleware(Pages())


@pytest.mark.django_db
def test_both_ways_of_reading_the_numbers_give_the_same():
    publication.everything_changed()
    assert numbers_in(connections["default"], publication.SITE) == numbers(publication.SITE)


@pytest.mark.django_db
def test_every_change_that_readers_see_moves_a_number_of_the_whole_site():
    """The middleware compares these alone."""
    issue = factories.make_issue()
    article = factories.make_article(page=factories.make_page(issue=issue))
    for change in (
        lambda: publication.issues_changed([issue]),
        lambda: publication.article_changed(article),
        lambda: publication.article_withdrawn(article),
        lambda: publication.release_changed(issue),
        lambda: publication.row_changed(Masthead()),
        *(
            lambda scopes=scopes: publication.change(*scopes)
            for scopes in publication.SCOPES.values()
        ),
        *(lambda scopes=scopes: publication.change(*scopes) for scopes in publication.NEW.values()),
    ):
        before = numbers(publication.SITE)
        change()
        assert numbers(publication.SITE) != before


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.skipif(not own_cluster.is_there(), reason="no programs of a PostgreSQL server")
def test_a_real_standby_is_behind_until_it_has_every_change_and_takes_none_itself():
    primary = own_cluster.Cluster()
    try:
        primary.start()
        primary.create_database()
        follower = own_cluster.Cluster(of=primary)
        try:
            follower.start()
            asked = {"host": "127.0.0.1", "dbname": "paper", "user": "postgres"}
            with (
                own_cluster.connected(primary, **asked) as first,
                own_cluster.connected(follower, **asked) as second,
            ):
                first.execute(CHANGES)
                first.execute(CHANGE)
                until(lambda: is_same(first, second), "the standby", within=30)
                second.execute("SELECT pg_wal_replay_pause()")
                first.execute(CHANGE)
                assert not is_same(first, second)
                second.execute("SELECT pg_wal_replay_resume()")
                until(lambda: is_same(first, second), "the standby", within=30)
                with pytest.raises(own_cluster.Refused):
                    second.execute(CHANGE)
                follower.control("promote", "-w")
                second.execute(CHANGE)
        finally:
            follower.remove()
    finally:
        primary.remove()


def is_same(first, second) -> bool:
    """Tell whether both have the same numbers, as the middleware compares them."""
    has_table = second.execute("SELECT to_regclass('articles_publicchange')").fetchone()[0]
    both = (numbers_in(each, publication.SITE) for each in (first, second))
    return bool(has_table) and len({str(each) for each in both}) == 1
