"""What stands around an article on its page: its place, its neighbours."""

import pytest

from articles import queries
from articles.layout.article_metrics import ArticleMetrics, ranked
from articles.layout.page_layout import picture_of
from articles.models import Article, Status
from articles.tests.factories import make_article, make_caption, make_issue, make_page, make_photo
from articles.tests.html_parsing import Parsed
from articles.views.article.article_page import picture_in

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return article.get_absolute_url()


def read(client, article: Article) -> Parsed:
    return Parsed(client.get(address(article)))


def make_two_pages() -> list[Article]:
    """Make A2 and A10 with two articles each, in print order."""
    issue = make_issue()
    late = make_page(issue=issue, label="A10", name="副刊")
    early = make_page(issue=issue, label="A2", name="要闻")
    return [
        make_article(page=page, headline=f"{page.label}第{n}篇")
        for page in (early, late)
        for n in (1, 2)
    ]


def test_the_miniature_of_a_page_is_measured_as_the_page(client):
    page = make_page()
    for genre in ("news", "photo", "document", "advertisement", "news"):
        article = make_article(page=page, genre=genre, dateline="本报讯")
        for size in ((900, 1800), (60, 40)) if genre in ("news", "photo") else ():
            make_caption(article=article, photo=make_photo(size=size))
    around = queries.articles_in_print_order(queries.published_in(page.issue))
    on_page = queries.articles_by_page(queries.published_in(page.issue))[page.pk]
    queries.load_bylines_and_captions(on_page)
    pictures = [picture_of(article.loaded_captions) for article in on_page]
    assert [picture and picture.shape for picture in pictures] == [
        "tall",
        "tall",
        None,
        None,
        "tall",
    ]
    assert ranked([*map(ArticleMetrics, on_page, pictures)]) == ranked(
        [ArticleMetrics(row, picture_in(row.first_caption)) for row in around]
    )


def test_the_next_article_is_found_in_page_order_and_across_pages(client):
    articles = make_two_pages()
    pages = [read(client, article) for article in articles]
    assert [page.links(".//nav[@class='onward']") for page in pages] == [
        [address(articles[1])],
        [address(articles[2]), address(articles[0])],
        [address(articles[3]), address(articles[1])],
        [address(articles[2])],
    ]


def test_other_articles_of_the_page_are_listed(client):
    first, second, third, fourth = make_two_pages()
    page = read(client, second)
    assert page.texts(".//aside/ol/li") == ["A2第1篇"]
    assert page.text(".//nav[@class='where']/span[3]") == "本版第2篇，共2篇"


def test_only_what_readers_see_stands_around(client):
    page = make_page()
    seen = make_article(page=page)
    make_article(page=page, status=Status.DRAFT, headline="未签发")
    found = read(client, seen)
    assert found.links(".//nav[@class='onward']") == []
    assert found.links(".//aside") == []
    assert found.text(".//nav[@class='where']/span[3]") == "本版第1篇，共1篇"


def test_the_map_marks_the_block_of_the_article(client):
    page = make_page()
    articles = [make_article(page=page) for _ in range(5)]
    blocks = read(client, articles[3]).all(".//{*}rect")[1:]
    assert [block.get("class") for block in blocks] == [None, None, None, "on", None]


def test_the_page_bar_marks_the_page(client):
    first, *_ = make_two_pages()
    assert read(client, first).texts(".//nav[@class='bar']//a[@aria-current]") == ["A2要闻"]
