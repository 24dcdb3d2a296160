"""全文: all words of an issue, page after page."""

import pytest

from articles.content import article_html
from articles.models import Genre
from articles.tests import factories
from articles.tests.html_parsing import headlines, read_page, text_of

pytestmark = pytest.mark.django_db
PATH = "/2024-07-27/text/"
TEXT = "工程分三段推进，先通水，再铺路，最后补种树木。"


def make_issue_of_two_pages(articles: int):
    """Make an issue whose pages A10 and A2 have so many articles each; return it."""
    issue = factories.make_issue()
    for label in ("A10", "A2"):
        page = factories.make_page(issue=issue, label=label, name="综合")
        for number in range(articles):
            article = factories.make_article(
                page=page, headline=f"{label}第{number}篇", paragraphs=[TEXT, f"{label}{TEXT}"]
            )
            factories.make_byline(article=article)
            factories.make_caption(article=article)
    return issue


def test_every_word_of_every_article_stands_in_the_order_of_the_paper(client):
    make_issue_of_two_pages(2)
    html = read_page(client, PATH)
    told = ["A2综合", "A2第0篇", "A2第1篇", "A10综合", "A10第0篇", "A10第1篇"]
    assert headlines(html) == told
    words = text_of(html)
    places = [words.index(f"{label}{TEXT}") for label in ("A2", "A10")]
    assert places == sorted(places) and words.count(TEXT) == 8


@pytest.mark.parametrize("articles", [1, 12])
def test_it_takes_six_queries(client, articles, django_assert_num_queries):
    make_issue_of_two_pages(articles)
    with django_assert_num_queries(6):
        assert client.get(PATH).status_code == 200


def test_photo_news_shows_its_picture_and_its_words_and_a_subhead_is_below_its_headline(client):
    page = factories.make_page()
    news = factories.make_article(page=page, headline="", genre=Genre.PHOTO, paragraphs=[TEXT])
    factories.make_caption(article=news)
    longer = factories.make_article(page=page)
    longer.body = article_html.sanitize(f"<p>{TEXT}</p><h2>先通水</h2><p>{TEXT}</p>")
    longer.save()
    html = read_page(client, PATH)
    assert html.count("<img") == 1 and "<h4>先通水</h4>" in html
    assert text_of(html).count(TEXT) == 3


def test_what_is_not_published_has_no_text(client):
    issue = factories.make_issue(released_at=None)
    factories.make_article(page=factories.make_page(issue=issue))
    assert client.get(PATH).status_code == 404
