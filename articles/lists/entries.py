"""Writes the entries of lists so that they follow the articles."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from articles.models import Article, Byline, Contributor, Issue, ListEntry, ListKind, Tagging

from . import years
from .places import place_in_print

FACTS = (
    *("pk", "column_id", "position", "page__label"),
    *("page__issue__issued_on", "page__issue__edition"),
)
# How many articles are followed at once, so that memory and statements stay small.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says: which article stands in which list, and where in it."""

    article_id: int
    kind: str
    subject: int
    day: date
    place: str


def follow(articles: Iterable[int]) -> None:
    """Make the entries of some articles (ids) agree with them, and count their years again.

    To be called in the transaction that changed an article of a released issue: its column, tags,
    bylines, place or status. No query for none; five, and five more for each kind and year.
    """
    ids = sorted(set(articles))
    for start in range(0, len(ids), AT_ONCE):
        years.recount(write_entries(ids[start : start + AT_ONCE]))


def follow_article(article: Article) -> None:
    """Follow one article, whose page and issue are loaded, if its issue is released."""
    if article.page and article.page.issue.released_at:
        follow([article.pk])


def follow_issue(issue: Issue) -> None:
    """Follow the articles of an issue: to be called when it is released or recalled."""
    follow(list(Article.objects.filter(page__issue=issue).values_list("pk", flat=True)))
    years.recount_due()


def follow_names(names: Collection[str]) -> None:
    """Follow the articles with bylines of some names that are linked to no contributor.

    To be called when a contributor comes or goes, or is renamed: see `entries_of`.
    """
    bylines = Byline.objects.filter(contributor=None, name__in=names)
    follow(list(bylines.order_by().values_list("article", flat=True).distinct()))


def entries_of(articles: QuerySet[Article]) -> Iterator[Entry]:
    """Yield the entries that some articles should have: none while their issue is unreleased.

    A byline that is linked to nobody counts where one contributor alone has its name. Four
    queries.
    """
    released = articles.filter(page__issue__released_at__isnull=False)
    facts = {row[0]: row for row in released.values_list(*FACTS)}
    lists = {(pk, ListKind.COLUMN, row[1]) for pk, row in facts.items() if row[1]}
    taggings = Tagging.objects.filter(content_object__in=facts)
    lists |= {(pk, ListKind.TAG, tag) for pk, tag in taggings.values_list("content_object", "tag")}
    lists |= {(pk, ListKind.CONTRIBUTOR, who) for pk, who in _signed(facts)}
    for pk, kind, subject in sorted(lists):
        _pk, _column, position, label, day, edition = facts[pk]
        yield Entry(pk, kind, subject, day, place_in_print(edition, label, position))


def _signed(articles: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the articles of bylines, each with a contributor (ids). Two queries."""
    bylines = Byline.objects.filter(article__in=articles).order_by()
    rows = list(bylines.values_list("article", "contributor", "name"))
    unlinked = {name for _article, who, name in rows if who is None}
    namesakes: dict[str, list[int]] = {}
    for pk, name in Contributor.objects.filter(name__in=unlinked).values_list("pk", "name"):
        namesakes.setdefault(name, []).append(pk)
    for article, who, name in rows:
        found = [who] if who else namesakes.get(name, [])
        if len(found) == 1:
            yield article, found[0]


def write_entries(ids: Collection[int]) -> set[years.Year]:
    """Make the entries of some articles agree with them; return the years to count again.

    Five queries, one more where an entry is gone.
    """
    kept = {_of(row): row.pk for row in ListEntry.objects.filter(article__in=ids)}
    wanted = set(entries_of(Article.objects.filter(pk__in=ids)))
    if gone := [kept[entry] for entry in kept.keys() - wanted]:
        ListEntry.objects.filter(pk__in=gone).delete()
    _insert(wanted - kept.keys())
    return {years.year_of(entry) for entry in wanted | kept.keys()}


def _insert(entries: Collection[Entry]) -> None:
    """Store new entries. One query, none for none."""
    ListEntry.objects.bulk_create(
        ListEntry(
            article_id=entry.article_id,
            kind=entry.kind,
            subject=entry.subject,
            day=entry.day,
            place=entry.place,
        )
        for entry in sorted(entries, key=lambda entry: (entry.article_id, entry.kind))
    )


def _of(row: ListEntry) -> Entry:
    return Entry(row.article_id, row.kind, row.subject, row.day, row.place)
