"""How many articles of a list readers see of each year: kept, so that no list is counted whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from articles.models import Article, ListYear


class Year(NamedTuple):
    """One year of one list."""

    kind: str
    year: int
    subject: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles readers see, the day of the latest, and when that will change."""

    articles: int = 0
    last_on: date | None = None
    recount_at: datetime | None = None


def year_of(entry) -> Year:
    """Return the year of an entry, a stored one or one to be."""
    return Year(entry.kind, entry.day.year, entry.subject)


@transaction.atomic(savepoint=False)
def recount(years: Iterable[Year]) -> None:
    """Count some years again and keep the numbers.

    The rows are locked before they are counted, so that of two members who change articles of one
    list at once the second counts what the first has changed.
    """
    for (kind, year), subjects in _grouped(years).items():
        rows = [ListYear(kind=kind, subject=each, year=year, articles=0) for each in subjects]
        ListYear.objects.bulk_create(rows, ignore_conflicts=True)
        kept = ListYear.objects.select_for_update().filter(
            kind=kind, year=year, subject__in=subjects
        )
        rows = list(kept.order_by("pk"))
        counted = count(kind, year, subjects)
        for row in rows:
            found = counted.get(row.subject, Counted())
            row.articles, row.last_on = found.articles, found.last_on
            row.recount_at = found.recount_at
        ListYear.objects.bulk_update(rows, ["articles", "last_on", "recount_at"])


def recount_due() -> None:
    """Count the years again in which an issue came out since they were counted. One query.

    Five for each kind and year where there are any.
    """
    due = ListYear.objects.filter(recount_at__lte=timezone.now())
    rows = due.values_list("kind", "year", "subject")
    if years := [Year(*row) for row in rows]:
        with transaction.atomic():
            recount(years)


def count(kind: str, year: int, subjects: Iterable[int]) -> dict[int, Counted]:
    """Return what readers see now of one year of some lists, by subject. Two queries."""
    now = timezone.now()
    of_year = Q(
        list_entries__kind=kind,
        list_entries__subject__in=list(subjects),
        list_entries__day__gte=date(year, 1, 1),
        list_entries__day__lte=date(year, 12, 31),
    )
    seen = Article.objects.published(now).filter(of_year).order_by()
    seen = seen.values_list("list_entries__subject").annotate(Count("pk"), Max("list_entries__day"))
    coming = Article.objects.filter(of_year, page__issue__released_at__gt=now).order_by()
    coming = dict(
        coming.values_list("list_entries__subject").annotate(Min("page__issue__released_at"))
    )
    found = {subject: Counted(n, last, coming.pop(subject, None)) for subject, n, last in seen}
    return found | {subject: Counted(recount_at=at) for subject, at in coming.items()}


def years_of(kind: str, subject: int) -> dict[int, Counted]:
    """Return what readers see of a list by year. One query.

    Two more for a year in which an issue came out since it was counted.
    """
    now = timezone.now()
    found = {}
    for row in ListYear.objects.filter(kind=kind, subject=subject).order_by("year"):
        kept = Counted(row.articles, row.last_on)
        if row.recount_at and row.recount_at <= now:
            kept = count(kind, row.year, [subject]).get(subject, Counted())
        if kept.articles:
            found[row.year] = kept
    return found


def totals(kind: str) -> dict[int, Counted]:
    """Return what readers see of every list of a kind, by subject. Two queries."""
    now = timezone.now()
    due = Q(recount_at__lte=now)
    rows = ListYear.objects.filter(kind=kind)
    found: dict[int, Counted] = {}
    for row in [*_sums(rows.exclude(due).exclude(articles=0)), *_due(rows.filter(due))]:
        subject, articles, last_on = row
        before = found.get(subject, Counted())
        last = max(filter(None, (before.last_on, last_on)), default=None)
        found[subject] = Counted(before.articles + articles, last)
    return {subject: counted for subject, counted in found.items() if counted.articles}


def _sums(rows: QuerySet[ListYear]):
    return rows.order_by().values_list("subject").annotate(Sum("articles"), Max("last_on"))


def _due(rows: QuerySet[ListYear]):
    years = _grouped(Year(row.kind, row.year, row.subject) for row in rows)
    for (kind, year), subjects in years.items():
        for subject, counted in count(kind, year, subjects).items():
            yield subject, counted.articles, counted.last_on


def _grouped(years: Iterable[Year]) -> dict[tuple[str, int], list[int]]:
    grouped: dict[tuple[str, int], set[int]] = {}
    for kind, year, subject in years:
        grouped.setdefault((kind, year), set()).add(subject)
    return {key: sorted(subjects) for key, subjects in sorted(grouped.items())}
