"""Articles of an archive → rows with all their parts and a revision each, many at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from taggit.models import Tag

from articles import revisions
from articles.archived.clippings import Clipping, Picture, Who
from articles.models import (
    Article,
    Byline,
    Caption,
    Change,
    Column,
    Contributor,
    Photo,
    Revision,
    Tagging,
)

from . import names, photos
from .standing import Standing

# What of a row is written when an archive brings other words for it.
WRITTEN = ("kicker", "headline", "deck", "dateline", "body", "column", "genre", "rank", "source",
           "version", "changed_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The rows that clippings name."""

    columns: Mapping[str, Column]
    contributors: Mapping[Who, Contributor]
    tags: Mapping[str, Tag]
    photos: Mapping[str, Photo]


def named(
    clippings: Sequence[Clipping],
    pictures: Mapping[str, Picture],
    folder: Path | None,
    brought: list[Photo],
) -> Named:
    """Find the rows that clippings name, make those missing; photos are added to `brought`.

    Raises FilingRefused where a photo is nowhere. The number of queries does not depend on
    how many are named, but for those of each photo that is brought.
    """
    copies = [each.copy for each in clippings]
    shown = {caption.photo for copy in copies for caption in copy.captions}
    library = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=shown)}
    missing = sorted(shown - library.keys())
    signed = {who for each in clippings for who in each.links if who}
    signed |= {pictures[uid].contributor for uid in missing if uid in pictures} - {None}
    contributors = names.contributors(signed)
    columns = names.columns({copy.column for copy in copies if copy.column})
    tags = names.tags({tag for copy in copies for tag in copy.tags})
    brought += photos.bring(missing, pictures, folder, contributors)
    library |= {str(photo.uid): photo for photo in brought}
    return Named(columns, contributors, tags, library)


def write(
    fresh: Sequence[Clipping], changed: Sequence[Clipping], found: Standing, named: Named
) -> None:
    """Write new articles and those that get other words; as many queries for one as for many.

    (SQLite takes 999 values at a time: there one insert more for every 50 articles or so.)
    """
    reworded = [c for c in changed if revisions.composed(found.articles[c.uid]) != c.copy]
    for each in reworded:
        found.articles[each.uid].version += 1
    made = Article.objects.bulk_create(_new(each, found, named) for each in fresh)
    found.articles |= {str(article.uid): article for article in made}
    _rewrite(changed, found, named)
    pairs = [(found.articles[each.uid], each) for each in (*fresh, *changed)]
    for model, parts in ((Byline, _bylines), (Caption, _captions), (Tagging, _taggings)):
        model.objects.bulk_create(row for pair in pairs for row in parts(*pair, named))
    kept = [(found.articles[each.uid], each) for each in (*fresh, *reworded)]
    Revision.objects.bulk_create(_revision(*pair) for pair in kept)


def _new(clipping: Clipping, found: Standing, named: Named) -> Article:
    page = found.pages[clipping.page.label]
    article = Article(uid=clipping.uid, page=page, position=clipping.order, version=1)
    _enter(article, clipping, named)
    return article


def _enter(article: Article, clipping: Clipping, named: Named) -> None:
    """Enter a clipping's words and facts into an article's row."""
    copy = clipping.copy
    article.kicker, article.headline, article.deck = copy.kicker, copy.headline, copy.deck
    article.dateline, article.body = copy.dateline, copy.body
    article.column = named.columns[copy.column] if copy.column else None
    article.genre, article.rank, article.source = clipping.genre, clipping.rank, clipping.source


def _rewrite(changed: Collection[Clipping], found: Standing, named: Named) -> None:
    if not changed:
        return
    articles = [found.articles[each.uid] for each in changed]
    for model in (Byline, Caption):
        model.objects.filter(article__in=articles).delete()
    Tagging.objects.filter(content_object__in=articles).delete()
    for article, clipping in zip(articles, changed, strict=True):
        _enter(article, clipping, named)
        article.changed_at = timezone.now()
    Article.objects.bulk_update(articles, WRITTEN)


def _bylines(article: Article, clipping: Clipping, named: Named) -> Iterator[Byline]:
    signed = zip(clipping.copy.bylines, clipping.links, strict=True)
    for position, (byline, who) in enumerate(signed, 1):
        yield Byline(
            article=article,
            position=position,
            role=byline.role,
            name=byline.name,
            contributor=who and named.contributors[who],
        )


def _captions(article: Article, clipping: Clipping, named: Named) -> Iterator[Caption]:
    for position, caption in enumerate(clipping.copy.captions, 1):
        yield Caption(
            article=article,
            position=position,
            photo=named.photos[caption.photo],
            words=caption.words,
            credit=caption.credit,
        )


def _taggings(article: Article, clipping: Clipping, named: Named) -> Iterator[Tagging]:
    for tag in clipping.copy.tags:
        yield Tagging(content_object=article, tag=named.tags[tag])


def _revision(article: Article, clipping: Clipping) -> Revision:
    return Revision(
        article=article,
        number=article.version,
        stored_copy=clipping.copy.as_json(),
        digest=clipping.copy.digest,
        change=Change.ARCHIVED,
        status=article.status,
    )
