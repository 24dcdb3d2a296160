"""The board and the release of an issue: their addresses, what is posted, what is stored."""

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Issue, Page
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import fields
from articles.tests.html_parsing import Parsed

BOARD_FORM = "board-form"


def make_board() -> Issue:
    """Make an issue of two pages: A1 with three articles 甲 乙 丙, A2 with one, 丁."""
    issue = make_issue(released_at=None)
    for label, headlines in (("A1", "甲乙丙"), ("A2", "丁")):
        page = make_page(issue=issue, label=label)
        for headline in headlines:
            make_article(page=page, headline=headline)
    return issue


def board_url(issue) -> str:
    """Return the address of the board."""
    return reverse("admin:articles_issue_board", args=[issue.pk])


def open_board(desk, issue, query="") -> dict[str, str]:
    """Return the fields of the board's form as the page shows it."""
    return fields(desk.get(board_url(issue) + query), BOARD_FORM)


def board_order(issue) -> dict[str, str]:
    """Return the headlines on each page, in order, after checking the numbers."""
    found = {}
    for page in issue.pages.in_order():
        rows = list(page.articles.order_by("position").values_list("position", "headline"))
        assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
        found[page.label] = "".join(headline for _, headline in rows)
    return found


def article_named(headline) -> Article:
    """Return the article with a headline."""
    return Article.objects.get(headline=headline)


def placement_data(headline, label, place) -> dict:
    """Return the fields that put an article at a place of a page; no label: off the paper."""
    page = Page.objects.get(label=label).pk if label else ""
    return {"article": article_named(headline).pk, "page": page, "place": place}


def announcement(response) -> str:
    """Return what the board announces."""
    (found,) = [
        each for each in Parsed(response).root.iter() if each.get("data-announced") is not None
    ]
    return " ".join("".join(found.itertext()).split())


RELEASE_NOW = {"_now": "1"}
# What confirms a release, also on another day than the paper's own.
CONFIRM = {"_confirm": "1", "other_day": "on"}


def release_url(issue) -> str:
    """Return the address of the release screen."""
    return reverse("admin:articles_issue_release", args=[issue.pk])


def release_at(moment) -> dict:
    """Return the posted choice of a minute."""
    return {"_at": "1", "at": timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")}


def messages_of(response) -> list[str]:
    """Return the messages of a response."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def released_at(issue):
    """Return the stored minute of release."""
    return Issue.objects.get(pk=issue.pk).released_at
