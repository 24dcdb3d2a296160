"""Every word of the sample issue reaches its reader as it is stored."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles.content import article_html
from articles.models import Article
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles() -> list[Article]:
    call_command("loaddata", "sample_issue", stdout=StringIO())
    return list(Article.objects.published().in_print_order())


def test_paragraphs_headlines_bylines_and_credits_are_on_the_page_to_the_character(
    client, articles
):
    assert len(articles) == 5
    for article in articles:
        page = Parsed(client.get(article.get_absolute_url()))
        lead_in = article.dateline + article.lead_in_of(article.bylines.all())
        first, *others = article_html.paragraphs(article.body)
        assert page.texts(".//div[@class='prose']/p") == [lead_in + first, *others]
        assert page.texts(".//h1") == [article.headline or article.display_title]
        signed = [str(byline) for byline in article.bylines.all()]
        assert page.texts(".//p[@class='by']/span")[: len(signed)] == signed
        credits = [caption.printed_credit for caption in article.captions.all()]
        assert page.texts(".//span[@class='credit']") == credits


def test_the_photo_news_shows_its_column_its_credit_and_its_photographer(client, articles):
    page = Parsed(client.get(articles[-1].get_absolute_url()))
    assert page.texts(".//figure/p[@class='lanmu']") == ["重点项目 进行时"]
    assert page.texts(".//p[@class='by']/span")[0] == "徐芊卉 摄"
    assert page.texts(".//figcaption") == ["徐芊卉 摄"]


def test_the_five_articles_follow_one_another(client, articles):
    pages = [Parsed(client.get(article.get_absolute_url())) for article in articles]
    found = [page.links(".//nav[@class='onward']")[0] for page in pages[:-1]]
    assert found == [article.get_absolute_url() for article in articles[1:]]
