"""Sitemaps by their schema, llms.txt."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from articles.lists.entries import follow
from articles.models import Genre, Issue, Status
from articles.tests import factories
from articles.tests.source_tree import ROOT

from .feed_asking import correct

pytestmark = pytest.mark.django_db

SCHEMA = etree.XMLSchema(file=str(ROOT / "articles/tests/samples/sitemap.xsd"))
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def sitemap(client, path="/sitemap.xml"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    document = etree.fromstring(response.content)
    SCHEMA.assertValid(document)
    return document


def places(document) -> dict[str, str]:
    return {
        row.findtext("s:loc", namespaces=NS).removeprefix("http://testserver"): row.findtext(
            "s:lastmod", "", NS
        )
        for row in document
    }


def test_the_index_names_a_file_for_each_month(client, paper):
    factories.make_issue(issued_on=date(2023, 12, 31))
    factories.make_issue(issued_on=date(2031, 5, 6), released_at=None)
    assert places(sitemap(client)) == {
        "/sitemaps/news.xml": "",
        "/sitemaps/lists.xml": "",
        "/sitemaps/2024-07.xml": "2024-07-27T06:00:00+08:00",
        "/sitemaps/2023-12.xml": "2024-07-27T06:00:00+08:00",
    }
    correct(paper)
    assert places(sitemap(client))["/sitemaps/2024-07.xml"] == "2024-07-28T09:20:00+08:00"


def test_a_month_holds_its_issues_pages_and_articles(client, paper):
    correct(paper)
    factories.make_article(page=paper.page, status=Status.DRAFT)
    type(paper).objects.update(changed_at=factories.PAST)
    assert places(sitemap(client, "/sitemaps/2024-07.xml")) == {
        "/2024-07-27/": "2024-07-27T06:00:00+08:00",
        "/2024-07-27/A1/": "2024-07-27T06:00:00+08:00",
        paper.get_absolute_url(): "2024-07-28T09:20:00+08:00",
    }


def test_a_month_without_an_issue_has_no_file(client, paper):
    factories.make_issue(issued_on=date(2031, 5, 6), released_at=None)
    months = ("2031-05", "2024-06", "2024-13", "0000-00", "9999-12")
    paths = [f"/sitemaps/{month}.xml" for month in months]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_lists_that_have_published_are_named(client, paper):
    factories.make_column(name="空栏目")
    factories.make_contributor(name="无稿")
    contributor = paper.bylines.first().contributor
    assert [*places(sitemap(client, "/sitemaps/lists.xml"))] == [
        "/",
        "/archive/",
        "/columns/",
        "/corrections/",
        "/about/",
        "/feeds/",
        paper.column.get_absolute_url(),
        f"/tags/{paper.tags.get().pk}/",
        contributor.get_absolute_url(),
    ]


def test_news_are_those_of_two_days(client, paper):
    now = timezone.now()
    for days_old, hours_ago, headline in ((0, 1, "新闻"), (2, 49, "旧闻"), (30, 1, "往期")):
        issue = factories.make_issue(
            issued_on=timezone.localdate() - timedelta(days=days_old),
            released_at=now - timedelta(hours=hours_ago),
        )
        page = factories.make_page(issue=issue)
        factories.make_article(page=page, headline=headline)
        factories.make_article(page=page, genre=Genre.ADVERTISEMENT, headline="广告")
    document = sitemap(client, "/sitemaps/news.xml")
    assert document.xpath("//n:title/text()", namespaces=NS) == ["新闻"]
    assert document.xpath("//n:name/text()", namespaces=NS) == ["云溪日报"]
    assert document.xpath("//n:language/text()", namespaces=NS) == ["zh-cn"]


def test_without_news_the_file_is_valid_still(client, paper):
    assert places(sitemap(client, "/sitemaps/news.xml")) == {"/": ""}


@pytest.mark.parametrize("many", [1, 25])
def test_sitemaps_take_the_same_queries_whatever_they_hold(
    client, paper, django_assert_num_queries, many
):
    for number in range(1, many):
        issue = factories.make_issue(issued_on=date(2023, 1 + number % 12, number))
        page = factories.make_page(issue=issue)
        factories.make_article(page=page, column=factories.make_column(name=f"栏目{number}"))
        factories.make_article(page=paper.page)
    counts = {"sitemap.xml": 2, "sitemaps/2024-07.xml": 3, "sitemaps/lists.xml": 6}
    for path, count in (counts | {"sitemaps/news.xml": 2}).items():
        with django_assert_num_queries(count):
            sitemap(client, f"/{path}")


def test_nothing_is_named_before_its_minute(client, paper):
    Issue.objects.update(released_at=timezone.now() + timedelta(hours=1))
    follow([paper.pk])
    assert [*places(sitemap(client))] == ["/sitemaps/news.xml", "/sitemaps/lists.xml"]
    lists = places(sitemap(client, "/sitemaps/lists.xml"))
    assert paper.column.get_absolute_url() not in lists and len(lists) == 6
    assert client.get("/sitemaps/2024-07.xml").status_code == 404


def test_programs_that_read_for_people_are_told_what_there_is(
    client, paper, django_assert_num_queries
):
    with django_assert_num_queries(2):
        response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "# 云溪日报"
    assert lines[2].startswith("> 本报每一期的全部版面和往期报纸。")
    assert "- Atom: http://testserver/feeds/paper.atom" in lines
    assert (
        "- JSON: http://testserver/articles/{id}.json, "
        "http://testserver/articles/{id}.archive.json, http://testserver/2024-07-27.json"
    ) in lines
