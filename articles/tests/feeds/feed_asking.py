"""Asking for feeds, and what changes them."""

from datetime import UTC, datetime

from django.urls import reverse
from lxml import etree

from articles import revisions
from articles.models import Correction
from articles.tests import factories
from articles.workflow import transitions

from .feed_rules import ATOM

NS = {"a": ATOM, "at": "http://purl.org/atompub/tombstones/1.0"}
NOON = datetime(2024, 7, 28, 1, 20, tzinfo=UTC)


def feeds_of(article, kind="atom") -> dict[str, str]:
    """Return the address of each kind of feed that holds an article."""
    return {
        "paper": reverse("articles:paper_feed", args=[kind]),
        "page": reverse("articles:page_feed", args=[article.page.name, kind]),
        "column": reverse("articles:column_feed", args=[article.column_id, kind]),
        "contributor": reverse(
            "articles:contributor_feed", args=[article.bylines.first().contributor_id, kind]
        ),
        "tag": reverse("articles:tag_feed", args=[article.tags.get().pk, kind]),
    }


def atom(client, path="/feeds/paper.atom", **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def texts(feed, path) -> list[str]:
    return [found.text or "" for found in feed.iterfind(path, NS)]


def correct(article, notice="“三处”应为“四处”。", made_at=NOON):
    return Correction.objects.create(
        article=article,
        revision=revisions.current(article),
        notice=notice,
        made_by=factories.make_chief(username="corrector"),
        made_at=made_at,
    )


def withdraw(article, public_note=""):
    revisions.current(article)
    chief = factories.make_chief(username="withdrawer")
    transitions.move(article, "withdraw", by=chief, note="事实有误", public_note=public_note)
