"""New entries computed from what was read of their articles: in other processes, beside a writer.

Nothing here asks the database but `write`.
"""

import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from django.db import connection

from articles.models import SearchEntry

from . import counts
from .entries import Source, text_index
from .entry_text import searchable
from .numbers import NumberBook
from .terms.grams import distinct_terms


class Batch(NamedTuple):
    """Some articles in the order of days; `last` is the last number of these, if there is one."""

    last: int | None
    sources: Sequence[Source]


class Prepared(NamedTuple):
    """Some new entries: their texts as they are stored, the rows of the index, and their counts.

    `counts` are by year and by the places of terms, `totals` by year.
    """

    texts: list
    columns: list
    counts: dict[int, dict[int, int]]
    totals: dict[int, int]


def prepare(sources: Sequence[Source], places: Mapping[str, int]) -> Prepared:
    """Compute the entries of some articles; `places` are those of the frequent terms."""
    texts = [each.text for each in sources]
    found: dict[int, Counter[str]] = {}
    totals: Counter[int] = Counter()
    for source, text in zip(sources, texts, strict=True):
        if source.facts.is_listed:
            year = source.facts.day.year
            totals[year] += 1
            terms = distinct_terms(searchable(text))
            found.setdefault(year, Counter()).update(places.keys() & terms)
    stored = partial(
        SearchEntry._meta.get_field("text").get_db_prep_value, connection=connection, prepared=False
    )
    return Prepared(
        texts=[stored(text) for text in texts],
        columns=[text_index.columns_of(text) for text in texts],
        counts={
            year: {places[term]: count for term, count in terms.items()}
            for year, terms in found.items()
        },
        totals=totals,
    )


def prepare_all(
    batches: Iterable[Batch], places: Mapping[str, int], *, workers: int
) -> Iterator[tuple[Batch, Prepared]]:
    """Iterate over batches with their entries, which so many other processes compute.

    They are two batches ahead each; with no worker, this process computes when it is asked.
    """
    if not workers:
        for batch in batches:
            yield batch, prepare(batch.sources, places)
        return
    options = {"mp_context": get_context("fork"), "initializer": _leave_interruption}
    with ProcessPoolExecutor(workers, **options) as pool:
        waiting: deque = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(prepare, batch.sources, places)))
            if len(waiting) > 2 * workers:
                first, result = waiting.popleft()
                yield first, result.result()
        for batch, result in waiting:
            yield batch, result.result()


def _leave_interruption() -> None:
    """Let the process that writes alone answer to Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def write(sources: Sequence[Source], prepared: Prepared) -> None:
    """Write entries of articles that have none, in the order of days.

    Three queries, and one for each year. On SQLite two more, one for each day, and one for every
    249 articles after the first 249.
    """
    book = NumberBook()
    entries, rows = [], []
    for source, text, columns in zip(sources, prepared.texts, prepared.columns, strict=True):
        pk, facts, _copy = source
        number = book.take(pk, facts.day)
        entries.append(
            SearchEntry(article_id=pk, number=number, is_listed=facts.is_listed, text=text)
        )
        rows.append((number, columns))
    SearchEntry.objects.bulk_create(entries)
    text_index.add_rows(sorted(rows))
    counts.add(prepared.counts, prepared.totals)
