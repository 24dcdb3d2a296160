"""The board of an issue: who may see it and arrange it, many at once, and what it costs."""

from functools import partial

import pytest

from articles.editing.placement import format_arrangement
from articles.models import Article, Genre, Issue, Page
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_column,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.form_helpers import signed_in
from articles.tests.issue_helpers import (
    announcement,
    article_named,
    board_order,
    board_url,
    make_board,
    open_board,
    placement_data,
)


@pytest.fixture
def issue(db):
    """Two pages: A1 with three articles 甲 乙 丙, A2 with one, 丁."""
    return make_board()


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.mark.slow
def test_eight_people_moving_at_once_lose_no_article(together):
    issue = make_issue(released_at=None)
    pages = [make_page(issue=issue, label=f"A{n}") for n in range(1, 5)]
    for page in pages:
        for n in range(5):
            make_article(page=page, headline=f"{page.label}的{n}")
    chief = make_member(username="bianwei", is_staff=True, is_superuser=True)

    def work(desk, n):
        statuses = []
        for step in range(5):
            seen = open_board(desk, issue)
            moved = article_named(f"A{n % 4 + 1}的{step}").pk
            page = pages[(n + step) % 4].pk
            answer = desk.post(
                board_url(issue), seen | {"article": moved, "page": page, "place": 1}
            )
            statuses.append(answer.status_code)
        return statuses

    answers = together([partial(work, signed_in(chief), n) for n in range(8)])
    assert {status for statuses in answers for status in statuses} <= {302, 409}
    assert Article.objects.exclude(page=None).count() == 20
    board_order(issue)


# Who may


MAY_MOVE = {"责任编辑", "部门主任", "值班编委", "值班总编"}


@pytest.mark.parametrize(
    "role", ["记者", "责任编辑", "部门主任", "值班编委", "值班总编", "校对", "管理员"]
)
def test_who_may_see_and_who_may_arrange(roles, issue, role):
    desk = signed_in(roles(role))
    page = desk.get(board_url(issue))
    assert page.status_code == (403 if role == "管理员" else 200)
    seen = open_board(signed_in(make_member(username="b", is_superuser=True, is_staff=True)), issue)
    for posted in (placement_data("丙", "A1", 1), {"more": Page.objects.get(label="A1").pk}):
        answer = desk.post(board_url(issue), seen | posted)
        assert answer.status_code == (302 if role in MAY_MOVE else 403)
    assert board_order(issue)["A1"] == ("丙甲乙" if role in MAY_MOVE else "甲乙丙")
    if page.status_code == 200:
        assert ('class="grip"' in page.content.decode()) == (role in MAY_MOVE)


def test_a_released_issue_is_arranged_only_by_who_may_release(roles, issue):
    Issue.objects.update(released_at=make_issue(edition=2).released_at)
    seen = {
        "seen": format_arrangement(
            {
                page.pk: list(page.articles.order_by("position").values_list("pk", flat=True))
                for page in issue.pages.in_order()
            }
        )
    }
    desk = signed_in(roles("责任编辑"))
    assert 'class="grip"' not in desk.get(board_url(issue)).content.decode()
    answer = desk.post(board_url(issue), seen | placement_data("丙", "A1", 1))
    assert answer.status_code == 409
    assert announcement(answer).startswith("这一期已发布，只有发布人可以调整稿件位置。")
    assert desk.post(board_url(issue), seen | {"more": issue.pages.first().pk}).status_code == 409
    chief = signed_in(roles("值班总编"))
    assert chief.post(board_url(issue), seen | placement_data("丙", "A1", 1)).status_code == 302
    assert (
        chief.post(
            board_url(issue), open_board(chief, issue) | placement_data("丙", "", 1)
        ).status_code
        == 409
    )
    assert board_order(issue) == {"A1": "丙甲乙", "A2": "丁"}


def test_a_stranger_is_sent_to_the_login_and_an_unknown_issue_is_not_found(client, desk, issue):
    assert "/login/" in client.get(board_url(issue)).url
    client.post(board_url(issue), placement_data("丙", "A1", 1) | {"seen": ""})
    assert board_order(issue)["A1"] == "甲乙丙"
    assert desk.get("/admin/articles/issue/99/board/").status_code == 404
    assert desk.get(f"/admin/articles/issue/{10**30}/board/").status_code == 404


# How often it asks


def fill(issue, pages, each):
    for n in range(pages):
        page = make_page(issue=issue, label=f"B{n}")
        for k in range(each):
            genre = Genre.NEWS if k % 2 else Genre.PHOTO
            made = make_article(page=page, column=make_column(name=f"栏目{n}-{k}"), genre=genre)
            make_byline(article=made)
            made.tags.add(f"渔业{n}-{k}")
            if k == 0:
                make_caption(article=made)


@pytest.mark.slow
@pytest.mark.parametrize(("pages", "each"), [(1, 1), (16, 7), (16, 15)])
def test_the_board_asks_as_often_for_16_pages_with_120_articles_as_for_one(
    desk, pages, each, django_assert_num_queries
):
    issue = make_issue(released_at=None)
    fill(issue, pages, each)
    make_caption(article=make_article(headline="待用"))
    if pages == 16 and each == 7:
        for _ in range(8):
            make_article(page=issue.pages.first())
        assert Article.objects.filter(page__issue=issue).count() == 120
    desk.get(board_url(issue))
    with django_assert_num_queries(14):
        desk.get(board_url(issue))
