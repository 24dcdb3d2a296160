"""How many listed articles of each year have a frequent term: kept, and changed with entries.

Counting a word of 100,000 articles takes a tenth of a second, and reading its kept counts one
query. The years' rows are locked in order, after articles and before the rows of lists.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from django.db import connection
from django.db.models import BinaryField
from django.db.models.functions import Substr

from articles.models import SearchEntry, SearchTerm, SearchYear

from .entry_text import searchable
from .numbers import year_of
from .terms.grams import distinct_terms

WIDTH = 4
# More terms than this are not looked up each: the places of all are read.
MOST_ASKED = 500


def change(
    changes: Sequence[tuple[SearchEntry | None, SearchEntry | None]],
    places: Mapping[str, int] | None = None,
) -> None:
    """Follow some changes of entries (before, after; None is none).

    `places` are those of all frequent terms, where the caller has them. No query where no listed
    entry is concerned; else three, and one for each year.
    """
    moved: dict[int, Counter[str]] = {}
    totals: Counter[int] = Counter()
    frequent = None if places is None else {*places}
    for before, after in changes:
        gone, come = _terms(before), _terms(after)
        if before is not None and after is not None and gone and come:
            is_same_year = year_of(before.number) == year_of(after.number)
            both = gone & come if is_same_year else set()
            gone, come = gone - both, come - both
        for entry, terms, sign in ((before, gone, -1), (after, come, 1)):
            if entry is not None and entry.is_listed:
                year = year_of(entry.number)
                totals[year] += sign
                known = terms & frequent if frequent is not None else terms
                year_terms = moved.setdefault(year, Counter())
                (year_terms.update if sign > 0 else year_terms.subtract)(known)
    if moved:
        _add(moved, totals, places)


def _terms(entry: SearchEntry | None) -> set[str]:
    """Return the terms that count for an entry: none for one that is not listed."""
    is_counted = entry is not None and entry.is_listed
    return distinct_terms(searchable(entry.text)) if is_counted else set()


def _add(
    by_year: dict[int, Counter[str]], totals: Counter[int], places: Mapping[str, int] | None
) -> None:
    if places is None:
        concerned = {term for terms in by_year.values() for term, count in terms.items() if count}
        places = find_places(concerned)
    moved = {
        year: {places[term]: n for term, n in terms.items() if n and term in places}
        for year, terms in by_year.items()
    }
    add(moved, totals)


def add(by_year: Mapping[int, Mapping[int, int]], totals: Mapping[int, int]) -> None:
    """Add to the counts of years, by the places of terms, and to the totals of the same years.

    No query for no year; else two, and one for each year.
    """
    rows = _locked(by_year) if by_year else {}
    for year in sorted(by_year):
        if not (by_year[year] or totals[year]):
            continue
        row = rows[year]
        row.total += totals[year]
        row.counts = _added(bytes(row.counts), by_year[year])
        row.save()


def hold(year: int) -> None:
    """Lock the counts of a year, before what is locked after them. Two queries; none on SQLite."""
    if connection.features.has_select_for_update:
        _locked([year])


def _locked(years: Collection[int]) -> dict[int, SearchYear]:
    """Return the rows of some years, locked in order until the transaction ends. Two queries."""
    SearchYear.objects.bulk_create(
        (SearchYear(year=year, counts=b"") for year in sorted(years)), ignore_conflicts=True
    )
    rows = SearchYear.objects.select_for_update().filter(year__in=years).order_by("year")
    return {row.year: row for row in rows}


def find_places(terms: Collection[str]) -> dict[str, int]:
    """Return the places of the frequent ones of some terms. One query."""
    rows = SearchTerm.objects.all()
    if len(terms) <= MOST_ASKED:
        rows = rows.filter(term__in=list(terms))
    return dict(rows.values_list("term", "place"))


def _added(counts: bytes, moved: Mapping[int, int]) -> bytes:
    """Return counts with some of them changed by so many."""
    if not moved:
        return counts
    numbers = bytearray(counts.ljust((max(moved) + 1) * WIDTH, b"\0"))
    for place, by in moved.items():
        at = place * WIDTH
        number = int.from_bytes(numbers[at : at + WIDTH], "big") + by
        numbers[at : at + WIDTH] = max(number, 0).to_bytes(WIDTH, "big")
    return bytes(numbers)


def kept(term: str) -> dict[int, int] | None:
    """Return in how many listed articles of each year a term is; None where that is not kept.

    Two queries.
    """
    place = SearchTerm.objects.filter(term=term).values_list("place", flat=True).first()
    if place is None:
        return None
    rows = SearchYear.objects.values_list("year", _number_at(place))
    counted = {year: _number(count) for year, count in rows}
    return {year: count for year, count in counted.items() if count}


def totals() -> dict[int, int]:
    """Return how many listed articles each year has. One query."""
    return dict(SearchYear.objects.filter(total__gt=0).values_list("year", "total"))


def least(terms: Collection[str]) -> int:
    """Return in how many listed articles the rarest of some terms is; 0 where one is not kept.

    Two queries.
    """
    places = find_places(set(terms))
    if len(places) < len(set(terms)):
        return 0
    # Only what is asked for of the counts of a year, which are some 40 KB.
    numbers = [_number_at(place) for place in places.values()]
    rows = SearchYear.objects.values_list(*numbers)
    sums = [sum(map(_number, counts)) for counts in zip(*rows, strict=True)]
    return min(sums, default=0)


def _number_at(place: int) -> Substr:
    return Substr("counts", place * WIDTH + 1, WIDTH, output_field=BinaryField())


def _number(count: bytes | None) -> int:
    return int.from_bytes(bytes(count or b""), "big")
