"""The newest part of a long list of articles, which is all that one leafs through."""

from datetime import date

from django.db.models import QuerySet

from articles.admin.list_mixins import CappedPaginator
from articles.models import Article, Issue, ListEntry, ListKind

# How many of the newest issues a list shows.
ISSUES = 50


def first_of_latest_issues(start: date | None, end: date | None) -> date | None:
    """Return the day of the first of the latest issues, None where there are no more than those.

    Of the issues from `start` on and before `end`, where these are given. One query.
    """
    issues = Issue.objects.order_by("-issued_on")
    if start:
        issues = issues.filter(issued_on__gte=start)
    if end:
        issues = issues.filter(issued_on__lt=end)
    days = issues.values_list("issued_on", flat=True)
    return next(iter(days[ISSUES - 1 : ISSUES]), None)


def first_of_column(column: str) -> date | None:
    """Return the day of the oldest article that the list of a column (its id) shows.

    None where it shows all of them. One query, which reads an index.
    """
    last = CappedPaginator.cap - 1
    days = _entries(column).order_by("-day", "place").values_list("day", flat=True)
    return next(iter(days[last : last + 1]), None)


def ids_of_column(column: str, first_day: date) -> QuerySet:
    """Select the ids of what is in a column: printed from a day on, or not released.

    A union, so that each part is found in an index.
    """
    printed = _entries(column).filter(day__gte=first_day).order_by().values("article")
    waiting = Article.objects.filter(column=column).order_by().values("pk")
    waiting_issues = Issue.objects.filter(released_at=None).order_by().values("pk")
    return printed.union(waiting.filter(page=None), waiting.filter(page__issue__in=waiting_issues))


def _entries(column: str) -> QuerySet[ListEntry]:
    return ListEntry.objects.filter(kind=ListKind.COLUMN, subject=column)
