import re
import runpy
from http import HTTPStatus

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Status
from articles.tests import factories

from .cli import PRODUCTION
from .mdn_observatory import Graded, csp

HOST = "news.example"
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def production(settings, monkeypatch):
    """Take over the settings as they are behind TLS, but for the database and the files."""
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    taken = runpy.run_path(str(settings.BASE_DIR / "newsroom" / "settings.py"))
    kinds = ("SECURE_", "SESSION_", "CSRF_", "ALLOWED_", "CONTENT_", "X_FRAME", "MIDDLEWARE")
    for name, value in taken.items():
        if name.startswith(kinds):
            setattr(settings, name, value)
    return settings


@pytest.fixture
def browse(production):
    """Ask for an address over TLS and, with `tls=False`, without it."""
    client = Client(raise_request_exception=False, headers={"host": HOST})

    def ask(path, *, method="GET", tls=True, **options):
        return client.generic(method, path, secure=tls, **options)

    ask.client = client
    return ask


@pytest.fixture
def paper(db):
    """A released issue with every kind of page, and a draft."""
    factories.make_masthead()
    issue = factories.make_issue()
    first = factories.make_page(issue=issue)
    column = factories.make_column()
    article = factories.make_article(page=first, column=column)
    article.tags.add("民生")
    contributor = factories.make_contributor()
    factories.make_byline(article=article, contributor=contributor)
    caption = factories.make_caption(article=article)
    draft = factories.make_article(status=Status.DRAFT)
    return {
        "front": "/",
        "issue": "/2024-07-27/",
        "whole": "/2024-07-27/pages/",
        "page": "/2024-07-27/A1/",
        "article": f"/articles/{article.pk}/",
        "archive": "/archive/",
        "year": "/archive/2024/",
        "month": "/archive/2024/7/",
        "columns": "/columns/",
        "column": f"/columns/{column.pk}/",
        "contributor": f"/contributors/{contributor.pk}/",
        "tag": f"/tags/{article.tags.get().pk}/",
        "about": "/about/",
        "photo": f"/photos/{caption.photo.uid}/wide.jpg",
        "draft": f"/articles/{draft.pk}/",
        "nowhere": "/nowhere/",
        "static": "/static/admin/css/base.css",
    }


HTML = (
    "front",
    "issue",
    "whole",
    "page",
    "article",
    "archive",
    "year",
    "month",
    "columns",
    "column",
    "contributor",
    "tag",
    "about",
    "draft",
    "nowhere",
)


def policy(response: HttpResponse) -> dict:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


