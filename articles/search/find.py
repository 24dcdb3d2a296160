"""Find articles: what readers see, newest first or headlines first; and for the desk everything.

The index gives numbers of entries; what readers are shown of them is selected by `published()`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL

from articles.models import Article, Column, SearchEntry

from .entries import text_index
from .numbers import first_number, last_number
from .terms.normal import normalise
from .terms.query import Query

# How many articles one part of a result has.
LENGTH = 20
# Of how many matches, the newest, a list of the desk is made.
MOST_IN_LIST = 20_000
LAST = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a part of a result begins: below a number; first the headlines, then the rest."""

    number: int = LAST + 1
    in_head: bool = True

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Parse what `str()` wrote; None for anything else."""
        digits = text.removeprefix("h")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
            return None
        return cls(int(digits), text.startswith("h"))

    def __str__(self):
        return f"{'h' if self.in_head else ''}{self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """One part of a result: its articles, and where the next part begins, if there is one."""

    articles: list[Article]
    following: Cursor | None


def columns_of(query: Query) -> Mapping[str, Collection[int]]:
    """Return for each column that a query names the keys of those whose names have it.

    One query where a column is named, else none.
    """
    if not query.columns:
        return {}
    rows = [(pk, normalise(name)) for pk, name in Column.objects.values_list("pk", "name")]
    return {word: [pk for pk, name in rows if word in name] for word in query.columns}


def bounds(since: date | None, until: date | None) -> tuple[int, int]:
    """Return the first and the last number of some days."""
    return first_number(since) if since else 0, last_number(until) if until else LAST


def find(
    query: Query,
    *,
    start: Cursor | None = None,
    by_relevance: bool = False,
    at: datetime | None = None,
    length: int = LENGTH,
) -> Found:
    """Return what readers find: the newest first, or those with the words in the headline first.

    Two queries for each part of the order, one more where a column is named; more only where
    much of what is found is not public.
    """
    start = start or Cursor()
    columns, found = columns_of(query), []
    is_ranked = by_relevance and bool(query.words)
    for in_head in (True, False) if is_ranked and start.in_head else (False,):
        above = start.number if in_head == start.in_head or not is_ranked else LAST + 1
        missing = length + 1 - len(found)
        rows = _public(query, columns, above, missing, at, in_head=in_head, is_ranked=is_ranked)
        found += [(row, in_head) for row in rows]
        if len(found) > length:
            break
    if len(found) <= length:
        return Found(_with_parts([row for row, _ in found]), None)
    last, in_head = found[length - 1]
    following = Cursor(last.search_entry.number, in_head and is_ranked)
    return Found(_with_parts([row for row, _ in found[:length]]), following)


def _public(
    query: Query, columns, above: int, wanted: int, at, *, in_head: bool, is_ranked: bool
) -> list[Article]:
    """Return the published articles of one part of the order below a number."""
    low, high = bounds(query.since, query.until)
    high, found = min(high, above - 1), []
    step = wanted + 4
    while len(found) < wanted and low <= high:
        numbers = text_index.newest(query, columns, low, high, limit=step, in_head=in_head)
        found += [
            row
            for row in _published(numbers, at)
            if not is_ranked or in_head or not has_in_head(row, query)
        ]
        if len(numbers) < step:
            break
        high, step = numbers[-1] - 1, min(step * 4, 2_000)
    return found[:wanted]


def _published(numbers: Collection[int], at: datetime | None) -> list[Article]:
    """Return the published ones among the articles with some numbers, the greatest first.

    Their keys are asked for first: SQLite would else read all signed articles.
    """
    if not numbers:
        return []
    entries = SearchEntry.objects.filter(number__in=numbers).defer("text")
    by_article = {entry.pk: entry for entry in entries}
    rows = Article.objects.published(at).filter(pk__in=by_article)
    found = list(rows.select_related("page__issue", "column"))
    for row in found:
        row.search_entry = by_article[row.pk]
    return sorted(found, key=lambda row: -row.search_entry.number)


def _with_parts(articles: list[Article]) -> list[Article]:
    prefetch_related_objects(articles, "bylines", "captions__photo")
    return articles


def has_in_head(article: Article, query: Query) -> bool:
    """Tell whether each word of a query is in the kicker, the headline or the deck."""
    head = [normalise(part) for part in (article.kicker, article.headline, article.deck)]
    return all(any(word in part for part in head) for word in query.words)


def articles_of_desk(rows: QuerySet[Article], query: Query) -> QuerySet[Article]:
    """Select of some articles those that a query finds, whatever their status.

    Of more than 20,000 the newest. One query where a column is named.
    """
    low, high = bounds(query.since, query.until)
    sql, values = text_index.article_ids(query, columns_of(query), low, high, MOST_IN_LIST)
    return rows.filter(pk__in=RawSQL(sql, values))
