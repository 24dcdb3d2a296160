"""Feeds: what they hold, for whom they are found, and that they are valid."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.lists.entries import follow
from articles.models import Article, Column, Genre, Issue, Photo, Status
from articles.search import entries
from articles.tests import factories
from articles.tests.html_parsing import Parsed

from .feed_asking import NS, atom, correct, feeds_of, texts, withdraw
from .feed_rules import atom_errors, json_feed_errors

pytestmark = pytest.mark.django_db


# What they hold


def test_an_entry_holds_the_whole_article(client, paper):
    feed = atom(client)
    (entry,) = feed.iterfind("a:entry", NS)
    assert texts(entry, "a:title") == ["河埠路三处口袋公园开放 <b>"]
    assert texts(entry, "a:id") == [f"urn:uuid:{paper.uid}"]
    assert [link.attrib for link in entry.iterfind("a:link", NS)] == [
        {"rel": "alternate", "href": f"http://testserver/articles/{paper.pk}/"},
        {
            "rel": "enclosure",
            "type": "image/jpeg",
            "href": f"http://testserver/photos/{Photo.objects.get().uid}/wide.jpg",
            "title": "灰色的方块",
        },
    ]
    assert texts(entry, "a:author/a:name") == ["张可馨", "徐帆"]
    assert texts(entry, "a:author/a:uri") == [
        f"http://testserver{paper.bylines.first().contributor.get_absolute_url()}"
    ]
    assert [part.get("term") for part in entry.iterfind("a:category", NS)] == [
        "要闻",
        "民生实事",
        "公园",
    ]
    photo = Photo.objects.get()
    assert texts(entry, "a:content") == [
        "<p>家门口</p>"
        "<p><b>本报讯</b>（记者 张可馨 实习生 徐帆）昨天，"
        '<a href="http://testserver/articles/1/">三处</a>公园开放。</p>'
        "<table><tr><td>3</td></tr></table>"
        f'<figure><img src="http://testserver/photos/{photo.uid}/wide.jpg" alt="灰色的方块"'
        ' width="60" height="40">'
        "<figcaption>开放当天 &amp; “人”多。 周一鸣 摄</figcaption></figure>"
        "<p>余下的年内建成。</p>"
        '<p>来源：云溪发布\u3000<a href="http://testserver/2024-07-27/A1/">'
        "2024年7月27日 A1 要闻</a></p>"
    ]


def test_the_paper_chooses_summaries(client, paper, settings):
    settings.FEED_CONTENT = "summary"
    feed = atom(client)
    assert texts(feed, "a:entry/a:content") == []
    assert texts(feed, "a:entry/a:summary") == ["昨天，三处公园开放。余下的年内建成。"]
    (item,) = client.get("/feeds/paper.json").json()["items"]
    assert item["content_text"] == item["summary"] == "昨天，三处公园开放。余下的年内建成。"
    assert "content_html" not in item


def test_json_holds_the_same(client, paper):
    feed, told = atom(client), client.get("/feeds/paper.json").json()
    assert {name: told[name] for name in ("version", "title", "home_page_url", "feed_url")} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "云溪日报",
        "home_page_url": "http://testserver/",
        "feed_url": "http://testserver/feeds/paper.json",
    }
    (item,) = told["items"]
    assert [item["content_html"]] == texts(feed, "a:entry/a:content")
    assert [item["id"]] == texts(feed, "a:entry/a:id")
    assert [item["date_modified"]] == texts(feed, "a:entry/a:updated")
    assert [author["name"] for author in item["authors"]] == ["张可馨", "徐帆"]
    assert item["tags"] == ["要闻", "民生实事", "公园"]


@pytest.mark.parametrize("many", [1, 25])
def test_every_feed_is_valid(client, paper, many):
    for number in range(many - 1):
        extra = factories.make_article(page=paper.page, column=paper.column)
        factories.make_byline(article=extra, contributor=paper.bylines.first().contributor)
        extra.tags.add("公园")
        follow([extra.pk])
        if number == 3:
            correct(extra)
        if number == 4:
            withdraw(extra, public_note="来稿内容不实。\x0b")
    for subject, path in feeds_of(paper).items():
        assert atom_errors(client.get(path)) == [], subject
        assert len(atom(client, path).findall("a:entry", NS)) == max(1, many - 1)
    for subject, path in feeds_of(paper, "json").items():
        assert json_feed_errors(client.get(path)) == [], subject


def test_a_paper_without_an_issue_has_a_valid_feed(client, db):
    assert atom_errors(client.get("/feeds/paper.atom")) == []
    assert json_feed_errors(client.get("/feeds/paper.json")) == []


def test_what_nobody_may_see_is_in_no_feed(client, paper):
    tomorrow = timezone.now() + timedelta(days=1)
    later = factories.make_issue(issued_on=date(2030, 1, 1), released_at=tomorrow)
    facts = {"column": paper.column}
    factories.make_article(page=factories.make_page(issue=later), **facts)
    factories.make_article(page=paper.page, status=Status.DRAFT, **facts)
    factories.make_article(page=paper.page, genre=Genre.ADVERTISEMENT, **facts)
    for path in feeds_of(paper).values():
        assert len(atom(client, path).findall("a:entry", NS)) == 1
    Issue.objects.update(released_at=timezone.now())
    assert len(atom(client).findall("a:entry", NS)) == 2


def test_a_feed_is_bounded_and_the_newest_first(client, paper):
    column = Column.objects.create(name="长栏目")
    for number in range(1, 4):
        page = factories.make_page(issue=factories.make_issue(issued_on=date(2024, 8, number)))
        for _ in range(25):
            factories.make_article(page=page, headline=f"八月{number}日", column=column)
    titles = texts(atom(client, f"/feeds/columns/{column.pk}.atom"), "a:entry/a:title")
    assert titles == ["八月3日"] * 25 + ["八月2日"] * 25


def test_nothing_of_a_subject_is_404(client, paper):
    column = Column.objects.create(name="空栏目")
    nowhere = [f"/feeds/columns/{column.pk}.atom", "/feeds/columns/999999999999999999999.atom"]
    nowhere += ["/feeds/pages/无此版.atom", "/feeds/tags/0.json", "/feeds/contributors/0.atom"]
    for answer in map(client.get, nowhere):
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert (answer.json()["status"], answer.json()["title"]) == (404, "未找到")
    nowhere += ["/feeds/paper.rss", "/feeds/paper.atom/"]
    assert {path: client.get(path).status_code for path in nowhere} == dict.fromkeys(nowhere, 404)


# Finding them


def test_any_site_may_read_a_feed_and_keep_it_for_a_minute(client, paper):
    for path in ("/feeds/paper.atom", "/feeds/paper.json"):
        response = client.get(path)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Cache-Control"] == "public, max-age=60"
    assert client.get("/feeds/paper.atom")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Access-Control-Allow-Origin" not in client.get("/feeds/").headers


def alternates(client, path) -> list[str]:
    links = Parsed(client.get(path)).all(".//link[@rel='alternate']")
    kinds = ("application/atom+xml", "application/feed+json")
    return [link.get("href") for link in links if link.get("type") in kinds]


def test_pages_name_their_feeds(client, paper):
    found = feeds_of(paper)
    pages = {
        "/": "paper",
        "/2024-07-27/": "paper",
        paper.get_absolute_url(): "paper",
        paper.column.get_absolute_url(): "column",
        paper.bylines.first().contributor.get_absolute_url(): "contributor",
        reverse("articles:tag", args=[paper.tags.get().pk]): "tag",
        "/2024-07-27/A1/": "paper",
    }
    for path, subject in pages.items():
        atom_path = found[subject]
        expected = [atom_path, atom_path.removesuffix("atom") + "json"]
        assert alternates(client, path) == expected, path
        assert alternates(client, f"/hant{path}") == expected, path


def test_one_page_lists_the_feeds_for_people(client, paper, django_assert_num_queries):
    with django_assert_num_queries(5):
        page = Parsed(client.get("/feeds/"))
    links = page.links(".//main")
    for subject in ("paper", "page", "column"):
        assert {feeds_of(paper)[subject], feeds_of(paper, "json")[subject]} <= {*links}
    assert "/feeds/" in Parsed(client.get("/")).links(".//footer[@class='foot']")


def test_ids_do_not_change_with_the_host(client, paper, settings):
    settings.ALLOWED_HOSTS = ["testserver", "new.example"]
    moved = atom(client, host="new.example")
    assert texts(moved, "a:entry/a:id") == texts(atom(client), "a:entry/a:id")
    assert uuid.UUID(texts(moved, "a:entry/a:id")[0]) == paper.uid
    assert moved.find("a:entry/a:link", NS).get("href").startswith("http://new.example/")


def test_parameters_change_nothing(client, paper):
    plain = client.get("/feeds/paper.json")
    asked = client.get("/feeds/paper.json?n=100000&page=9&q=x")
    assert json.loads(plain.content) == json.loads(asked.content)
    assert plain["ETag"] == asked["ETag"]


# Of a search


@pytest.mark.parametrize("many", [1, 25])
def test_a_search_has_a_feed(client, paper, django_assert_max_num_queries, many):
    for _ in range(many - 1):
        factories.make_article(page=paper.page, headline="口袋公园又一处")
    factories.make_article(page=paper.page, headline="别的")
    entries.index_articles(Article.objects.all())
    with django_assert_max_num_queries(14):
        response = client.get("/search/feed.atom?q=口袋公园&sort=relevance&x=1")
    assert atom_errors(response) == []
    feed = atom(client, "/search/feed.atom?q=口袋公园&sort=relevance&x=1")
    assert texts(feed, "a:title") == ["云溪日报 · 搜索：口袋公园"]
    assert len(feed.findall("a:entry", NS)) == many
    addresses = {link.get("rel"): link.get("href") for link in feed.iterfind("a:link", NS)}
    words = "%E5%8F%A3%E8%A2%8B%E5%85%AC%E5%9B%AD"
    assert addresses == {
        "alternate": f"http://testserver/search/?q={words}",
        "self": f"http://testserver/search/feed.atom?q={words}",
    }
    with django_assert_max_num_queries(8):
        again = client.get(
            "/search/feed.atom?q=口袋公园", headers={"if-none-match": response["ETag"]}
        )
    assert again.status_code == 304
    (link,) = [
        each.get("href")
        for each in Parsed(client.get("/search/?q=口袋公园")).all(".//link[@rel='alternate']")
        if each.get("type") == "application/atom+xml"
    ]
    assert link == addresses["self"]


def test_a_search_that_finds_nothing_has_an_empty_feed_and_one_without_words_none(client, paper):
    assert atom_errors(client.get("/search/feed.atom?q=没有的词")) == []
    assert json_feed_errors(client.get("/search/feed.json?q=没有的词")) == []
    for query in ("", "?q=", "?q=%20"):
        response = client.get(f"/search/feed.atom{query}")
        assert (response.status_code, response.json()["detail"]) == (
            400,
            "请在 q 参数中给出要检索的词。",
        )
