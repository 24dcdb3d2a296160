"""Counts of published articles for readers' pages: by year, and of people who signed together."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from .models import Article, Contributor

# How many people are named who signed together with somebody.
MOST_PEOPLE = 12
# The size of the chart of years: its height, and the width and distance of its bars.
HEIGHT, BAR, STEP = 80, 28, 40


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year in a chart: how many articles, and where its bar stands."""

    year: int
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """The middle of the bar, where its words stand."""
        return self.x + BAR // 2


def count_by_year(articles: QuerySet[Article]) -> list[tuple[int, int]]:
    """Return how many of some articles were printed in each year, years without any too.

    The first year comes first. One query.
    """
    year = ExtractYear("page__issue__issued_on")
    rows = articles.order_by().values(year=year).annotate(total=Count("pk", distinct=True))
    totals = {row["year"]: row["total"] for row in rows}
    if not totals:
        return []
    return [(year, totals.get(year, 0)) for year in range(min(totals), max(totals) + 1)]


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart of the years of a person or a column."""

    bars: list[YearBar]

    @property
    def width(self) -> int:
        """The width that its bars take."""
        return len(self.bars) * STEP


def chart_of_years(articles: QuerySet[Article]) -> YearChart | None:
    """Return a chart of years, its highest bar `HEIGHT` high; None for a single year. One query."""
    counts = count_by_year(articles)
    if len(counts) < 2:
        return None
    most = max(count for _, count in counts)
    bars = []
    for place, (year, count) in enumerate(counts):
        height = max(1, round(HEIGHT * count / most)) if count else 0
        bars.append(YearBar(year, count, place * STEP + 6, HEIGHT - height + 20, height))
    return YearChart(bars)


def signed_together(contributor: Contributor, articles: QuerySet[Article]) -> QuerySet[Contributor]:
    """Select the contributors who signed some of a contributor's articles, the most frequent first.

    Each knows how many (`shared`).
    """
    others = Contributor.objects.filter(bylines__article__in=articles.order_by().values("pk"))
    counted = others.exclude(pk=contributor.pk).annotate(
        shared=Count("bylines__article", distinct=True)
    )
    return counted.order_by("-shared", "name", "pk")[:MOST_PEOPLE]
