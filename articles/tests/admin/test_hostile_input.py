"""What is sent with ill will: markup in every field, fields that no form shows, odd requests."""

import random

import html5lib
import pytest
from django.db import models
from django.urls import reverse
from taggit.models import Tag

from articles.content import sanitizer
from articles.models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Issue,
    Masthead,
    Member,
    Page,
    Photo,
    Status,
)
from articles.tests import factories
from articles.tests.form_helpers import fields, signed_in
from articles.tests.page_kinds import make_every_kind

pytestmark = pytest.mark.django_db

PAYLOAD = "\"'>--></title></textarea></script><probe onclick=go()>{{7*7}}<a href=javascript:go()>"
TEXT = (models.CharField, models.TextField)
POISONED = (Article, Byline, Caption, Column, Contributor, Masthead, Member, Page, Photo)
# Not words: what these hold is checked when it is written.
CHECKED = {"body", "wordmark", "status", "label", "file", "focus", "password", "username", "email"}


def poison(model: type[models.Model]) -> None:
    """Put the payload into every text field of every row, as far as it is long enough."""
    for field in model._meta.concrete_fields:
        if type(field) in TEXT and field.name not in CHECKED and not field.choices:
            for number, pk in enumerate(model.objects.values_list("pk", flat=True)):
                words = f"{number}{PAYLOAD}"[: field.max_length]
                model.objects.filter(pk=pk).update(**{field.name: words})


def live(response) -> list[str]:
    """Return what a page holds that only the payload can have brought."""
    # Not `Parsed`: a page of Django's own has an error.
    root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    found = [element.tag for element in root.iter("probe")]
    for element in root.iter():
        found += [name for name in element.attrib if name.startswith("on")]
        link = element.get("href", "") + element.get("src", "") + element.get("action", "")
        found += [link] if "javascript:" in link.replace(" ", "") else []
    return found


def poison_the_paper() -> None:
    """Put the payload into all the words of the paper."""
    for model in (*POISONED, Tag):
        poison(model)
    Article.objects.update(body=sanitizer.sanitize(f"<p>{PAYLOAD}</p><p>第二段。{PAYLOAD}</p>"))


def test_markup_in_any_field_is_text_to_readers(client):
    pages = make_every_kind()
    poison_the_paper()
    assert {kind: found for kind, path in pages.items() if (found := live(client.get(path)))} == {}
    assert "<probe" not in client.get("/").content.decode()
    assert "probe" in client.get("/").content.decode()


@pytest.mark.slow
def test_markup_in_any_field_is_text_at_the_desk(addresses):
    poison_the_paper()
    desk = signed_in(factories.make_chief(is_superuser=True))
    shown = {name: where for name, where in addresses.items() if not name.endswith("jsi18n")}
    shown.pop("preview"), shown.pop("preview_issue")  # Their page is the text of a frame.
    answers = {name: desk.get(where) for name, where in shown.items()}
    pages = {name: answer for name, answer in answers.items() if not answer.streaming}
    told = {name for name, answer in pages.items() if b"probe" in answer.content}
    assert len(told) > 20
    assert {name: found for name in told if (found := live(answers[name]))} == {}


def test_what_no_form_shows_cannot_be_sent(roles):
    article = factories.make_article(
        status=Status.DRAFT, page=factories.make_page(issue=factories.make_issue(released_at=None))
    )
    desk = signed_in(roles("责任编辑"))
    edit = reverse("admin:articles_article_change", args=[article.pk])
    sent = {
        "status": "signed",
        "version": "99",
        "length": "7",
        "id": "77",
        "pk": "77",
        "position": "9",
        "changed_at": "2001-01-01",
        "signed_digest": "0" * 64,
        "_is_signed": "1",
        "reason": "",
        "released_at": "2024-01-01",
    }
    typed = fields(desk.get(edit), "article_form") | {"headline": "改过的题", "_continue": "1"}
    assert desk.post(edit, typed | sent).status_code == 302
    stored = Article.objects.get()
    assert (stored.pk, stored.headline) == (article.pk, "改过的题")
    assert (stored.status, stored.position) == (Status.DRAFT, 1)
    assert stored.version < 99
    edit = reverse("admin:articles_issue_change", args=[article.page.issue_id])
    sent = {
        "released_at": "2024-01-01",
        "released_at_0": "2024-01-01",
        "released_at_1": "00:00",
        "state": "published",
        "pages-0-planned": "9",
    }
    typed = fields(desk.get(edit), "issue_form") | {"serial": "88", "_continue": "1"}
    assert desk.post(edit, typed | sent).status_code == 302
    issue = Issue.objects.get()
    assert (issue.serial, issue.released_at, issue.pages.get().planned) == (88, None, 0)


PARTS = [
    "articles",
    "archive",
    "tags",
    "photos",
    "columns",
    "contributors",
    "corrections",
    "about",
    "preview",
    "pages",
    "2024-07-27",
    "2024-02-30",
    "0000-00-00",
    "9999-12-31",
    "2024-07-27-0",
    "2024-07-27-99",
    "A1",
    "a1",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "1e9",
    "%00",
    "%ff",
    "%C0%AE",
    "..",
    ".",
    "",
    "null",
    "\u202e",
    "武进",
    "wide.jpg",
    "x" * 3000,
    "93a5e8d1-42bf-4c70-8e16-d7b20c9f5e48",
    "static",
    "admin",
    "robots.txt",
]
QUERIES = [
    "",
    "?page=0",
    "?page=-1",
    "?page=1e99",
    "?page=%00",
    "?page=99999999999999999999",
    "?" + "a=1&" * 2000,
    "?%ff=%fe",
    "?page=1&page=2",
    "?next=//evil.example",
]
HEADERS = [
    {},
    {"If-Modified-Since": "never"},
    {"If-None-Match": 'W/"x", *'},
    {"Range": "x=9-1"},
    {"Accept-Language": "xx-" + "y" * 500},
    {"Cookie": 'session=%00; csrf="\\"; ;='},
    {"X-Forwarded-Host": "evil.example"},
    {"Accept-Encoding": "gzip;q=x"},
]


@pytest.mark.slow
def test_odd_requests_of_readers_are_answered_in_order(client):
    make_every_kind()
    client.raise_request_exception = False
    chance = random.Random(20240727)
    for _ in range(400):
        parts = [chance.choice(PARTS) for _ in range(chance.randint(1, 4))]
        path = "/" + "/".join(parts) + chance.choice(["/", ""]) + chance.choice(QUERIES)
        headers = chance.choice(HEADERS)
        shown, head = client.get(path, headers=headers), client.head(path, headers=headers)
        assert shown.status_code < 500, (path[:200], headers)
        assert head.status_code == shown.status_code, (path[:200], headers)
        assert head.content == b"", path[:200]
