"""Pages for what is not there, not allowed or not working."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import Http404
from django.test import Client

from articles.tests.factories import make_issue, make_page
from articles.tests.html_parsing import Parsed
from articles.views import errors


def down(execute, sql, params, many, context):
    """Answer every query as a database does that is not there."""
    raise OperationalError("no connection")


def nearest(client, address: str) -> list[str]:
    """Return the issues that a 404 offers."""
    response = client.get(address)
    assert response.status_code == 404
    return Parsed(response).links(".//main//ul")


@pytest.fixture
def papers(db):
    for day in (date(2024, 2, 28), date(2024, 3, 1), date(2024, 7, 27)):
        make_issue(issued_on=day)


@pytest.mark.parametrize(
    "address, offered",
    [
        ("/2024-03-15/", ["/2024-03-01/", "/2024-07-27/"]),
        ("/2024-02-31/", ["/2024-02-28/", "/2024-03-01/"]),
        ("/2024-13-45/", ["/2024-07-27/"]),
        ("/0000-00-00/", ["/2024-02-28/"]),
        ("/1999-01-01/A1/", ["/2024-02-28/"]),
        ("/2024-03-01/Z9/", ["/2024-03-01/", "/2024-07-27/"]),
        ("/2024-03-01-7/", ["/2024-03-01/", "/2024-07-27/"]),
        ("/2024-3-15", ["/2024-03-01/", "/2024-07-27/"]),
        ("/20240315/", []),
        ("/nowhere/2024-03-15/", []),
    ],
)
def test_a_date_without_a_paper_is_offered_the_nearest(client, papers, address, offered):
    assert nearest(client, address) == offered


def test_a_future_issue_looks_like_a_day_without_one(client, papers):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for issued_on, released_at in ((date(2024, 7, 28), None), (date(2024, 7, 30), tomorrow)):
        make_page(issue=make_issue(issued_on=issued_on, released_at=released_at))
    addresses = ("/2024-07-28/", "/2024-07-29/", "/2024-07-30/", "/2024-07-30/A1/")
    answers = {(found.status_code, found.content) for found in map(client.get, addresses)}
    assert len(answers) == 1
    assert nearest(client, addresses[0]) == ["/2024-07-27/"]


def test_a_404_is_in_the_paper_s_frame_and_is_not_kept(client, db):
    response = client.get("/nowhere/")
    page = Parsed(response)
    assert page.texts(".//h1") == ["查无此页"]
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert page.all(".//link[@rel='canonical']") == []


@pytest.mark.django_db
def test_a_404_stands_without_a_database(rf):
    with connection.execute_wrapper(down):
        response = errors.not_found(rf.get("/2024-02-31/"), Http404())
    assert response.status_code == 404
    assert Parsed(response).texts(".//h1") == ["查无此页"]


@pytest.mark.parametrize(
    "answer, status, title",
    [
        (lambda request: errors.forbidden(request, PermissionDenied()), 403, "无权查看"),
        (lambda request: errors.bad_request(request, ValueError()), 400, "请求有误"),
        (errors.server_error, 500, "暂时故障"),
    ],
)
def test_other_errors_need_no_database_and_are_not_kept(rf, answer, status, title):
    response = answer(rf.get("/"))
    assert response.status_code == status
    assert Parsed(response).texts(".//h1") == [title]
    assert response["Cache-Control"] == "no-store"


def test_an_error_stands_where_its_own_page_is_broken(rf, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert response.content.decode() == "暂时故障\n本站出了故障，请稍后再试。\n"


@pytest.mark.django_db
def test_a_database_that_fails_is_answered_with_a_whole_page():
    with connection.execute_wrapper(down):
        response = Client(raise_request_exception=False).get("/articles/1/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert Parsed(response).texts(".//h1") == ["暂时故障"]


def test_an_unknown_host_is_answered_plainly(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert Parsed(response).texts(".//h1") == ["请求有误"]
