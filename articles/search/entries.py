"""Keep the entries of articles up to date: called by whatever changes words, places or status.

Everything happens in the caller's transaction. What is the same as before is not written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.content.copy import BylineText, CaptionText, Copy
from articles.models import Article, Byline, Caption, Issue, Page, SearchEntry, Status

from . import counts, entry_text
from .numbers import NumberBook, is_of

if connection.vendor == "sqlite":
    from . import sqlite_index as text_index
else:
    from . import postgres_index as text_index

# How many articles are read and written at a time.
BATCH = 500
# The columns of an article with words of its entry.
WORDS = ("kicker", "headline", "deck", "dateline", "body")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the entry of an article follows from, besides its words."""

    day: date
    is_listed: bool
    page: tuple[str, str] | None
    column_id: int | None

    COLUMNS: ClassVar = (
        *("status", "created_at", "column_id", "page__label", "page__name"),
        *("page__issue__issued_on", "page__issue__released_at"),
    )

    @classmethod
    def from_columns(
        cls, status, created_at, column_id, label, name, issued_on, released_at
    ) -> "Facts":
        """Return those of an article by the values of `COLUMNS`."""
        return cls(
            day=issued_on or timezone.localdate(created_at),
            is_listed=bool(released_at and status == Status.SIGNED),
            page=None if issued_on is None else (label, name),
            column_id=column_id,
        )

    @classmethod
    def of(cls, article: Article) -> "Facts":
        """Return those of an article. No query where its page and issue are loaded."""
        page = article.page if _is_loaded(article) else None
        if page is None and article.page_id:
            page = Page.objects.select_related("issue").get(pk=article.page_id)
        return cls.from_columns(
            *(article.status, article.created_at, article.column_id),
            *((page.label, page.name) if page else (None, None)),
            *((page.issue.issued_on, page.issue.released_at) if page else (None, None)),
        )


def _is_loaded(article: Article) -> bool:
    if not Article._meta.get_field("page").is_cached(article):
        return False
    return article.page is not None and Page._meta.get_field("issue").is_cached(article.page)


def index(article: Article, copy: Copy) -> None:
    """Bring the entry of one article up to date, whose words are `copy`.

    Four queries at most where nothing has changed; where the words have, on SQLite five more.
    """
    bare = {caption.photo for caption in copy.captions if not caption.credit}
    credits = (
        dict(
            Caption.objects.filter(article=article, photo__uid__in=bare).values_list(
                "photo__uid", "photo__credit"
            )
        )
        if bare
        else {}
    )
    facts = Facts.of(article)
    text = _compose(copy, facts, {str(uid): credit for uid, credit in credits.items()})
    write([(article.pk, facts, text)])


def index_articles(articles: QuerySet[Article] | Collection[int]) -> None:
    """Bring the entries of some articles, or of those with some keys, up to date.

    Four queries for 500 (five where they are selected), one more where rows are locked, and what
    is written.
    """
    is_selected = isinstance(articles, QuerySet)
    ids = list(articles.order_by().values_list("pk", flat=True)) if is_selected else list(articles)
    for start in range(0, len(ids), BATCH):
        with transaction.atomic(savepoint=False):
            lock(ids[start : start + BATCH])
            write(composed(ids[start : start + BATCH]))


def lock(ids: Collection[int]) -> None:
    """Hold some articles until the transaction ends, in one order, before their words are read.

    Whoever wrote their words has then committed them, and with them the entry. One query; none
    on SQLite, where one transaction writes at a time.
    """
    if connection.features.has_select_for_update:
        rows = Article.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk"))


class Source(NamedTuple):
    """What the entry of an article is made of, as it was read."""

    article_id: int
    facts: Facts
    copy: Copy

    @property
    def text(self) -> str:
        """The text of the entry."""
        return _compose(self.copy, self.facts, {})


def composed(ids: Collection[int]) -> list[tuple[int, Facts, str]]:
    """Return the facts and the text of the entries of some articles. Three queries."""
    return [(each.article_id, each.facts, each.text) for each in sources(ids)]


