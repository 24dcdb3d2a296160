"""Revisions: numbered snapshots of an article's words, and the rows those words are stored in.

Callers hold the article's lock (`workflow.transitions.lock_article`) and a transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from articles import ledger
from articles.content.copy import BylineText, CaptionText, Copy
from articles.search import entries

from .models import Article, Byline, Caption, Change, Column, Member, Photo, Revision

# To which contributor (an id) each byline is linked: no part of the words.
BylineContributors = Mapping[BylineText, int | None]
NO_CONTRIBUTORS: BylineContributors = MappingProxyType({})


def read(article: Article) -> Copy:
    """Return the words of an article as they are in the database. Four queries at most."""
    return compose(
        article,
        bylines=article.bylines.order_by("position"),
        captions=article.captions.select_related("photo").order_by("position"),
        tags=article.tags.names(),
    )


def composed(article: Article) -> Copy:
    """Return the words of an article whose parts are loaded, in order. No query."""
    return compose(
        article,
        bylines=article.bylines.all(),
        captions=article.captions.all(),
        tags=[tagging.tag.name for tagging in article.taggings.all()],
    )


def compose(
    article: Article, *, bylines: Iterable[Byline], captions: Iterable[Caption], tags: Iterable[str]
) -> Copy:
    """Return the words of an article with these rows, in their order, saved or not."""
    return Copy(
        kicker=article.kicker,
        headline=article.headline,
        deck=article.deck,
        dateline=article.dateline,
        bylines=tuple(BylineText(row.role, row.name) for row in bylines),
        body=article.body,
        captions=tuple(CaptionText(str(row.photo.uid), row.words, row.credit) for row in captions),
        column=article.column.name if article.column else "",
        tags=tuple(sorted(tags)),
    )


def current(article: Article) -> Revision:
    """Return the latest revision, recorded now where there is none yet."""
    return article.revisions.first() or record(article, by=None, change=Change.IMPORTED)


def ensure_revision(article: Article) -> Revision:
    """Return the revision of exactly the words in the database, recorded now if need be.

    Words that were written past `saving` have none yet. Five queries at most, and
    seven more where one is recorded.
    """
    latest = article.revisions.first()
    if latest is None:
        return record(article, by=None, change=Change.IMPORTED)
    return latest if latest.copy == read(article) else record(article, by=None)


def record(
    article: Article, *, by: Member | None, change: Change = Change.EDITED, reason: str = ""
) -> Revision | None:
    """Record the words in the database as the next revision; None where nothing changed.

    Sets the article's `version`. Seven queries at most.
    """
    copy, latest = read(article), article.revisions.first()
    if latest and latest.copy == copy:
        return None
    article.version = latest.number + 1 if latest else 1
    Article.objects.filter(pk=article.pk).update(version=article.version)
    return _add_revision(article, copy, by=by, change=change, reason=reason)


def repeat(article: Article, *, by: Member | None, reason: str) -> Revision:
    """Record the words once more: what is printed beside them has changed, as `reason` says.

    Sets the article's `version`. Seven queries at most, and seven more where the words that are
    in the database were not recorded yet.
    """
    latest = ensure_revision(article)
    article.version = latest.number + 1
    Article.objects.filter(pk=article.pk).update(version=article.version)
    return _add_revision(article, latest.copy, by=by, reason=reason)


def create(
    article: Article,
    copy: Copy,
    *,
    by: Member | None,
    links: BylineContributors = NO_CONTRIBUTORS,
    change: Change = Change.EDITED,
) -> Revision:
    """Insert an article with its words, their first revision and its entry of the search.

    Queries: 8 on SQLite, 6 on PostgreSQL; for bylines 1, captions 2, a column 1, tags 3 and 4
    for each.
    """
    article.version = 1
    _set_words(article, copy)
    article.save()
    copy = _write_rows(article, copy, before=Copy(), links=links)
    entries.index(article, copy)
    return _add_revision(article, copy, by=by, change=change)


def update(
    article: Article,
    copy: Copy,
    *,
    latest: Revision,
    by: Member | None,
    links: BylineContributors = NO_CONTRIBUTORS,
    change: Change = Change.EDITED,
    reason: str = "",
    is_forced: bool = False,
) -> Revision | None:
    """Store words in the place of the `latest`, as the next revision; None where none changed.

    `is_forced` asks for one also then: something else that is printed has changed. Every field of
    the article given is written, and its `version` set. Bylines are linked to the contributors
    (their ids) that `links` names, the others to the one they had under the same name. A photo
    that has been removed from the library cannot come back: its caption is left out. Eleven
    queries at most, four more for each tag and five for tags at all.
    """
    _set_words(article, copy)
    copy = _write_rows(article, copy, before=latest.copy, links=links)
    is_changed = is_forced or copy != latest.copy
    article.version = latest.number + is_changed
    article.save()
    entries.index(article, copy)
    return _add_revision(article, copy, by=by, change=change, reason=reason) if is_changed else None


def byline_contributors(article: Article) -> BylineContributors:
    """Return to which contributor each byline is linked. One query."""
    return dict(_linked_bylines(article))


def _add_revision(
    article: Article,
    copy: Copy,
    *,
    by: Member | None,
    change: Change = Change.EDITED,
    reason: str = "",
) -> Revision:
    is_first = article.version == 1 and change == Change.EDITED
    revision = Revision.objects.create(
        article=article,
        number=article.version,
        stored_copy=copy.as_json(),
        digest=copy.digest,
        change=Change.WRITTEN if is_first else change,
        status=article.status,
        reason=reason,
        made_by=by,
    )
    ledger.record_rows([revision])
    return revision


def _set_words(article: Article, copy: Copy) -> None:
    article.kicker, article.headline, article.deck = copy.kicker, copy.headline, copy.deck
    article.dateline, article.body = copy.dateline, copy.body
    if copy.column != (article.column.name if article.column else ""):
        found = Column.objects.get_or_create(name=copy.column)[0] if copy.column else None
        article.column = found


def _write_rows(article: Article, copy: Copy, *, before: Copy, links: BylineContributors) -> Copy:
    """Write the rows that differ from those of `before`; return the words as stored."""
    if copy.bylines != before.bylines or links:
        _write_bylines(article, copy.bylines, before.bylines, links)
    captions, tags = before.captions, before.tags
    if copy.captions != captions:
        captions = _write_captions(article, copy.captions, captions)
    if copy.tags != tags:
        article.tags.set(copy.tags)
        tags = tuple(sorted(article.tags.names()))  # A tag known in another case keeps its own.
    return replace(copy, captions=captions, tags=tags)


def _linked_bylines(article: Article) -> list[tuple[BylineText, int | None]]:
    rows = article.bylines.order_by("position").values_list("role", "name", "contributor")
    return [(BylineText(role, name), contributor) for role, name, contributor in rows]


def _write_bylines(
    article: Article,
    bylines: Sequence[BylineText],
    before: Sequence[BylineText],
    links: BylineContributors,
) -> None:
    rows = _linked_bylines(article) if before else []
    by_text = dict(rows)
    by_name = {byline.name: contributor for byline, contributor in rows}
    wanted = [
        (byline, links.get(byline, by_text.get(byline, by_name.get(byline.name))))
        for byline in bylines
    ]
    if wanted == rows:
        return
    if rows:
        article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            position=position,
            role=byline.role,
            name=byline.name,
            contributor_id=contributor,
        )
        for position, (byline, contributor) in enumerate(wanted, 1)
    )


def _write_captions(
    article: Article, captions: Sequence[CaptionText], before: Sequence[CaptionText]
) -> tuple[CaptionText, ...]:
    """Replace the captions; return those whose photo is in the library."""
    uids = {caption.photo for caption in captions}
    photos = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=uids)}
    found = tuple(caption for caption in captions if caption.photo in photos)
    if before:
        article.captions.all().delete()
    Caption.objects.bulk_create(
        Caption(
            article=article,
            position=position,
            photo=photos[caption.photo],
            words=caption.words,
            credit=caption.credit,
        )
        for position, caption in enumerate(found, 1)
    )
    return found
