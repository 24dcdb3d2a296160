"""The bar at the top of the desk: who sees which places, which is the current one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.tests.factories import make_issue, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed

BOARD = "/admin/board/"
LISTS = "/admin/articles"
PLACES = {
    "今晚": "/admin/",
    "稿件": f"{LISTS}/article/",
    "图片": f"{LISTS}/photo/",
    "版面": BOARD,
    "往期": f"{LISTS}/issue/",
}


def bar(desk, address="/admin/") -> Parsed:
    """Open a page of the desk."""
    response = desk.get(address)
    assert response.status_code == 200
    return Parsed(response)


def places(page: Parsed) -> dict[str, str]:
    """Return the links of the bar by their words."""
    links = page.all(".//nav[@class='places']/ul/li/a")
    return {"".join(link.itertext()).strip(): link.get("href") for link in links}


def menu(page: Parsed) -> list[str]:
    """Return the words of the links behind 更多."""
    return [
        text.strip() for text in page.texts(".//nav[@class='places']/details//a") if text.strip()
    ]


def test_a_chief_finds_every_place_and_the_tables_in_their_groups(roles):
    page = bar(signed_in(roles("值班总编")))
    assert places(page) == PLACES
    assert page.texts(".//nav[@class='places']/details//h2") == ["本报", "归类", "报社"]
    assert menu(page)[:3] == ["期", "版", "稿件"]


def test_who_has_no_role_finds_the_home_and_nothing_else(db):
    page = bar(signed_in(make_member(username="xinren", is_staff=True)))
    assert (places(page), menu(page)) == ({"今晚": "/admin/"}, [])
    assert page.all(".//a[@class='write']") == []


@pytest.mark.parametrize(("role", "number"), [("记者", 1), ("校对", 0), ("管理员", 0)])
def test_only_who_may_write_is_offered_a_new_article(roles, role, number):
    page = bar(signed_in(roles(role)))
    assert page.links(".//header").count(f"{LISTS}/article/add/") == number


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("index", [("今晚", "page")]),
        ("articles_article_changelist", [("稿件", "page")]),
        ("articles_article_change", [("稿件", "true")]),
        ("articles_photo_add", [("图片", "true")]),
        ("articles_issue_board", [("版面", "true")]),
        ("articles_issue_change", [("往期", "true")]),
        ("articles_column_changelist", []),
    ],
)
def test_one_place_at_most_is_the_current_one(rows, addresses, name, current):
    page = bar(
        signed_in(make_member(username="zb", is_staff=True, is_superuser=True)),
        addresses[f"admin:{name}"],
    )
    found = page.all(".//nav[@class='places']/ul/li/a[@aria-current]")
    assert [("".join(a.itertext()).strip(), a.get("aria-current")) for a in found] == current


def test_the_menu_of_the_member_logs_out_by_post(db):
    page = bar(signed_in(make_member(username="wang", name="王编辑", is_staff=True)))
    (form,) = page.all(".//form[@id='logout-form']")
    assert (form.get("method"), form.get("action")) == ("post", reverse("admin:logout"))
    assert page.text(".//span[@class='name']") == "王编辑"
    assert reverse("admin:password_change") in page.links(".//details[@name='bar-menu']")


def test_the_pages_are_those_of_the_next_issue(db, django_assert_num_queries):
    today, now = timezone.localdate(), timezone.now()
    make_issue(issued_on=today - timedelta(days=1), released_at=None)
    make_issue(issued_on=today, released_at=now - timedelta(hours=1))
    make_issue(issued_on=today + timedelta(days=2), released_at=None)
    following = make_issue(
        issued_on=today + timedelta(days=1), released_at=now + timedelta(hours=9)
    )
    desk = signed_in()
    desk.get("/admin/")
    with django_assert_num_queries(3):
        answer = desk.get(BOARD)
    assert answer["Location"] == reverse("admin:articles_issue_board", args=[following.pk])


def test_where_no_issue_is_planned_the_pages_are_the_list_of_issues(db):
    make_issue(issued_on=timezone.localdate() - timedelta(days=1), released_at=None)
    assert signed_in().get(BOARD)["Location"] == f"{LISTS}/issue/"


def test_who_may_not_see_issues_is_led_to_no_board(roles):
    make_issue(issued_on=timezone.localdate(), released_at=None)
    assert signed_in(roles("管理员")).get(BOARD).status_code == 403
