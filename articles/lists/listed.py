"""The published articles of a list, the newest first, and those before or after one of them."""

from django.db.models import F, Q, QuerySet

from articles.models import Article, ListEntry


def listed_articles(kind: str, subject: int) -> QuerySet[Article]:
    """Select the published articles of a list, the newest first, each with its page and column.

    `day` and `place` tell where each stands. An index gives them in this order.
    """
    return (
        Article.objects.published()
        .filter(list_entries__kind=kind, list_entries__subject=subject)
        .annotate(day=F("list_entries__day"), place=F("list_entries__place"))
        .order_by("-list_entries__day", "list_entries__place")
        .select_related("page__issue", "column")
    )


def older_than(articles: QuerySet[Article], entry: ListEntry) -> QuerySet[Article]:
    """Narrow the articles of a list to those after an entry."""
    same_or_newer = Q(day=entry.day, place__lte=entry.place)
    return articles.filter(Q(day__lte=entry.day), ~same_or_newer)


def newer_than(articles: QuerySet[Article], entry: ListEntry) -> QuerySet[Article]:
    """Narrow the articles of a list to those before an entry, the nearest first."""
    same_or_older = Q(day=entry.day, place__gte=entry.place)
    return articles.filter(Q(day__gte=entry.day), ~same_or_older).reverse()
