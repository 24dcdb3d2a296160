"""Insert and update the articles of an archive in bulk, each with its parts and a revision."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from taggit.models import Tag

from articles import ledger, revisions
from articles.archive.format.records import ContributorName, PhotoRecord, Record
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

from . import named_rows, photo_files
from .existing import ExistingIssue
from .format import fields


@dataclass(frozen=True, slots=True)
class NamedRows:
    """The rows to which records refer by name or uid."""

    columns: Mapping[str, Column]
    contributors: Mapping[ContributorName, Contributor]
    tags: Mapping[str, Tag]
    photos: Mapping[str, Photo]


def resolve_names(
    records: Sequence[Record],
    photos: Mapping[str, PhotoRecord],
    folder: Path | None,
    imported: list[Photo],
) -> NamedRows:
    """Return the rows that records name, creating those missing; adds new photos to `imported`.

    Raises ImportRefusedError where a photo is missing. The number of queries does not depend on
    how many are named, but for those of each new photo.
    """
    copies = [record.copy for record in records]
    shown = {caption.photo for copy in copies for caption in copy.captions}
    library = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=shown)}
    missing = [
        photos.get(uid) or PhotoRecord(uid, f"{uid}.jpg") for uid in sorted(shown - {*library})
    ]
    linked = {who for record in records for who in record.links}
    linked |= {photo.values.get("contributor") for photo in missing}
    contributors = named_rows.contributors(linked - {None})
    columns = named_rows.columns({copy.column for copy in copies if copy.column})
    tags = named_rows.tags({tag for copy in copies for tag in copy.tags})
    imported += photo_files.import_photos(missing, folder, contributors)
    library |= {str(photo.uid): photo for photo in imported}
    return NamedRows(columns, contributors, tags, library)


def insert_articles(
    new: Sequence[Record], changed: Sequence[Record], existing: ExistingIssue, named: NamedRows
) -> None:
    """Write new and changed articles; as many queries for one as for many.

    (SQLite takes 999 values at a time: there one insert more for every 50 articles or so.)
    """
    articles = existing.articles
    rewritten = [r for r in changed if revisions.composed(articles[r.uid]) != r.copy]
    for record in rewritten:
        articles[record.uid].version += 1
    created = Article.objects.bulk_create(_new(record, existing, named) for record in new)
    articles |= {str(article.uid): article for article in created}
    _rewrite(changed, existing, named)
    pairs = [(articles[record.uid], record) for record in (*new, *changed)]
    for model, rows in ((Byline, _bylines), (Caption, _captions), (Tagging, _taggings)):
        model.objects.bulk_create(row for pair in pairs for row in rows(*pair, named))
    stored = Revision.objects.bulk_create(
        _revision(articles[record.uid], record) for record in (*new, *rewritten)
    )
    ledger.record_rows(stored)


def _new(record: Record, existing: ExistingIssue, named: NamedRows) -> Article:
    page = existing.pages[record.page.label]
    values = _values(record, named)
    return Article(uid=record.uid, page=page, position=record.order, version=1, **values)


def _values(record: Record, named: NamedRows) -> dict[str, object]:
    """Return the fields of an article's row that a record gives, besides its place."""
    copy = record.copy
    return {
        **fields.values_of(fields.HEADING, copy),
        "dateline": copy.dateline,
        "body": copy.body,
        "column": named.columns[copy.column] if copy.column else None,
        **record.article,
    }


def _rewrite(changed: Collection[Record], existing: ExistingIssue, named: NamedRows) -> None:
    if not changed:
        return
    articles = [existing.articles[record.uid] for record in changed]
    for model in (Byline, Caption):
        model.objects.filter(article__in=articles).delete()
    Tagging.objects.filter(content_object__in=articles).delete()
    for article, record in zip(articles, changed, strict=True):
        values = _values(record, named) | {"changed_at": timezone.now()}
        for name, value in values.items():
            setattr(article, name, value)
    Article.objects.bulk_update(articles, [*values, "version"])


def _bylines(article: Article, record: Record, named: NamedRows) -> Iterator[Byline]:
    rows = zip(record.copy.bylines, record.links, strict=True)
    for position, (byline, who) in enumerate(rows, 1):
        values = fields.values_of(fields.BYLINE, byline)
        values["contributor"] = who and named.contributors[who]
        yield Byline(article=article, position=position, **values)


def _captions(article: Article, record: Record, named: NamedRows) -> Iterator[Caption]:
    for position, caption in enumerate(record.copy.captions, 1):
        values = fields.values_of(fields.CAPTION, caption)
        values["photo"] = named.photos[caption.photo]
        yield Caption(article=article, position=position, **values)


def _taggings(article: Article, record: Record, named: NamedRows) -> Iterator[Tagging]:
    for tag in record.copy.tags:
        yield Tagging(content_object=article, tag=named.tags[tag])


def _revision(article: Article, record: Record) -> Revision:
    return Revision(
        article=article,
        number=article.version,
        stored_copy=record.copy.as_json(),
        digest=record.copy.digest,
        change=Change.ARCHIVED,
        status=article.status,
    )
