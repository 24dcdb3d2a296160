"""How long a page stays right: which changes concern it, and which instant.

A view of one issue says so with `kept_with_issue`; a page whose view says nothing depends on
every change of what readers see, on the date, and on each minute of release. These are:

| Pages | scopes (`articles/publication.py`) | until |
|---|---|---|
| the front page of an issue | its issue | an issue beside it is published |
| a page, the overview, the text, the JSON of an issue | its issue | - |
| the page of an article | its issue | the words about its age change |
| its corrections, its citations, its JSON | its issue | - |
| the sitemap of news | lists | also the minute at which an issue is two days old |
| all others | lists | midnight, or the next release |

All depend on `everything`; in traditional characters, also on `names`. An issue that is
released or recalled counts for those before and after it too, which link it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from django.http import HttpResponse
from django.utils import timezone

from articles import publication
from articles.models import Issue

# What a page that is kept may be asked besides its address; any other parameter: it is not kept.
PARAMETERS = {
    **dict.fromkeys(("column", "contributor", "tag"), {"after"}),
    "corrections": {"page"},
    "search": {"q", "from", "to", "sort", "before"},
    "search_feed": {"q", "from", "to"},
}


# Computes the instant from which a page is old, only where it is kept.
Until = Callable[[], datetime | None]


def never() -> None:
    """Say that no instant makes a page old."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The scopes in which a change makes a page old, and the instant from which it is old."""

    scopes: tuple[str, ...]
    until: Until = never


def kept_with_issue(response: HttpResponse, issue: Issue, *, until: Until = never) -> HttpResponse:
    """Say that a page shows nothing outside of its issue, and until when; return the response."""
    scopes = (publication.EVERYTHING, publication.issue_scope(issue.pk))
    response.freshness = Freshness(scopes, until)
    return response


def kept_until(response: HttpResponse, until: Until) -> HttpResponse:
    """Say that a page of lists is old from an instant on, at the latest; return the response."""
    response.kept_until = until
    return response


def kept_with_names(response: HttpResponse) -> HttpResponse:
    """Say that a page depends on the names of the paper, besides the rest."""
    response.depends_on_names = True
    return response


def freshness_of(response: HttpResponse, built_at: datetime) -> Freshness:
    """Return how long the response of a view stays right that was begun at an instant. No query."""
    found = getattr(response, "freshness", None)
    if found is None:
        scopes = (publication.EVERYTHING, publication.LISTS)
        own = getattr(response, "kept_until", never)
        found = Freshness(scopes, partial(_end_of_lists, built_at, own))
    if getattr(response, "depends_on_names", False):
        return replace(found, scopes=(*found.scopes, publication.NAMES))
    return found


def _end_of_lists(built_at: datetime, own: Until) -> datetime:
    midnight = start_of(timezone.localdate(built_at) + timedelta(days=1))
    ends = (midnight, publication.next_release(built_at), own())
    return min(end for end in ends if end)


def start_of(day: date) -> datetime:
    """Return the instant at which a day begins on the newsroom's clock."""
    return timezone.make_aware(datetime.combine(day, time()))
