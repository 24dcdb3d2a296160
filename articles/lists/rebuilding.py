"""Makes all entries of lists and their counts anew, while the site is read and written."""

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction

from articles.models import Article

from . import years
from .entries import AT_ONCE, write_entries


def rebuild() -> Iterator[int]:
    """Follow every article, by id; yield how many are done.

    Each part is a transaction of its own; the years are counted at the end, each once. An
    interruption leaves what was made before it.
    """
    done = last = 0
    found: set[years.Year] = set()
    while ids := _next_ids(last):
        with transaction.atomic():
            found |= write_entries(ids)
        last, done = ids[-1], done + len(ids)
        yield done
    for _year, lists in groupby(sorted(found, key=_by_year), key=_by_year):
        with transaction.atomic():
            years.recount(lists)


def _by_year(year: years.Year) -> tuple[str, int]:
    return year.kind, year.year


def _next_ids(last: int) -> list[int]:
    articles = Article.objects.filter(pk__gt=last).order_by("pk")
    return list(articles.values_list("pk", flat=True)[:AT_ONCE])