def assert_guarded(response: HttpResponse) -> None:
    """Every header is there, on whatever answer."""
    assert {name: response.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert csp(response) >= 5
    assert policy(response)["frame-ancestors"] in (["'none'"], ["'self'"])


@pytest.mark.parametrize("kind", HTML)
def test_a_public_page_scores_150(browse, paper, production, kind):
    """All the points there are, but for the five of a place on the browsers' preload list."""
    graded = Graded(
        browse(paper[kind]),
        browse(paper[kind], tls=False),
        production.SESSION_COOKIE_NAME,
        production.CSRF_COOKIE_NAME,
    )
    assert graded.page.status_code == (404 if kind in ("draft", "nowhere") else 200)
    assert graded.score() == 150, graded.changes()
    assert graded.jar() == []


def test_the_desk_scores_115_and_more(browse, paper, production):
    factories.make_member(username="chief", is_staff=True, is_superuser=True)
    login = browse("/admin/login/")
    browse.client.login(username="chief", password="correct horse battery")
    desk = ["/admin/", "/admin/articles/issue/", "/admin/articles/article/add/", "/admin/nowhere/"]
    for page in [login, *map(browse, desk)]:
        graded = Graded(
            page,
            browse("/admin/", tls=False),
            production.SESSION_COOKIE_NAME,
            production.CSRF_COOKIE_NAME,
        )
        assert graded.score() >= 115, graded.changes()
        assert_guarded(page)


def test_the_deciding_directives_of_public_pages_are_strict(browse, paper):
    found = policy(browse("/"))
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == found["style-src"] == found["img-src"] == ["'self'"]


@pytest.mark.parametrize("kind", HTML)
def test_a_public_page_sets_no_cookie_and_is_the_same_for_all(browse, paper, kind):
    response = browse(paper[kind])
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_a_kept_page_carries_the_headers(browse, paper, production):
    production.PAGE_CACHE_MB = 16
    for kind in ("front", "article", "about"):
        built, kept = browse(paper[kind]), browse(paper[kind])
        known = browse(paper[kind], headers={"if-none-match": kept["ETag"]})
        assert (kept.status_code, known.status_code) == (200, 304)
        assert dict(kept.headers) == dict(built.headers)
        for response in (built, kept, known):
            assert_guarded(response)
            assert response["Strict-Transport-Security"]
        plain = browse(paper[kind], tls=False)
        assert plain.status_code == 301
        assert Graded(kept, plain, "session", "csrf").score() == 150


def test_every_other_answer_carries_the_headers(browse, paper):
    for path in (paper["static"], "/2024-07-27", "/robots.txt", "/admin/"):
        assert_guarded(browse(path))
        assert_guarded(browse(path, tls=False))


def test_a_public_picture_carries_them_and_may_be_embedded_elsewhere(browse, paper):
    response = browse(paper["photo"])
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    assert_guarded(response)


def test_an_answer_of_nothing_new_carries_the_headers(browse, paper):
    for kind in ("front", "article"):
        first = browse(paper[kind])
        again = browse(paper[kind], headers={"if-none-match": first["ETag"]})
        assert again.status_code == HTTPStatus.NOT_MODIFIED
        assert_guarded(again)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]
)
def test_readers_only_read(browse, paper, method):
    for path in ("/", paper["article"], paper["static"], "/nowhere/", "/admin"):
        response = browse(path, method=method)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert_guarded(response)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_the_desk_takes_forms_and_nothing_else(browse, db, method):
    response = browse("/admin/login/", method=method)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert_guarded(response)


def test_a_form_from_elsewhere_is_refused(production, db):
    client = Client(enforce_csrf_checks=True, headers={"host": HOST})
    response = client.post("/admin/login/", {"username": "x"}, secure=True)
    assert response.status_code == 403
    assert_guarded(response)


@pytest.mark.parametrize("host", ["evil.example", "news.example.evil.example", "a b", "x:y:z", ""])
@pytest.mark.parametrize("tls", [True, False])
def test_another_host_name_is_a_bad_request(browse, paper, host, tls):
    response = browse("/articles/1/", tls=tls, headers={"host": host})
    assert response.status_code == 400
    text = response.content.decode()
    assert re.search(r"<html[^>]* lang=\"zh-Hans\"", text) and "evil" not in text
    assert "Traceback" not in text and "DisallowedHost" not in text
    assert_guarded(response)


def test_a_forwarded_host_is_not_believed(browse, paper):
    response = browse("/", headers={"x-forwarded-host": "evil.example"})
    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()


@pytest.fixture
def broken(settings):
    """A site in which every page fails."""
    settings.ROOT_URLCONF = "newsroom.tests.broken_urls"


def test_a_failure_is_told_without_its_cause(browse, paper, broken):
    response = browse("/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "secret cause" not in text and "Traceback" not in text
    assert re.search(r"<html[^>]* lang=\"zh-Hans\"", text)
    assert_guarded(response)
    assert "max-age=31536000" in response["Strict-Transport-Security"]


def test_what_is_forbidden_is_told(browse, paper, broken):
    response = browse("/forbidden/")
    assert response.status_code == 403
    assert re.search(r"<html[^>]* lang=\"zh-Hans\"", response.content.decode())
    assert_guarded(response)


def test_cookies_of_the_desk_are_bound_to_the_host(browse, db):
    factories.make_member(username="chief", is_staff=True)
    browse.client.login(username="chief", password="correct horse battery")
    assert browse("/admin/").status_code == 200
    page = browse("/admin/password_change/")
    for name, cookie in [*browse.client.cookies.items(), *page.cookies.items()]:
        assert name in ("__Host-session", "__Host-csrf")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["secure"] and cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")


def test_the_table_takes_points_for_what_is_missing():
    bare = Graded(HttpResponse(), HttpResponse(), "session", "csrf")
    assert bare.score() == 100 - 25 - 20 - 20 - 20 - 5
