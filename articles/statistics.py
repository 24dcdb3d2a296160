"""Counts of published articles for readers' pages: by year, and of people who signed together."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .models import Article, Contributor

# How many people are named who signed together with somebody.
MOST_PEOPLE = 12
# Of how many of the latest articles they are looked up.
LATEST = 200
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


def every_year(counts: dict[int, int]) -> list[tuple[int, int]]:
    """Return how many articles each year has, years without any too, the first first."""
    if not counts:
        return []
    return [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)]


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart of the years of a person or a column."""

    bars: list[YearBar]

    @classmethod
    def of(cls, counts: list[tuple[int, int]]) -> "YearChart | None":
        """Build it from (year, count), its highest bar `HEIGHT` high; None for a single year."""
        if len(counts) < 2:
            return None
        most = max(count for _, count in counts)
        bars = []
        for place, (year, count) in enumerate(counts):
            height = max(1, round(HEIGHT * count / most)) if count else 0
            bars.append(YearBar(year, count, place * STEP + 6, HEIGHT - height + 20, height))
        return cls(bars)

    @property
    def width(self) -> int:
        """The width that its bars take."""
        return len(self.bars) * STEP


def chart_of_years(articles_by_year: dict[int, int]) -> YearChart | None:
    """Return a chart of years, its highest bar `HEIGHT` high; None for a single year. No query."""
    return YearChart.of(every_year(articles_by_year))


def signed_together(contributor: Contributor, articles: QuerySet[Article]) -> QuerySet[Contributor]:
    """Select who signed a contributor's latest articles (`LATEST`) too, the most frequent first.

    Each knows how many (`shared`).
    """
    latest = articles.values("pk")[:LATEST]
    others = Contributor.objects.filter(bylines__article__in=latest)
    counted = others.exclude(pk=contributor.pk).annotate(
        shared=Count("bylines__article", distinct=True)
    )
    return counted.order_by("-shared", "name", "pk")[:MOST_PEOPLE]
