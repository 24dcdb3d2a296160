"""Snapshots of an article's words: recording, writing back, restoring.

Whoever stores words does it between `hold` and `record`, in one transaction.
"""

from django.utils.translation import gettext_lazy as _

from articles.copy import Copy, PictureWords, SignedName
from articles.models import Article, Byline, Caption, Change, Column, Member, Photo, Revision


class StaleWords(Exception):  # noqa: N818 (it reads as what happened)
    """The words have changed since they were read; its text tells the editor."""


def hold(article_id: int, *, version: int | None = None) -> Article:
    """Return an article, its row held until the transaction ends.

    Raises StaleWords where a version is given and the article has moved on from it.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    if version is not None and article.version != version:
        raise StaleWords(_("Somebody has saved this article since you opened it."))
    return article


def read(article: Article) -> Copy:
    """Return the words of an article as they stand in the database. Four queries."""
    return _copy(
        article,
        bylines=article.bylines.order_by("position"),
        captions=article.captions.select_related("photo").order_by("position"),
        tags=article.tags.names(),
    )


def composed(article: Article) -> Copy:
    """Return the words of an article whose parts are loaded, in order. No query."""
    return _copy(
        article,
        bylines=article.bylines.all(),
        captions=article.captions.all(),
        tags=[tagging.tag.name for tagging in article.taggings.all()],
    )


def _copy(article: Article, *, bylines, captions, tags) -> Copy:
    return Copy(
        kicker=article.kicker,
        headline=article.headline,
        deck=article.deck,
        dateline=article.dateline,
        bylines=tuple(SignedName(row.role, row.name) for row in bylines),
        body=article.body,
        captions=tuple(PictureWords(str(row.photo.uid), row.words, row.credit) for row in captions),
        column=article.column.name if article.column else "",
        tags=tuple(sorted(tags)),
    )


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


def write(article: Article, copy: Copy) -> None:
    """Store words as the words of an article; `record` keeps them as a revision afterwards.

    Bylines keep the contributor they had under the same name. A photo that has been removed
    from the library cannot come back: its caption is left out.
    """
    article.kicker, article.headline, article.deck = copy.kicker, copy.headline, copy.deck
    article.dateline, article.body = copy.dateline, copy.body
    article.column = Column.objects.get_or_create(name=copy.column)[0] if copy.column else None
    article.save()
    _write_bylines(article, copy.bylines)
    _write_captions(article, copy.captions)
    article.tags.set(copy.tags)


def _write_bylines(article: Article, bylines: tuple[SignedName, ...]) -> None:
    known = dict(article.bylines.values_list("name", "contributor"))
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            position=position,
            role=signed.role,
            name=signed.name,
            contributor_id=known.get(signed.name),
        )
        for position, signed in enumerate(bylines, 1)
    )


def _write_captions(article: Article, captions: tuple[PictureWords, ...]) -> None:
    photos = {
        str(photo.uid): photo
        for photo in Photo.objects.filter(uid__in=[caption.photo for caption in captions])
    }
    article.captions.all().delete()
    Caption.objects.bulk_create(
        Caption(
            article=article,
            position=position,
            photo=photos[caption.photo],
            words=caption.words,
            credit=caption.credit,
        )
        for position, caption in enumerate(captions, 1)
        if caption.photo in photos
    )
