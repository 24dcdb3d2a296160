"""The search of the bar: what it finds, for whom, and with how many queries."""

from datetime import date

import pytest

from articles.models import Article
from articles.search import entries
from articles.tests.factories import (
    make_article,
    make_byline,
    make_contributor,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed

SEARCH = "/admin/search/"
QUERIES = 6  # the session, the member, and one for each kind

pytestmark = pytest.mark.django_db


def found(desk, term: str) -> dict[str, list[str]]:
    """Return what the page shows: the words of each row by the name of its kind."""
    entries.index_articles(Article.objects.all())
    page = Parsed(desk.get(SEARCH, {"q": term}))
    sections = page.all(".//div[@id='content-main']/section")
    return {
        section.find("h2").text: [" ".join(row.itertext()).split() for row in section.iter("li")]
        for section in sections
    }


def test_articles_photos_people_and_issues_are_found_together():
    issue = make_issue(issued_on=date(2024, 7, 27))
    make_article(headline="河埠路改造", page=make_page(issue=issue))
    make_article(headline="别的", body="<p>河埠路上。</p>", status="draft")
    make_article(headline="无关", body="<p>别处。</p>")
    make_photo(alt="河埠路施工", credit="周一鸣/摄")
    make_contributor(name="河埠路街道办", role="通讯员")
    desk = signed_in()
    assert found(desk, " 河埠路 ") == {
        "稿件": [
            ["别的", "未定期次", "·", "草稿"],
            ["河埠路改造", "2024年7月27日", "A1", "要闻", "·", "已签发"],
        ],
        "图片": [["河埠路施工", "周一鸣/摄"]],
        "作者": [["河埠路街道办", "通讯员"]],
    }
    assert found(desk, "2024-07-27") == {
        "稿件": [["河埠路改造", "2024年7月27日", "A1", "要闻", "·", "已签发"]],
        "期": [["2024年7月27日", "星期六"]],
    }


def test_an_article_with_two_bylines_that_match_is_found_once():
    article = make_article(headline="开渔")
    for name in ("周一鸣", "周二鸣"):
        make_byline(article=article, name=name)
    assert found(signed_in(), "鸣") == {"稿件": [["开渔", "未定期次", "·", "已签发"]]}


def test_of_many_rows_eight_are_shown_and_a_link_to_the_list_with_the_same_search():
    for number in range(9):
        make_contributor(name=f"周{number}")
    page = Parsed(signed_in().get(SEARCH, {"q": "周"}))
    assert len(page.all(".//div[@id='content-main']//li")) == 8
    (link,) = page.all(".//section/p/a")
    assert (link.text, link.get("href")) == (
        "查看全部：作者",
        "/admin/articles/contributor/?q=%E5%91%A8",
    )


@pytest.mark.parametrize("number", [1, 12])
def test_a_search_costs_the_same_however_much_it_finds(number, django_assert_num_queries):
    page = make_page()
    for each in range(number):
        make_article(headline="", body="<p>河埠路上。</p>", page=page)
        make_photo(alt="河埠路")
        make_contributor(name=f"河埠路{each}")
    desk = signed_in()
    entries.index_articles(Article.objects.all())
    desk.get("/admin/")
    with django_assert_num_queries(QUERIES):
        desk.get(SEARCH, {"q": "河埠路"})


def test_nothing_to_look_for_and_nothing_found_are_told(django_assert_num_queries):
    desk = signed_in()
    desk.get("/admin/")
    with django_assert_num_queries(QUERIES - 4):
        page = Parsed(desk.get(SEARCH, {"q": " "}))
    assert page.texts(".//div[@id='content-main']/p") == ["请在上方搜索框里写要找的字词。"]
    page = Parsed(desk.get(SEARCH, {"q": "<b>没有"}))
    assert page.texts(".//div[@id='content-main']/p") == [
        "没有找到“<b>没有”。少写几个字，或者换个说法，能找到更多。"
    ]


def test_only_what_the_member_may_see_is_searched(roles):
    make_article(headline="河埠路")
    make_contributor(name="河埠路")
    assert found(signed_in(roles("管理员")), "河埠路") == {}
    assert [*found(signed_in(roles("校对")), "河埠路")] == ["稿件", "作者"]
