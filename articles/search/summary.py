"""How much a query finds: by year, by column and by person; and what to try where it is nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from articles.models import Article, Byline, Issue, SearchEntry

from . import counts
from .entries import text_index
from .find import bounds, columns_of, find
from .numbers import first_number, last_number, year_of
from .terms.grams import terms_of
from .terms.query import Query, drop_each

# More matches than this are not counted one by one: their number is estimated.
MOST_COUNTED = 20_000
# An estimate looks at so many spans of a year, or of a part of it, each of some days; a part with
# no more articles than `FEW` is counted.
SAMPLED_SPANS, FEW = 4, 2_000
# Of how many of the newest matches columns and people are counted, and how many are named.
NEWEST, MOST_NAMED = 300, 8


@dataclass(frozen=True, slots=True)
class YearCounts:
    """How many published articles of each year a query finds, and whether that is exact."""

    by_year: Mapping[int, int]
    is_exact: bool = True

    @property
    def total(self) -> int:
        """All years together."""
        return sum(self.by_year.values())


def count_by_year(query: Query, at: datetime | None = None) -> YearCounts:
    """Count what readers find by year. Four queries at most where it is counted exactly."""
    low, high = bounds(query.since, query.until)
    is_exact, found = True, None
    if is_one_term(query):
        found = counts.kept(query.words[0])
    if found is None and _is_frequent(query):
        found, is_exact = _estimated(query)
    if found is None:
        found = text_index.count_by_year(query, columns_of(query), low, high)
    early = _early(query, low, high, at)
    return YearCounts(
        {year: n for year in sorted(found) if (n := found[year] - early[year])}, is_exact
    )


def is_one_term(query: Query) -> bool:
    """Tell whether a query is one word that may be counted already."""
    (word, *others) = query.words or ("",)
    alone = Query(words=(word,))
    return not others and 0 < len(word) <= 2 and query == alone


def _is_frequent(query: Query) -> bool:
    """Tell whether a query may find too much to be counted one by one. Two queries at most."""
    if query.names or query.columns or query.pages or not query.words:
        return False
    terms = {term for word in query.words for term in terms_of(word)}
    return counts.least(terms) > MOST_COUNTED


def _estimated(query: Query) -> tuple[dict[int, int], bool]:
    """Return about how many articles of each year a query finds, and whether that is exact.

    Where the days asked for are only a part of a year, the part is estimated by itself.
    """
    found, is_exact = {}, True
    for year, total in counts.totals().items():
        whole = (date(year, 1, 1), date(year, 12, 31))
        part = (max(whole[0], query.since or whole[0]), min(whole[1], query.until or whole[1]))
        if part[0] <= part[1]:
            total = total if part == whole else _listed(*part)
            found[year], is_counted = _estimate(query, *part, total)
            is_exact = is_exact and is_counted
    return {year: count for year, count in found.items() if count}, is_exact


def _estimate(query: Query, first: date, last: date, total: int) -> tuple[int, bool]:
    """Return about how many of some days' listed entries a query finds, and if that is exact."""
    if total > FEW:
        hits, entries = _sample(query, sampled_spans(first, last))
        if entries:
            return round(total * hits / entries), False
    return _sample(query, [(first, last)])[0], True


def _sample(query: Query, days: Sequence[tuple[date, date]]) -> tuple[int, int]:
    """Return how many listed entries of some days a query finds, and how many there are."""
    return text_index.sample(query, [(first_number(one), last_number(end)) for one, end in days])


def _listed(first: date, last: date) -> int:
    """Return how many listed entries some days have. Two queries, each of an index alone."""
    entries = SearchEntry.objects.filter(number__range=(first_number(first), last_number(last)))
    return entries.count() - entries.filter(is_listed=False).count()


def sampled_spans(first: date, last: date) -> list[tuple[date, date]]:
    """Return four spans of some days, spread over them and over the days of the week.

    Each of `SPAN_DAYS`; where there are too few days for that, spans are shorter or fewer.
    """
    length = (last - first).days + 1
    found = []
    for place in range(SAMPLED_SPANS):
        start, end = (at * length // SAMPLED_SPANS for at in (place, place + 1))
        if start < end:
            start += place * place % max(end - start - text_index.SPAN_DAYS + 1, 1)
            end = min(start + text_index.SPAN_DAYS, end)
            found.append((first + timedelta(days=start), first + timedelta(days=end - 1)))
    return found


def _early(query: Query, low: int, high: int, at: datetime | None) -> Counter[int]:
    """Return how many of the matches by year are of issues whose minute has not come."""
    early: Counter[int] = Counter()
    for issue in Issue.objects.filter(released_at__gt=at or timezone.now()):
        first, last = first_number(issue.issued_on), last_number(issue.issued_on)
        first, last = max(first, low), min(last, high)
        numbers = text_index.newest(query, columns_of(query), first, last, limit=5_000)
        waiting = SearchEntry.objects.filter(number__in=numbers, is_listed=True)
        early[year_of(first)] += waiting.filter(article__page__issue=issue).count()
    return early


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The columns and the people of the newest matches, the most frequent first: (name, count)."""

    columns: list[tuple[str, int]]
    people: list[tuple[str, int]]


def narrowing(query: Query, at: datetime | None = None) -> Narrowing:
    """Count the columns and the people of the newest 300 matches. Three queries."""
    low, high = bounds(query.since, query.until)
    numbers = text_index.newest(query, columns_of(query), low, high, limit=NEWEST)
    ids = list(SearchEntry.objects.filter(number__in=numbers).values_list("pk", flat=True))
    rows = Article.objects.published(at).filter(pk__in=ids)
    columns = Counter(dict(rows.values_list("pk", "column__name")).values())
    columns.pop(None, None)
    names = Byline.objects.filter(article__in=rows.order_by()).order_by()
    people = Counter(name for _, name in set(names.values_list("article", "name")))
    return Narrowing(_most(columns), _most(people))


def _most(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED]


def suggestions(query: Query, at: datetime | None = None) -> list[Query]:
    """Return queries that find something, where this one finds nothing.

    Without one of its words; without its days or what else narrows it; the longest beginning of
    its word. Two queries for each that is tried, of which there are a dozen at most.
    """
    tried = drop_each(query)
    wide = Query(words=query.words)
    if query.words and query != wide:
        tried.append(wide)
    if len(query.words) == 1 and len(query.words[0]) > 2:
        word = query.words[0]
        shorter = sorted(
            {word[start:end] for end in range(2, len(word) + 1) for start in (0, len(word) - end)},
            key=lambda part: (-len(part), word.find(part)),
        )
        tried += [replace(wide, words=(part,)) for part in shorter if 2 <= len(part) < len(word)]
    found: list[Query] = []
    for each in tried[:12]:
        if find(each, at=at, length=1).articles:
            found.append(each)
        if len(found) == 3:
            break
    return found
