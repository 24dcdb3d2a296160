"""When the database, the disk or our own code fails, what an editor has typed is handed back."""

import errno
import re
import sqlite3
from contextlib import contextmanager
from html import unescape

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client

from articles.models import Article, Member
from articles.tests import factories
from articles.tests.form_helpers import fields
from articles.tests.http_editors import Editor, make_articles
from newsroom import error_handlers

HOST = {"origin": "http://testserver"}


def with_cause(cause: Exception) -> OperationalError:
    """Return Django's exception for one of the database's own."""
    fault = OperationalError(str(cause))
    fault.__cause__ = cause
    return fault


def sqlite_full() -> sqlite3.OperationalError:
    """Let SQLite run out of room, and return what it says."""
    small = sqlite3.connect(":memory:")
    small.executescript("PRAGMA max_page_count = 2; CREATE TABLE a (words)")
    with pytest.raises(sqlite3.OperationalError) as told:
        small.execute("INSERT INTO a VALUES (?)", ["字" * 100_000])
    return told.value


@contextmanager
def failing(statement: str):
    """Let the database be out of reach from the first statement of a kind."""
    gone = False

    def wrapper(execute, sql, params, many, context):
        nonlocal gone
        gone = gone or sql.startswith(statement)
        if gone:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


@pytest.fixture
def desk(transactional_db) -> Client:
    """A browser in which a superuser is logged in; it checks tokens and sees error pages."""
    member = factories.make_member(username="chief", is_staff=True, is_superuser=True)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(member)
    return client


@pytest.fixture
def article(transactional_db) -> Article:
    article = factories.make_article(status="draft", headline="旧题", body="<p>旧文。</p>")
    factories.make_byline(article=article)
    return article


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def typed(client, article) -> dict[str, str]:
    """Open the form; return what an editor sends who has rewritten the article."""
    form = fields(client.get(address(article)), "article_form")
    token = {"csrfmiddlewaretoken": client.cookies["csrf"].value}
    return token | form | {"headline": "新题", "body": "<p>　新文“引号”&amp;<b>粗</b>。</p>"}


def held(response) -> dict[str, str]:
    """Return the hidden fields of the page that hands back: what it sends again."""
    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


# SELECT: nothing answers at all. INSERT: the connection breaks when half is stored.
@pytest.mark.parametrize("statement", ["SELECT", "UPDATE", "INSERT"])
def test_a_save_that_meets_no_database_is_handed_back_and_sent_again(desk, article, statement):
    form = typed(desk, article)
    with failing(statement):
        response = desk.post(address(article), form, headers=HOST)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert "数据库暂时连不上" in page
    assert "新文“引号”&amp;粗。" in page
    assert Article.objects.get().headline == "旧题"
    again = desk.post(address(article), held(response), headers=HOST)
    assert again.status_code == 302
    stored = Article.objects.get()
    assert (stored.headline, stored.body) == ("新题", "<p>新文“引号”&amp;<strong>粗</strong>。</p>")


def test_what_was_handed_back_and_fails_again_is_handed_back_again(desk, article):
    form = typed(desk, article)
    with failing("SELECT"):
        first = desk.post(address(article), form, headers=HOST)
    with failing("UPDATE"):
        second = desk.post(address(article), held(first), headers=HOST)
    with failing("SELECT"):
        third = desk.post(address(article), held(second), headers=HOST)
    assert [second.status_code, third.status_code] == [503, 503]
    assert held(third)["handback"] == held(second)["handback"] == held(first)["handback"]


def test_a_fault_of_ours_hands_the_text_back_too(desk, settings):
    desk.get("/admin/")
    form = {"body": "打了一夜的字", "csrfmiddlewaretoken": desk.cookies["csrf"].value}
    settings.ROOT_URLCONF = "newsroom.tests.broken_urls"
    response = desk.post("/admin/failing/", form | {"password": "horse battery"}, headers=HOST)
    page = response.content.decode()
    assert (response.status_code, "Retry-After" in response) == (500, False)
    assert "打了一夜的字" in page
    assert "horse battery" not in page and "secret cause" not in page


def test_another_site_gets_nothing_handed_back(desk, article):
    form = typed(desk, article)
    with failing("SELECT"):
        for headers in ({"origin": "https://evil.example"}, {}):
            response = desk.post(address(article), form, headers=headers)
            assert response.status_code == 503
            assert "新题" not in response.content.decode()


@pytest.mark.parametrize("entrance", ["/admin/login/", "/admin/logout/"])
def test_a_name_and_a_password_are_not_handed_back(desk, entrance):
    desk.get("/admin/login/")
    form = {"username": "zongbian", "password": "correct horse battery"}
    with failing("SELECT"):
        response = desk.post(entrance, form, headers=HOST)
    assert "zongbian" not in response.content.decode()


def test_a_reader_is_told_to_come_back(client, db):
    client.raise_request_exception = False
    with failing("SELECT"):
        response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "暂时故障" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "fault, status",
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 507),
        (with_cause(sqlite_full()), 507),
        (with_cause(psycopg.errors.DiskFull("could not extend file")), 507),
        (with_cause(psycopg.errors.DeadlockDetected("deadlock detected")), 503),
        (OperationalError("database is locked"), 503),
        (InterfaceError("connection already closed"), 503),
        (DataError("value too long"), 500),
        (FileNotFoundError("a.jpg"), 500),
        (ValueError("ours"), 500),
        (None, 500),
    ],
)
def test_the_answer_tells_what_failed(fault, status):
    assert error_handlers.status_of(fault) == status


@contextmanager
def out_of_reach():
    """Take the database away from the server: a real outage of this one database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.cursor().execute("BEGIN EXCLUSIVE")
        yield
        connection.cursor().execute("ROLLBACK")
        return
    connection.close()
    with psycopg.connect(**elsewhere(), autocommit=True) as maintenance:
        maintenance.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        maintenance.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        maintenance.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def elsewhere() -> dict:
    """Return how to reach another database of the same server."""
    return connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": None}


@pytest.mark.slow
def test_a_real_outage_hands_the_text_back_and_ends_without_a_restart(served):
    (article,) = make_articles(1)
    served.start()
    editor = Editor(served, Member.objects.get())
    editor.log_in("editor-0")
    form = fields(editor.ask(address(article)), "article_form") | {"headline": "停电那晚的稿"}
    with out_of_reach():
        kept = editor.ask(address(article), **form)
    assert kept.status == 503
    assert "停电那晚的稿" in kept.content.decode()
    again = editor.ask(address(article), handback=held(kept)["handback"])
    assert (again.status, Article.objects.get().headline) == (302, "停电那晚的稿"), again
