"""Feeds: corrections, withdrawals, hostile words, and asking again."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date
from hypothesis import HealthCheck, given
from hypothesis import settings as patient
from hypothesis import strategies as st
from lxml import etree

from articles.feeds import content, selection
from articles.lists.entries import follow
from articles.models import Article, Column, Photo, Status
from articles.tests import factories
from articles.workflow import transitions

from .feed_asking import NS, atom, correct, feeds_of, texts, withdraw
from .feed_rules import atom_errors, json_feed_errors

pytestmark = pytest.mark.django_db

# Corrections and withdrawals


def test_a_correction_updates_its_entry(client, paper):
    Article.objects.update(changed_at=factories.PAST)
    before = atom(client)
    correct(paper)
    after = atom(client)
    assert texts(before, "a:entry/a:updated") == ["2024-07-26T22:00:00+00:00"]
    assert texts(after, "a:entry/a:updated") == ["2024-07-28T01:20:00+00:00"]
    assert texts(after, "a:updated") == ["2024-07-28T01:20:00+00:00"]
    assert texts(after, "a:entry/a:published") == ["2024-07-26T22:00:00+00:00"]
    assert texts(after, "a:entry/a:id") == texts(before, "a:entry/a:id")
    (content,) = texts(after, "a:entry/a:content")
    assert content.startswith(
        "<p><strong>更正（2024-07-28 09:20）：“三处”应为“四处”。</strong></p><p>家门口</p>"
    )
    (summary,) = texts(after, "a:entry/a:summary")
    assert summary.startswith("更正（2024-07-28 09:20）：“三处”应为“四处”。\n昨天")


def test_a_withdrawal_is_told_for_a_month(client, paper, monkeypatch):
    other = factories.make_article(page=paper.page, column=paper.column)
    withdraw(other, public_note="来稿内容不实。")
    for path in (feeds_of(paper)["paper"], feeds_of(paper)["column"]):
        feed = atom(client, path)
        (stone,) = feed.iterfind("at:deleted-entry", NS)
        assert stone.get("ref") == f"urn:uuid:{other.uid}"
        assert datetime.fromisoformat(stone.get("when")) == other.reviews.get().made_at
        assert texts(stone, "at:comment") == ["来稿内容不实。"]
        assert len(feed.findall("a:entry", NS)) == 1
    assert client.get(feeds_of(paper, "json")["tag"]).json().get("_withdrawn") is None
    (gone,) = client.get("/feeds/paper.json").json()["_withdrawn"]
    assert (gone["ref"], gone["comment"]) == (f"urn:uuid:{other.uid}", "来稿内容不实。")
    monkeypatch.setattr(selection, "TOLD_FOR", timedelta(days=-1))
    assert atom(client).findall("at:deleted-entry", NS) == []


def test_the_withdrawal_of_the_only_article_is_told(
    client, paper, django_assert_num_queries, monkeypatch
):
    paths = feeds_of(paper)
    before = {path: client.get(path)["ETag"] for path in paths.values()}
    withdraw(paper, public_note="来稿内容不实。")
    for subject, path in paths.items():
        count = 2 if subject in ("paper", "page") else 3
        after = client.get(path, headers={"if-none-match": before[path]})
        assert (after.status_code, atom_errors(after)) == (200, []), subject
        (stone,) = etree.fromstring(after.content).iterfind("at:deleted-entry", NS)
        assert stone.get("ref") == f"urn:uuid:{paper.uid}"
        with django_assert_num_queries(count):
            again = client.get(path, headers={"if-none-match": after["ETag"]})
        assert again.status_code == 304
    monkeypatch.setattr(selection, "TOLD_FOR", timedelta(days=-1))
    codes = {subject: client.get(path).status_code for subject, path in paths.items()}
    assert codes == dict.fromkeys(paths, 404) | {"paper": 200}


def test_a_feed_of_nothing_but_withdrawals_does_not_name_its_subject(client, paper):
    paths = feeds_of(paper)
    named = {subject: client.get(path).text for subject, path in paths.items()}
    withdraw(paper)
    for subject, name in (
        ("contributor", "张可馨"),
        ("tag", "公园"),
        ("column", paper.column.name),
    ):
        assert name in named[subject]
        assert name not in client.get(paths[subject]).text


def test_each_withdrawal_of_the_only_article_has_a_tag_of_its_own(client, paper):
    path = feeds_of(paper)["column"]
    withdraw(paper)
    first = client.get(path)["ETag"]
    Article.objects.filter(pk=paper.pk).update(status=Status.SIGNED)
    transitions.move(
        Article.objects.get(pk=paper.pk),
        "withdraw",
        by=factories.make_chief(username="second"),
        note="又错了",
    )
    assert client.get(path)["ETag"] != first


def test_what_is_signed_again_has_no_tombstone(client, paper):
    withdraw(paper)
    Article.objects.filter(pk=paper.pk).update(status=Status.SIGNED)
    feed = atom(client)
    assert feed.findall("at:deleted-entry", NS) == []
    assert len(feed.findall("a:entry", NS)) == 1


@patient(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1, max_size=40))
def test_whatever_was_written_arrives_to_the_character(client, paper, words):
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    Article.objects.update(headline=words, source=words, kicker=words)
    Photo.objects.update(alt=words)
    response, told = client.get("/feeds/paper.atom"), client.get("/feeds/paper.json")
    assert (atom_errors(response), json_feed_errors(told)) == ([], [])
    (title,) = texts(atom(client), "a:entry/a:title")
    kept = content.xml_text(words)
    if kept.strip():
        # An XML document has one kind of line end.
        assert title == kept.replace("\r\n", "\n").replace("\r", "\n")
        assert told.json()["items"][0]["title"] == kept


# Asking again


@pytest.mark.parametrize("many", [1, 25])
def test_a_feed_takes_the_same_queries_whatever_it_holds(
    client, paper, django_assert_num_queries, many
):
    for _ in range(many - 1):
        extra = factories.make_article(page=paper.page, column=paper.column)
        factories.make_byline(article=extra, contributor=paper.bylines.first().contributor)
        factories.make_caption(article=extra)
        extra.tags.add("公园")
        follow([extra.pk])
    for subject, path in feeds_of(paper).items():
        count = 8 if subject in ("paper", "page") else 9
        with django_assert_num_queries(count):
            response = client.get(path)
        with django_assert_num_queries(count - 7):
            again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == response["ETag"]


def test_who_asks_by_date_alone_is_told_what_no_date_tells(client, paper):
    client.get("/feeds/paper.atom")
    Column.objects.update(name="新栏目")
    since = {"if-modified-since": http_date(timezone.now().timestamp())}
    again = client.get("/feeds/paper.atom", headers=since)
    assert again.status_code == 200
    assert "新栏目" in again.content.decode()


CHANGES = {
    "a word": lambda article: Article.objects.filter(pk=article.pk).update(
        headline="新标题", version=7
    ),
    "a correction": correct,
    "a withdrawal": lambda article: withdraw(
        factories.make_article(page=article.page, column=article.column)
    ),
    "an article more": lambda article: factories.make_article(page=article.page),
    "the name of a page": lambda article: type(article.page).objects.update(name="时政"),
    "the name of a column": lambda article: Column.objects.update(name="新栏目"),
    "the credit of a photo": lambda article: Photo.objects.update(credit="新华社"),
    "the words for a photo": lambda article: Photo.objects.update(alt="公园"),
    "a generated photo": lambda article: Photo.objects.update(generated="generated"),
    "the name of the paper": lambda article: factories.make_masthead(
        name="云溪报", valid_from=date(2020, 1, 1)
    ),
    "the setting": None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_feed_changes_its_tag(client, paper, settings, change):
    before = client.get("/feeds/paper.atom")
    if CHANGES[change]:
        CHANGES[change](paper)
    else:
        settings.FEED_CONTENT = "summary"
    after = client.get("/feeds/paper.atom", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


def test_a_kept_feed_is_open_to_all_and_forgets_what_is_withdrawn(
    client, paper, settings, django_assert_num_queries
):
    settings.PAGE_CACHE_MB = 10
    other = factories.make_article(page=paper.page)
    built = client.get("/feeds/paper.atom")
    with django_assert_num_queries(1):
        kept = client.get("/feeds/paper.atom")
    assert built.content == kept.content
    assert kept["Access-Control-Allow-Origin"] == "*"
    assert kept["Content-Type"] == "application/atom+xml; charset=utf-8"
    known = {"if-none-match": kept["ETag"]}
    assert client.get("/feeds/paper.atom", headers=known).status_code == 304
    withdraw(other)
    after = client.get("/feeds/paper.atom", headers=known)
    assert after.status_code == 200
    assert atom_errors(after) == []
    told = client.get("/feeds/paper.json").json()
    assert [item["id"] for item in told["items"]] == [paper.uid.urn]
    assert [gone["ref"] for gone in told["_withdrawn"]] == [other.uid.urn]
