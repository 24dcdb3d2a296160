"""An error at the desk leads back to the desk, and tells a stranger nothing."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from articles.tests.factories import make_member
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from newsroom import error_handlers

pytestmark = pytest.mark.django_db
NOWHERE = "/admin/articles/issue/99/board/"


def told(response) -> tuple:
    """Return status, heading and words of an error page, and where its button leads."""
    page = Parsed(response)
    assert "no-store" in response["Cache-Control"]
    assert "secret cause" not in response.content.decode()
    (button,) = page.all(".//a[@class='button']")
    words = page.texts(".//div[@id='content-main']/p")[0]
    return response.status_code, page.text(".//h1"), words, button.get("href")


@pytest.fixture
def broken(settings):
    """Pages of the desk that fail, and a browser that is shown what a server answers."""
    settings.ROOT_URLCONF = "newsroom.tests.broken_urls"
    return signed_in()


def test_what_is_not_there_leads_back_with_the_bar(django_assert_num_queries):
    desk = signed_in()
    desk.get("/admin/")
    with django_assert_num_queries(3):
        response = desk.get(NOWHERE)
    assert told(response) == (
        404,
        "没有这一页",
        "这个地址下没有内容：可能已被删除，也可能地址有误。",
        "/admin/",
    )
    assert Parsed(response).all(".//form[@class='search']")


def test_what_a_member_may_not_do_leads_back():
    assert told(signed_in(is_superuser=False).get("/admin/articles/article/add/")) == (
        403,
        "无权查看",
        "您的账号不能做这件事。需要这项权限时，请找管理员。",
        "/admin/",
    )


def test_a_fault_of_ours_leads_back(broken):
    broken.raise_request_exception = False
    assert told(broken.get("/admin/failing/")) == (
        500,
        "暂时故障",
        "本站出了故障，请稍后再试。",
        "/admin/",
    )


def test_a_request_that_cannot_be_read_leads_back():
    response = signed_in().post("/admin/articles/article/add/", {"handback": "{"})
    assert told(response) == (400, "请求有误", "这个请求无法处理。", "/admin/")


@pytest.mark.parametrize("client", [Client(), "reader"])
def test_a_stranger_is_sent_to_the_login_whatever_is_there(client):
    browser = signed_in(make_member(username="duzhe")) if client == "reader" else client
    for address in (NOWHERE, "/admin/nowhere/", "/admin/articles/article/add/"):
        answer = browser.get(address)
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_without_a_database_what_is_not_there_is_told_plainly(rf):
    def down(*args):
        raise OperationalError("gone")

    request = rf.get(NOWHERE)
    request.user = make_member(username="chief", is_staff=True)
    with connection.execute_wrapper(down):
        assert error_handlers.not_found(request, None).status_code == 404
