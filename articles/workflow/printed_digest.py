"""The digest of all that is printed of an article, which a sign-off covers and keeps.

The words, the source, the genre, and of each photo in its order: its file, alternative text,
focus and crops, the mark of a generated one, and its credit where the caption has none.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from django.db.models import OuterRef, Subquery

from articles import revisions
from articles.ledger import chain
from articles.models import Article, Caption, Review, Status

# How what is printed is put together: another form has another number, before the digest.
FORM = 1
BATCH = 500


def printed_digest(article: Article, words: str, captions: Iterable[Caption]) -> str:
    """Return the digest of an article with words of a digest and these captions. No query.

    The photos of the captions must be loaded; the captions must be in their order.
    """
    photos = [_of_photo(caption) for caption in captions]
    printed = chain.canonical([words, article.source, str(article.genre), photos])
    return f"{FORM}:{chain.digest(printed)}"


def printed_captions(articles: Collection[Article]) -> dict[int, list[Caption]]:
    """Return the captions of articles with their photos, in order, by the article. One query."""
    rows = Caption.objects.filter(article__in=articles).select_related("photo")
    rows = rows.order_by("article", "position")
    return {key: [*each] for key, each in groupby(rows, key=lambda row: row.article_id)}


def changed_after_sign_off() -> Iterator[Article]:
    """Yield the signed articles of which anything printed is other than what was signed.

    Those whose sign-off is older than the digest are left out. Six queries for each 500 articles.
    """
    signed = Review.objects.filter(article=OuterRef("pk"), to_status=Status.SIGNED)
    latest = Subquery(signed.order_by("-pk").values("printed_digest")[:1])
    rows = Article.objects.filter(status=Status.SIGNED).annotate(signed=latest)
    parts = ("bylines", "captions__photo", "taggings__tag")
    rows = rows.exclude(signed="").select_related("column", "page").prefetch_related(*parts)
    for article in rows.order_by("pk").iterator(BATCH):
        words = revisions.composed(article).digest
        now = printed_digest(article, words, article.captions.all())
        if article.signed != now and article.signed.startswith(f"{FORM}:"):
            yield article


def _of_photo(caption: Caption) -> list:
    photo = caption.photo
    credit = "" if caption.credit else photo.credit
    return [photo.file.name, photo.alt, credit, photo.generated, str(photo.focus), photo.crops]
