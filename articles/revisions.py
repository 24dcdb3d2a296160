"""Snapshots of an article's words: recording, writing back, restoring.

Whoever stores words does it between `hold` and `record`, in one transaction.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db.models import QuerySet

from articles.copy import Copy, PictureWords, SignedName
from articles.models import Article, Byline, Caption, Change, Column, Member, Photo, Revision

# To which contributor (its id) a byline is linked: no part of the words.
Links = Mapping[SignedName, int | None]
NO_LINKS: Links = MappingProxyType({})


def read(article: Article) -> Copy:
    """Return the words of an article as they stand in the database. Four queries."""
    return compose(
        article,
        bylines=article.bylines.order_by("position"),
        captions=_captions(article),
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
    article: Article,
    *,
    bylines: Iterable[Byline],
    captions: Iterable[Caption],
    tags: Iterable[str],
) -> Copy:
    """Return the words of an article with these rows, in their order, stored or not."""
    return Copy(
        kicker=article.kicker,
        headline=article.headline,
        deck=article.deck,
        dateline=article.dateline,
        bylines=tuple(SignedName(row.role, row.name) for row in bylines),
        body=article.body,
        captions=_picture_words(captions),
        column=article.column.name if article.column else "",
        tags=tuple(sorted(tags)),
    )


def _captions(article: Article) -> QuerySet[Caption]:
    return article.captions.select_related("photo").order_by("position")


def _picture_words(captions: Iterable[Caption]) -> tuple[PictureWords, ...]:
    return tuple(PictureWords(str(row.photo.uid), row.words, row.credit) for row in captions)


def current(article: Article) -> Revision:
    """Return the revision of the words as they stand, recorded now if there is none yet."""
    latest = article.revisions.order_by("-number").first()
    return latest or record(article, by=None, change=Change.IMPORTED)


def as_it_stands(article: Article) -> Revision:
    """Return the revision of exactly the words stored; words that no door kept are kept now."""
    kept = current(article)
    return record(article, by=None) or kept


def is_unkept(article: Article) -> bool:
    """Tell whether the words stored are not those last kept: a side door wrote them."""
    latest = article.revisions.order_by("-number").only("digest").first()
    return latest is not None and latest.digest != read(article).digest


def record(
    article: Article, *, by: Member | None, change: Change = Change.EDITED, reason: str = ""
) -> Revision | None:
    """Keep the words as they now stand as the next revision; None where nothing changed.

    Sets the article's `version`. To be called in the transaction that stored the words.
    """
    copy = read(article)
    latest = article.revisions.order_by("-number").only("number", "digest").first()
    if latest and latest.digest == copy.digest:
        return None
    number = latest.number + 1 if latest else 1
    revision = Revision.objects.create(
        article=article,
        number=number,
        stored_copy=copy.as_json(),
        digest=copy.digest,
        change=Change.WRITTEN if number == 1 and change == Change.EDITED else change,
        status=article.status,
        reason=reason,
        made_by=by,
    )
    Article.objects.filter(pk=article.pk).update(version=number)
    article.version = number
    return revision


def write(
    article: Article, copy: Copy, *, links: Mapping[SignedName, int | None] = NO_LINKS
) -> None:
    """Store words as the words of an article; `record` keeps them as a revision afterwards.

    Every field of the article given is written. Bylines are linked to the contributors (their
    ids) that `links` names, the others to the one they had under the same name. A photo that
    has been removed from the library cannot come back: its caption is left out. At most
    thirteen queries and three for each tag, however many rows.
    """
    article.kicker, article.headline, article.deck = copy.kicker, copy.headline, copy.deck
    article.dateline, article.body = copy.dateline, copy.body
    article.column = Column.objects.get_or_create(name=copy.column)[0] if copy.column else None
    article.save()
    _write_bylines(article, copy.bylines, links)
    _write_captions(article, copy.captions)
    if tuple(sorted(article.tags.names())) != copy.tags:
        article.tags.set(copy.tags)


def linked(article: Article) -> Links:
    """Return to which contributor each byline is linked. One query."""
    return dict(_linked_rows(article))


def _linked_rows(article: Article) -> list[tuple[SignedName, int | None]]:
    rows = article.bylines.order_by("position").values_list("role", "name", "contributor")
    return [(SignedName(role, name), contributor) for role, name, contributor in rows]


def _write_bylines(article: Article, bylines: tuple[SignedName, ...], links: Links) -> None:
    rows = _linked_rows(article)
    stored = dict(rows)
    known = {signed.name: contributor for signed, contributor in rows}
    wanted = [
        (signed, links.get(signed, stored.get(signed, known.get(signed.name))))
        for signed in bylines
    ]
    if wanted == rows:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            position=position,
            role=signed.role,
            name=signed.name,
            contributor_id=contributor,
        )
        for position, (signed, contributor) in enumerate(wanted, 1)
    )


def _write_captions(article: Article, captions: tuple[PictureWords, ...]) -> None:
    if _picture_words(_captions(article)) == captions:
        return
    photos = {
        str(photo.uid): photo
        for photo in Photo.objects.filter(uid__in=[caption.photo for caption in captions])
    }
    article.captions.all().delete()
    found = [caption for caption in captions if caption.photo in photos]
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
