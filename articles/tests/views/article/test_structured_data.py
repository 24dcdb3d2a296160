"""What machines are told of an article."""

import json
from datetime import UTC, date, datetime

import pytest

from articles.models import Article, Issue
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_page,
)
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def linked_data(client, article: Article) -> dict:
    page = Parsed(client.get(article.get_absolute_url()))
    return json.loads(page.text(".//script[@type='application/ld+json']"))


def make_known(**facts) -> Article:
    """Make an article changed before its issue was released."""
    article = make_article(**facts)
    Article.objects.update(changed_at=datetime(2024, 7, 26, 12, 0, tzinfo=UTC))
    return article


def test_an_article_is_a_news_article_of_its_issue(client):
    make_masthead(name="云溪日报")
    article = make_known(
        page=make_page(label="A2", name="民生"),
        headline="服务点启用",
        column=make_column(name="民生实事"),
        paragraphs=["一二三。"],
    )
    contributor = make_contributor(name="林晓禾")
    make_byline(article=article, role="记者", name="林晓禾", contributor=contributor)
    photo = make_caption(article=article).photo
    article.tags.add("便民")
    url = SITE + article.get_absolute_url()
    paper = {"name": "云溪日报", "url": f"{SITE}/"}
    assert linked_data(client, article) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": "服务点启用",
        "inLanguage": "zh-Hans",
        "datePublished": "2024-07-27T06:00:00+08:00",
        "dateModified": "2024-07-27T06:00:00+08:00",
        "author": [
            {
                "@type": "Person",
                "name": "林晓禾",
                "url": SITE + contributor.get_absolute_url(),
                "jobTitle": "记者",
            }
        ],
        "publisher": {"@type": "NewsMediaOrganization", **paper},
        "articleSection": ["民生", "民生实事"],
        "printPage": "A2",
        "isPartOf": {
            "@type": "PublicationIssue",
            "url": f"{SITE}/2024-07-27/",
            "datePublished": "2024-07-27",
            "isPartOf": {"@type": "Newspaper", **paper},
        },
        "image": [f"{SITE}/photos/{photo.uid}/wide.jpg"],
        "keywords": ["便民"],
        "wordCount": 4,
    }


def test_a_later_change_is_told(client):
    article = make_known(page=make_page())
    Article.objects.update(changed_at=datetime(2024, 7, 28, 1, 20, tzinfo=UTC))
    assert linked_data(client, article)["dateModified"] == "2024-07-28T09:20:00+08:00"


def test_what_nobody_has_given_is_left_out(client):
    article = make_known(page=make_page(name=""), body="")
    found = linked_data(client, article)
    absent = {"author", "image", "keywords", "articleSection", "wordCount", "sourceOrganization"}
    assert not absent & set(found)


def test_an_organisation_signs_as_one_and_a_source_is_named(client):
    article = make_known(page=make_page(), source="云溪通讯社")
    desk = make_contributor(name="云溪发布", is_organisation=True)
    make_byline(article=article, role="", name="云溪发布", contributor=desk)
    found = linked_data(client, article)
    assert found["author"] == [
        {"@type": "Organization", "name": "云溪发布", "url": SITE + desk.get_absolute_url()}
    ]
    assert found["sourceOrganization"] == {"@type": "Organization", "name": "云溪通讯社"}


def test_an_extra_and_a_serial_number_are_told(client):
    issue = make_issue(issued_on=date(2024, 7, 27), edition=2, serial=8123)
    found = linked_data(client, make_known(page=make_page(issue=issue)))
    assert found["printEdition"] == Issue.objects.get().title
    assert found["isPartOf"]["issueNumber"] == 8123


def test_no_word_ends_the_script_element(client):
    hostile = "</script><script>alert(1)</script>&<!--"
    article = make_known(page=make_page(), headline=hostile)
    assert linked_data(client, article)["headline"] == hostile
    words = client.get(article.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in words.split("</title>")[1].split("<body>")[0]


@pytest.mark.browser
def test_the_data_block_breaks_no_policy(live_server, tab):
    article = make_known(page=make_page())
    reports = []
    tab.on("console", lambda message: reports.append(message.text))
    tab.goto(live_server.url + article.get_absolute_url())
    assert reports == []
    assert tab.evaluate("JSON.parse(document.querySelector('[type*=ld]').text)['@type']") == (
        "NewsArticle"
    )
