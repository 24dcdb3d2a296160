"""Make the index anew from the articles: derived data, whatever happened to it.

It runs from the oldest day to the newest, in transactions of some hundred articles; what was
interrupted goes on where it stopped. Articles that are saved meanwhile find their way as always.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby

from django.db import transaction

from articles.models import Article, SearchBuild, SearchEntry, SearchTerm, SearchYear

from . import entries, prepared
from .entries import Source
from .entry_text import searchable
from .numbers import day_of, last_number
from .prepared import Batch, Prepared
from .terms.grams import distinct_terms

# About how many articles are written in one transaction.
BATCH = 1_000
# From how many articles on counts are kept; of how many the frequent terms are found; what share
# of them makes a term frequent.
LARGE, SAMPLE, SHARE = 10_000, 2_000, 0.01


def rebuild(
    progress: Callable[[int], None] = lambda count: None, *, anew: bool = False, workers: int = 0
) -> int:
    """Index all articles, or go on with what was interrupted; return how many were looked at.

    `anew` begins again even so. `progress` is told how many articles more are done. So many other
    processes as there are `workers` make the texts of a large archive ready to be written.
    """
    state = SearchBuild.objects.first()
    if state is None or state.is_complete or anew:
        state = _begin()
    places, done = dict(SearchTerm.objects.values_list("term", "place")), 0
    workers = workers if Article.objects.count() >= LARGE else 0
    with entries.text_index.in_bulk():
        batches = (Batch(last, _read(ids)) for last, ids in _batches(state.number))
        with closing(prepared.prepare_all(batches, places, workers=workers)) as made:
            for batch, ready in made:
                with transaction.atomic():
                    _write(batch.sources, ready, places)
                    if batch.last is not None:
                        SearchBuild.objects.filter(pk=state.pk).update(number=batch.last)
                done += len(batch.sources)
                progress(len(batch.sources))
    SearchBuild.objects.filter(pk=state.pk).update(is_complete=True)
    return done


def _read(ids: list[int]) -> list[Source]:
    """Return what some articles say, by day, and within a day in the order of keys given."""
    rank = {pk: place for place, pk in enumerate(ids)}
    return sorted(entries.sources(ids), key=lambda each: (each.facts.day, rank[each.article_id]))


def _write(sources: Sequence[Source], ready: Prepared, places: Mapping[str, int]) -> None:
    """Write entries made ready before, unless somebody has changed an article or its entry since.

    Then each is compared with what is there.
    """
    ids = [source.article_id for source in sources]
    entries.lock(ids)
    now = _read(ids)
    if now == sources and not SearchEntry.objects.filter(pk__in=ids).exists():
        prepared.write(sources, ready)
    else:
        entries.write([(each.article_id, each.facts, each.text) for each in now], places)


def is_complete() -> bool:
    """Tell whether every article has an entry, and no rebuild was interrupted. Two queries."""
    if SearchBuild.objects.filter(is_complete=False).exists():
        return False
    return not Article.objects.filter(search_entry=None).exists()


def _begin() -> SearchBuild:
    """Empty the index, and find the frequent terms of a large archive.

    On PostgreSQL the whole table is locked first, so that no editor has half of what it needs.
    """
    terms = _frequent_terms()
    with transaction.atomic():
        entries.text_index.clear()
        for model in (SearchBuild, SearchEntry, SearchTerm, SearchYear):
            model.objects.all().delete()
        SearchTerm.objects.bulk_create(
            (SearchTerm(term=term, place=place) for place, term in enumerate(terms)), batch_size=500
        )
        return SearchBuild.objects.create()


def _frequent_terms() -> list[str]:
    """Return the terms of a hundredth of the articles, by a sample; none for a small paper."""
    total = Article.objects.count()
    if total < LARGE:
        return []
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    found: Counter[str] = Counter()
    for _pk, _facts, text in entries.composed(ids[:: max(total // SAMPLE, 1)]):
        found.update(distinct_terms(searchable(text)))
    least = SHARE * min(SAMPLE, total)
    return sorted(term for term, count in found.items() if count >= least)


def _batches(above: int) -> Iterator[tuple[int | None, list[int]]]:
    """Iterate over the keys of articles by day, with the last number of their days.

    What is on no page comes last, without a number: it is done again after an interruption.
    """
    rows = Article.objects.filter(page__isnull=False).order_by(
        "page__issue__issued_on", "page__issue__edition", "page__label", "position"
    )
    if above:
        rows = rows.filter(page__issue__issued_on__gt=day_of(above))
    placed = rows.values_list("page__issue__issued_on", "pk").iterator(5_000)
    batch: list[int] = []
    for day, group in groupby(placed, key=lambda row: row[0]):
        batch += [pk for _, pk in group]
        if len(batch) >= BATCH:
            yield last_number(day), batch
            batch = []
    unplaced = Article.objects.filter(page=None).order_by("created_at")
    batch += unplaced.values_list("pk", flat=True)
    for start in range(0, len(batch), BATCH):
        yield None, batch[start : start + BATCH]


def already_done(*, anew: bool) -> int:
    """Return how many articles an interrupted rebuild has written. Two queries at most."""
    state = SearchBuild.objects.filter(is_complete=False).first()
    if state is None or anew:
        return 0
    return SearchEntry.objects.filter(number__lte=state.number).count()
