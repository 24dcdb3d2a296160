"""How a page and the contents of the other pages are composed."""

import re
from datetime import date

import pytest

from articles.models import Article
from articles.tests import factories
from articles.tests.html_parsing import Parsed, read_page

pytestmark = pytest.mark.django_db


def test_a_tall_picture_is_set_tall_and_no_picture_is_set_beyond_its_pixels(client):
    for size, shown in (((900, 1800), ("900", "1200")), ((300, 200), ("300", "200"))):
        page = factories.make_page(
            issue=factories.make_issue(issued_on=date(2024, 8, size[0] % 27))
        )
        photo = factories.make_photo(size=size)
        factories.make_caption(article=factories.make_article(page=page), photo=photo)
        (picture,) = Parsed(client.get(page.issue.get_absolute_url())).all(".//img")
        assert (picture.get("width"), picture.get("height")) == shown


def test_genres_that_are_no_news_are_labelled_and_advertisements_last(client):
    page = factories.make_page()
    for genre in ("advertisement", "commentary", "editorial", "notice", "news"):
        factories.make_article(page=page, headline=f"标题{genre}", genre=genre)
    html = read_page(client)
    shown = dict.fromkeys(re.findall(r'<p class="lanmu">(.*?)</p>', html))
    assert [*shown] == ["评论", "社论", "公告", "广告"]
    cards = re.findall(r'<article class="([^"]+)"', html)
    assert cards[-1].endswith(" ad") and "p1" not in cards[-1]
    article = Article.objects.get(genre="advertisement")
    own = read_page(client, article.get_absolute_url())
    assert '<p class="lanmu">广告</p>' in own and "NewsArticle" not in own
    assert "data-speech" in own and "article:published_time" in own


def test_other_pages_are_their_first_headlines_and_how_many_more(client):
    issue = factories.make_issue()
    factories.make_article(page=factories.make_page(issue=issue), headline="头条")
    inside = factories.make_page(issue=issue, label="A2", name="综合")
    for number in "一二三四五六七":
        factories.make_article(page=inside, headline=f"第{number}篇")
    html = read_page(client)
    assert '<a href="/2024-07-27/A2/"><span class="tag">A2</span>综合</a>' in html
    assert '<p class="meta"><a href="/2024-07-27/A2/">另有 2 篇</a></p>' in html
    assert "第五篇" in html and "第六篇" not in html


def test_an_issue_of_many_pages_lists_three_headlines_of_each(client):
    issue = factories.make_issue()
    for number in range(1, 10):
        page = factories.make_page(issue=issue, label=f"A{number}", name="综合")
        for place in "一二三四":
            factories.make_article(page=page, headline=f"A{number}第{place}篇")
    html = read_page(client)
    assert "A9第三篇" in html and "A9第四篇" not in html
    assert html.count("另有 1 篇") == 8


def test_pages_without_anything_to_tell_are_not_listed(client):
    issue = factories.make_issue()
    factories.make_article(page=factories.make_page(issue=issue), headline="头条")
    factories.make_page(issue=issue, label="A2", name="空白")
    paid = factories.make_page(issue=issue, label="A3", name="广告版")
    factories.make_article(page=paid, headline="开业", genre="advertisement")
    mixed = factories.make_page(issue=issue, label="A4", name="综合")
    factories.make_article(page=mixed, headline="租房", genre="advertisement")
    factories.make_article(page=mixed, headline="一条消息")
    strip = read_page(client).partition('id="leaves"')[2]
    assert "空白" not in strip and "广告版" not in strip and "租房" not in strip
    assert "一条消息" in strip.replace("<wbr>", "")
