"""A list without rows names the next step."""

import pytest

from articles.tests.factories import make_article, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.role_tables import REPORTER

pytestmark = pytest.mark.django_db
STEPS = {
    "article": ("稿件", "新写稿件"),
    "photo": ("图片", "上传图片"),
    "issue": ("期", "新建一期"),
    "sourcedocument": ("原稿", "导入文稿"),
    "rawpage": ("版面原文", "读入版面"),
    "column": ("栏目", "新建栏目"),
}


def shown(desk, kind: str, query="") -> list[str]:
    """Return what stands in the place of the rows: its words and the address of its button."""
    html = desk.get(f"/admin/articles/{kind}/{query}").content.decode()
    assert html.count('class="empty-list"') == 1
    part = html.partition('class="empty-list">')[2].partition("</div>")[0]
    address = part.partition('href="')[2].partition('"')[0]
    return [" ".join(text.split()) for text in text_parts(part)] + [address]


def text_parts(html: str) -> list[str]:
    """Return the texts between the tags, without those that are blank."""
    parts = [piece.rpartition(">")[2] for piece in html.split("<")]
    return [part for part in parts if part.strip()]


@pytest.mark.parametrize("kind", STEPS)
def test_an_empty_list_offers_to_add_the_first_row(kind):
    name, step = STEPS[kind]
    assert shown(signed_in(), kind) == [f"还没有{name}。", step, f"/admin/articles/{kind}/add/"]


def test_a_search_that_finds_nothing_offers_all_rows():
    make_article()
    assert shown(signed_in(), "article", "?q=无此稿") == ["没有符合条件的稿件。", "查看全部", "?"]


def test_who_may_not_add_is_offered_nothing(roles):
    assert shown(signed_in(roles("校对")), "photo") == ["还没有图片。", ""]
    assert shown(signed_in(roles(REPORTER)), "issue") == ["还没有期。", ""]


def test_a_list_with_rows_says_nothing_of_it():
    make_article()
    make_member(username="jizhe")
    assert "empty-list" not in signed_in().get("/admin/articles/article/").content.decode()
