"""The whole issue: every page with all its headlines."""

import re

import pytest

from articles.tests import factories
from articles.tests.facsimiles.making import make_facsimile
from articles.tests.html_parsing import headlines, read_page, text_of
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
PATH = "/2024-07-27/pages/"


def test_every_page_lists_all_its_articles_in_order(client):
    issue = factories.make_issue()
    for label in ("A10", "A2"):
        page = factories.make_page(issue=issue, label=label, name="综合")
        for place in "一二":
            factories.make_article(page=page, headline=f"{label}第{place}篇")
    assert headlines(read_page(client, PATH)) == [
        "A2综合",
        "A2第一篇",
        "A2第二篇",
        "A10综合",
        "A10第一篇",
        "A10第二篇",
    ]


def test_an_article_shows_its_title_stack_kind_and_length(client):
    factories.make_article(
        page=factories.make_page(),
        column=factories.make_column(name="民生实事"),
        kicker="引题——",
        headline="主题",
        deck="——副题",
        genre="document",
        paragraphs=["共有六个字。"],
    )
    shown = re.search(r"<li><article>(.*?)</article>", read_page(client, PATH), re.S)[1]
    assert text_of(shown).split() == ["民生实事", "引题", "主题", "文件", "6", "字", "副题"]


def test_the_issue_is_counted(client):
    page = factories.make_page()
    factories.make_page(issue=page.issue, label="A2")
    article = factories.make_article(page=page)
    factories.make_article(page=page, status="draft")
    factories.make_caption(article=article)
    assert "<span>2 版</span><span>1 篇</span><span>图片 1 幅</span>" in read_page(client, PATH)


def test_photo_news_without_a_headline_is_named_by_column_and_words(client):
    factories.make_article(
        page=factories.make_page(),
        genre="photo",
        headline="",
        column=factories.make_column(name="进行时"),
        paragraphs=["昨天上午项目一期竣工，进入收尾。"],
    )
    assert headlines(read_page(client, PATH))[1] == "进行时：昨天上午项目一期竣工"


def test_pages_of_advertisements_alone_are_not_listed_beside_others(client):
    issue = factories.make_issue()
    paid = factories.make_page(issue=issue, label="A2", name="广告版")
    factories.make_article(page=paid, headline="开业", genre="advertisement")
    assert headlines(read_page(client, PATH)) == ["A2广告版", "开业"]
    factories.make_article(page=factories.make_page(issue=issue), headline="头条")
    assert headlines(read_page(client, PATH)) == ["A1要闻", "头条"]


def test_an_issue_without_pages_is_shown(client):
    factories.make_issue()
    assert "<span>0 版</span><span>0 篇</span>" in read_page(client, PATH)


@pytest.mark.parametrize("count", [1, 25])
def test_the_whole_issue_takes_six_queries(client, django_assert_num_queries, count):
    factories.make_full_page(page=factories.make_page(), count=count)
    with django_assert_num_queries(6):
        read_page(client, PATH)


def test_a_page_with_a_picture_is_shown_by_it(client, django_assert_num_queries):
    page = factories.make_page()
    article = factories.make_article(page=page)
    row = make_facsimile(page, article)
    width, height = row.pictures[0]
    with django_assert_num_queries(7):
        html = read_page(client, PATH)
    assert f"/2024-07-27/A1/facsimile-{width}.webp" in html
    assert 'href="/2024-07-27.pdf" download' in html
    assert re.search(rf'loading="?lazy"? width="?{width}"? height="?{height}', html)


def test_an_issue_is_offered_as_a_book_and_as_pdf_only_while_it_is_whole(client):
    page = factories.make_page()
    article = factories.make_article(page=page)
    assert "/2024-07-27.pdf" not in read_page(client, PATH)
    make_facsimile(page, article)
    assert "/2024-07-27.pdf" in read_page(client, PATH)
    transitions.move(article, "withdraw", by=factories.make_chief(), note="失实")
    html = read_page(client, PATH)
    assert "/2024-07-27.pdf" not in html
    assert 'href="/2024-07-27.epub" download' in html
