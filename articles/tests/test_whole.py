"""The whole issue: every page with all its headlines."""

import re

import pytest

from articles.tests import make

from .test_front import headlines, make_full_page, read, words

pytestmark = pytest.mark.django_db
PATH = "/2024-07-27/pages/"


def test_every_page_lists_all_its_articles_in_order(client):
    issue = make.make_issue()
    for label in ("A10", "A2"):
        page = make.make_page(issue=issue, label=label, name="综合")
        for place in "一二":
            make.make_article(page=page, headline=f"{label}第{place}篇")
    assert headlines(read(client, PATH)) == [
        "A2综合", "A2第一篇", "A2第二篇", "A10综合", "A10第一篇", "A10第二篇",
    ]  # fmt: skip


def test_an_article_shows_its_title_stack_kind_and_length(client):
    make.make_article(
        page=make.make_page(),
        column=make.make_column(name="民生实事"),
        kicker="引题——",
        headline="主题",
        deck="——副题",
        genre="document",
        paragraphs=["共有六个字。"],
    )
    shown = re.search(r"<li><article>(.*?)</article>", read(client, PATH), re.S)[1]
    assert words(shown).split() == ["民生实事", "引题", "主题", "副题", "文件6", "字"]


def test_the_issue_is_counted(client):
    page = make.make_page()
    make.make_page(issue=page.issue, label="A2")
    article = make.make_article(page=page)
    make.make_article(page=page, status="draft")
    make.make_caption(article=article)
    assert "<span>2 版</span><span>1 篇</span><span>图片 1 幅</span>" in read(client, PATH)


def test_photo_news_without_a_headline_is_named_by_column_and_words(client):
    make.make_article(
        page=make.make_page(),
        genre="photo",
        headline="",
        column=make.make_column(name="进行时"),
        paragraphs=["昨天上午项目一期竣工，进入收尾。"],
    )
    assert headlines(read(client, PATH))[1] == "进行时：昨天上午项目一期竣工"


def test_an_issue_without_pages_is_shown(client):
    make.make_issue()
    assert "<span>0 版</span><span>0 篇</span>" in read(client, PATH)


@pytest.mark.parametrize("count", [1, 25])
def test_the_whole_issue_takes_five_queries(client, django_assert_num_queries, count):
    make_full_page(page=make.make_page(), count=count)
    with django_assert_num_queries(5):
        read(client, PATH)
