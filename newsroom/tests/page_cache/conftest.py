"""Fixtures of the tests of the page cache."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.lists.entries import follow
from articles.tests import factories


@pytest.fixture
def keeping(settings):
    """Let pages be kept, in files of the test's own."""
    settings.PAGE_CACHE_MB = 16


@pytest.fixture
def paper(db):
    """A released issue of two pages with an article each, the day before with one."""
    factories.make_masthead()
    today = timezone.localdate()
    past = timezone.now() - timedelta(hours=1)
    before = factories.make_issue(issued_on=today - timedelta(days=1), released_at=past)
    factories.make_article(page=factories.make_page(issue=before), headline="昨天的稿件")
    issue = factories.make_issue(issued_on=today, released_at=past)
    first, second = (factories.make_page(issue=issue, label=label) for label in ("A1", "A2"))
    article = factories.make_article(page=first, headline="河埠路公园开放")
    factories.make_byline(article=article, contributor=factories.make_contributor())
    factories.make_caption(article=article)
    article.tags.add("民生")
    follow([article.pk])
    return {"issue": issue, "article": article, "other": factories.make_article(page=second)}


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock."""
    return lambda instant: monkeypatch.setattr(timezone, "now", lambda: instant)


@pytest.fixture
def chief():
    return factories.make_chief()


@pytest.fixture
def shown(paper) -> list[str]:
    """An address of each kind of page that shows something of the paper."""
    article, issue = paper["article"], paper["issue"]
    front = issue.get_absolute_url()
    return [
        *("/", front, f"{front}pages/", f"{front}A1/", f"{front}text/"),
        article.get_absolute_url(),
        f"{article.get_absolute_url()}corrections/",
        f"{article.get_absolute_url()}cite.bib",
        f"{article.get_absolute_url()}cite.ris",
        f"/articles/{article.pk}.json",
        f"/articles/{article.pk}.archive.json",
        f"/{issue.url_key}.json",
        *("/feeds/paper.atom", "/columns/", "/corrections/", "/about/", "/manifest.webmanifest"),
        f"/tags/{article.tags.get().pk}/",
        f"/contributors/{article.bylines.get().contributor_id}/",
        f"/hant{article.get_absolute_url()}",
    ]