def sources(ids: Collection[int]) -> list[Source]:
    """Return what the entries of some articles are made of, in the order of keys. Three queries."""
    names: dict[int, list[BylineText]] = {}
    rows = Byline.objects.filter(article__in=ids).order_by("position")
    for pk, *words in rows.values_list("article", "role", "name"):
        names.setdefault(pk, []).append(BylineText(*words))
    captions: dict[int, list[CaptionText]] = {}
    rows = Caption.objects.filter(article__in=ids).order_by("position")
    for pk, words, credit, own in rows.values_list("article", "words", "credit", "photo__credit"):
        captions.setdefault(pk, []).append(CaptionText("", words, credit or own))
    rows = Article.objects.filter(pk__in=ids).order_by("pk")
    found = []
    for pk, *words in rows.values_list("pk", *WORDS, *Facts.COLUMNS):
        parts = {"bylines": tuple(names.get(pk, ())), "captions": tuple(captions.get(pk, ()))}
        copy = Copy(**dict(zip(WORDS, words, strict=False)), **parts)
        found.append(Source(pk, Facts.from_columns(*words[len(WORDS) :]), copy))
    return found


def _compose(copy: Copy, facts: Facts, credits: Mapping[str, str]) -> str:
    return entry_text.compose(copy, credits=credits, column_id=facts.column_id, page=facts.page)


def forget(ids: Iterable[int]) -> None:
    """Take articles out of the index, before they are deleted. Five queries each at most."""
    ids = list(ids)
    lock(ids)
    entries = list(SearchEntry.objects.filter(pk__in=ids))
    text_index.remove_entries([(entry.number, entry.text) for entry in entries])
    counts.change([(entry, None) for entry in entries])
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()


def list_articles(articles: QuerySet[Article]) -> None:
    """Bring up to date which articles are listed, after a move: they must be locked.

    Two queries, or four.
    """
    rows = articles.filter(search_entry__isnull=False).order_by()
    rows = rows.select_related("search_entry", "page__issue").defer("body", "search_entry__text")
    changed = [
        row.search_entry for row in rows if row.search_entry.is_listed != Facts.of(row).is_listed
    ]
    if not changed:
        return
    full = list(SearchEntry.objects.filter(pk__in=[entry.pk for entry in changed]))
    after = [_copy(entry, is_listed=not entry.is_listed) for entry in full]
    counts.change(list(zip(full, after, strict=True)))
    for is_listed in (True, False):
        ids = [entry.pk for entry in after if entry.is_listed == is_listed]
        if ids:
            SearchEntry.objects.filter(pk__in=ids).update(is_listed=is_listed)


def list_issue(issue: Issue) -> None:
    """Bring up to date which articles of an issue are listed, after its release or recall.

    Two queries more than `list_articles`, on SQLite one.
    """
    ids = list(Article.objects.filter(page__issue=issue).order_by().values_list("pk", flat=True))
    lock(ids)
    list_articles(Article.objects.filter(pk__in=ids))


def _copy(entry: SearchEntry, **changes) -> SearchEntry:
    fields = {name: getattr(entry, name) for name in ("article_id", "number", "is_listed", "text")}
    return SearchEntry(**fields | changes)


def write(
    wanted: Sequence[tuple[int, Facts, str]], places: Mapping[str, int] | None = None
) -> None:
    """Write the entries that differ from what is wanted; `places` as `counts.change` takes them.

    Three queries where nothing differs, in the order of the numbers that new ones are to have.
    """
    stored = SearchEntry.objects.in_bulk([pk for pk, _, _ in wanted])
    book, changes = NumberBook(), []
    for pk, facts, text in wanted:
        before = stored.get(pk)
        is_in_place = before is not None and is_of(before.number, facts.day)
        number = before.number if is_in_place else book.take(pk, facts.day)
        after = SearchEntry(article_id=pk, number=number, is_listed=facts.is_listed, text=text)
        if before is None or _values(before) != _values(after):
            changes.append((before, after))
    if changes:
        _write_changes(changes)
        counts.change(changes, places)


def _values(entry: SearchEntry) -> tuple:
    return entry.number, entry.is_listed, entry.text


def _write_changes(changes: Sequence[tuple[SearchEntry | None, SearchEntry]]) -> None:
    anew = [
        (before, after)
        for before, after in changes
        if before is None or (before.number, before.text) != (after.number, after.text)
    ]
    text_index.remove_entries([(before.number, before.text) for before, _ in anew if before])
    SearchEntry.objects.bulk_create([after for before, after in changes if before is None])
    former = [after for before, after in changes if before is not None]
    if len(former) == 1:  # A tenth of the time that an update of many takes.
        (entry,) = former
        values = {"number": entry.number, "is_listed": entry.is_listed, "text": entry.text}
        SearchEntry.objects.filter(pk=entry.pk).update(**values)
    elif former:
        SearchEntry.objects.bulk_update(former, ["number", "is_listed", "text"])
    text_index.add_entries(sorted((after.number, after.text) for _, after in anew))
