"""The page of a search: what it shows, and what it costs."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.search import entries
from articles.tests.factories import make_article, make_byline, make_column, make_issue, make_page
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db
# On PostgreSQL the newest articles are compared before the index is asked.
QUERIES = {1: 13, 40: 13} if connection.vendor == "sqlite" else {1: 15, 40: 14}


def make_printed(headline: str, *, on: date, text: str = "昨天。", **facts) -> Article:
    page = make_page(issue=make_issue(issued_on=on, **facts.pop("issue", {})))
    return make_article(headline=headline, body=f"<p>{text}</p>", page=page, **facts)


def index_all() -> None:
    entries.index_articles(Article.objects.all())


def titles(client, **asked) -> list[str]:
    page = Parsed(client.get("/search/", asked))
    return ["".join(each.itertext()).strip() for each in page.all(".//ol[@class='hits']//h2")]


def test_the_newest_comes_first_and_by_choice_the_headlines(client):
    make_printed("河埠路开工", on=date(2023, 5, 1))
    make_printed("别的", on=date(2024, 5, 1), text="河埠路上。")
    index_all()
    assert titles(client, q="河埠路") == ["别的", "河埠路开工"]
    assert titles(client, q="河埠路", sort="relevance") == ["河埠路开工", "别的"]


def test_words_are_marked_in_the_headline_and_in_the_text_as_it_was_printed(client):
    make_printed("臺灣ＡＢ节目", on=date(2024, 5, 1), text="前文。" * 20 + "看台 湾AB节目。后文。")
    index_all()
    page = Parsed(client.get("/search/", {"q": "台湾ab"}))
    assert page.texts(".//mark") == ["臺灣ＡＢ", "台 湾AB"]
    snippet = page.all(".//ol[@class='hits']//p")[1]
    assert "".join(snippet.itertext()).strip() == "…文。" + "前文。" * 7 + "看台 湾AB节目。后文。"


def test_what_is_not_public_is_not_found_and_not_counted(client):
    soon = timezone.now() + timedelta(minutes=5)
    make_printed("河埠路一", on=date(2023, 5, 1))
    make_printed("河埠路二", on=date(2022, 5, 1))
    make_printed("河埠路三", on=date(2024, 5, 1), issue={"released_at": soon})
    make_printed("河埠路四", on=date(2024, 5, 2), issue={"released_at": None})
    make_printed("河埠路五", on=date(2024, 5, 3), status="withdrawn")
    make_article(headline="河埠路六")
    index_all()
    page = Parsed(client.get("/search/", {"q": "河埠路"}))
    assert titles(client, q="河埠路") == ["河埠路一", "河埠路二"]
    rows = page.all(".//table//tbody/tr")
    assert [[cell.text for cell in row] for row in rows] == [["2022", "1"], ["2023", "1"]]


def test_an_early_issue_is_found_from_its_minute_on(client, monkeypatch):
    soon = timezone.now() + timedelta(minutes=5)
    make_printed("河埠路", on=date(2024, 5, 1), issue={"released_at": soon})
    index_all()
    for at, found in ((soon - timedelta(microseconds=1), []), (soon, ["河埠路"])):
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        assert titles(client, q="河埠路") == found


def test_names_columns_pages_and_days_narrow(client):
    column = make_column(name="民生 实事")
    first = make_printed("河埠路一", on=date(2024, 5, 1), column=column)
    make_byline(article=first, name="周一鸣")
    make_printed("河埠路二", on=date(2023, 5, 1))
    index_all()
    for narrower in ("作者:一鸣", "栏目：实事", "版:A1 2024-05", "2024-05-01..2024-05-31", "-二"):
        assert titles(client, q=f"河埠路 {narrower}") == ["河埠路一"], narrower
    assert titles(client, q="河埠路", **{"from": "2023", "to": "2023-06"}) == ["河埠路二"]
    assert titles(client, q="河埠路 栏目:没有") == []
    assert titles(client, q="作者:周") == ["河埠路一"]


def test_narrower_results_are_asked_for_by_the_query_as_it_was_understood(client):
    column = make_column(name="民生 实事")
    for day in (date(2023, 5, 1), date(2024, 5, 1), date(2024, 7, 1)):
        article = make_printed(f"河埠路{day}", on=day, column=column)
        make_byline(article=article, name="周一鸣")
    index_all()
    for typed in ("河埠路 2023-02..2024-06", "2023-02..2024-06 “河埠路"):
        response = client.get("/search/", {"q": typed, "to": "昨天"})
        narrower = Parsed(response).all(".//section[@class='narrow']//a")
        links = [each.get("href") for each in narrower]
        links += response.context["year_urls"].values()
        assert [parse_qs(link[1:]) for link in links] == [
            {"q": ["河埠路 栏目:民生实事"], "from": ["2023-02-01"], "to": ["2024-06-30"]},
            {"q": ["河埠路 作者:周一鸣"], "from": ["2023-02-01"], "to": ["2024-06-30"]},
            {"q": ["河埠路"], "from": ["2023-02-01"], "to": ["2023-12-31"]},
            {"q": ["河埠路"], "from": ["2024-01-01"], "to": ["2024-06-30"]},
        ]
        found = [len(titles(client, **parse_qs(link[1:]))) for link in links]
        assert found == [2, 2, 1, 1]


def test_a_long_result_is_read_on_from_the_last_article_shown(client):
    page = make_page()
    for number in range(45):
        word = "河埠路" if number % 2 else "别的"
        make_article(headline=f"{word}{number}", body="<p>河埠路。</p>", page=page)
    index_all()
    for sort in ("newest", "relevance"):
        url, seen = f"?q=河埠路&sort={sort}", []
        while url:
            parsed = Parsed(client.get("/search/" + url))
            seen += ["".join(each.itertext()).strip() for each in parsed.all(".//ol//h2")]
            url = next((link.get("href") for link in parsed.all(".//a[@rel='next']")), None)
        assert len(seen) == len(set(seen)) == 45
        if sort == "relevance":
            assert [title[0] for title in seen] == ["河"] * 22 + ["别"] * 23


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "河" * 101}, "只检索了前100个字符。"),
        ({"q": "河 2024-13"}, "“2024-13”不是日期。请写成 2024-07-27、2024-07 或 2024。"),
        ({"q": "河", "from": "昨天"}, "“昨天”不是日期。请写成 2024-07-27、2024-07 或 2024。"),
        ({"q": "河 “埠"}, "““埠”的引号没有写完，按写到末尾检索。"),
        ({"q": "河 -作者:周"}, "“-作者:周”：只能排除字词，不能排除作者、栏目或版面。"),
        ({"q": "河", "from": "2024", "to": "2023"}, "起始日期晚于截止日期，所以什么也找不到。"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(client, asked, told):
    assert Parsed(client.get("/search/", asked)).texts(".//ul[@id='told']/li") == [told]


@pytest.mark.parametrize(
    "asked", ["", "q=%00", "q=%ff&from=0000&to=9999-99", "q=-a", "q=*&before=x", "q=%25&before=h9"]
)
def test_no_address_of_a_search_is_an_error(client, asked):
    assert client.get(f"/search/?{asked}").status_code == 200


def test_nothing_found_proposes_what_finds_something(client):
    make_printed("河埠路开工", on=date(2023, 5, 1))
    index_all()
    page = Parsed(client.get("/search/", {"q": "河埠路 没有"}))
    assert page.texts(".//ul[@class='plain']//a") == ["河埠路"]
    page = Parsed(client.get("/search/", {"q": "河埠街道"}))
    assert page.texts(".//ul[@class='plain']//a") == ["河埠"]


def test_results_are_not_indexed_and_the_empty_form_is(client):
    make_printed("河埠路", on=date(2023, 5, 1))
    index_all()
    assert "noindex" in client.get("/search/", {"q": "河"}).content.decode()
    assert "noindex" not in client.get("/search/").content.decode()


@pytest.mark.parametrize("number", [1, 40])
def test_a_search_costs_the_same_queries_however_much_it_finds(
    number, client, django_assert_num_queries
):
    page = make_page()
    for each in range(number):
        make_byline(article=make_article(headline=f"河埠路{each}", page=page))
    index_all()
    with django_assert_num_queries(QUERIES[number]):
        client.get("/search/", {"q": "河埠路"})


def test_the_page_in_traditional_characters_stays_there(client):
    make_printed("体育馆开放", on=date(2023, 5, 1))
    index_all()
    page = Parsed(client.get("/hant/search/", {"q": "體育館"}))
    assert page.texts(".//mark") == ["體育館"]
    assert {form.get("action") for form in page.all(".//form")} == {"/hant/search/"}


def test_every_page_has_a_labelled_box(client):
    make_article(page=make_page())
    (box,) = Parsed(client.get("/")).all(".//nav//form[@role='search']//input")
    assert (box.get("name"), box.get("aria-label")) == ("q", "检索词")


def test_both_search_forms_of_the_page_have_names_of_their_own(client):
    forms = Parsed(client.get("/search/")).all(".//form[@role='search']")
    assert [form.get("aria-label") for form in forms] == ["搜索", "搜索稿件"]
