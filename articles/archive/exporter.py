"""Select the issues to export, and make their records."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from articles import revisions
from articles.archive.format.records import ContributorName, PageRecord, PhotoRecord, Record
from articles.models import Article, Byline, Caption, Contributor, Issue, Page, Photo, Tagging
from articles.workflow import LIVE

from .format import fields


def issues_between(first: date | None, last: date | None, *, is_all: bool = False) -> QuerySet:
    """Select the issues of some days, in order: those that readers see, or all."""
    found = Issue.objects.all() if is_all else Issue.objects.published()
    if first:
        found = found.filter(issued_on__gte=first)
    if last:
        found = found.filter(issued_on__lte=last)
    return found.order_by("issued_on", "edition")


def export_records(issue: Issue, *, is_all: bool = False) -> Iterator[Record]:
    """Iterate over an issue in print order: what readers see, or all in LIVE. Five queries."""
    chosen = Article.objects.filter(status__in=LIVE) if is_all else Article.objects.published()
    articles: dict[int, list[Article]] = {}
    for article in with_all_parts(chosen.filter(page__issue=issue).order_by("position")):
        articles.setdefault(article.page_id, []).append(article)
    pages = list(issue.pages.in_order())
    for page in pages:
        if page.pk not in articles:
            yield empty_record(issue, page)
        for article in articles.get(page.pk, ()):
            yield article_record(article, issue, page)
    if not pages:
        yield empty_record(issue, None)


def with_all_parts(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Load articles with all that a record holds. Four queries, however many."""
    photos = Caption.objects.select_related("photo__contributor").order_by("position")
    return articles.select_related("column").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("contributor").order_by("position")),
        Prefetch("captions", photos),
        Prefetch("taggings", Tagging.objects.select_related("tag")),
    )


def article_record(article: Article, issue: Issue, page: Page) -> Record:
    """Return the record of an article that `with_all_parts` has loaded. No query."""
    photos = {caption.photo_id: caption.photo for caption in article.captions.all()}
    return replace(
        empty_record(issue, page),
        order=article.position,
        uid=str(article.uid),
        copy=revisions.composed(article),
        links=tuple(contributor_name(byline.contributor) for byline in article.bylines.all()),
        article=fields.values_of(fields.ARTICLE, article),
        photos=tuple(photo_record(photo) for photo in photos.values()),
    )


def empty_record(issue: Issue, page: Page | None) -> Record:
    """Return the record of a page that holds no article, or of an issue that holds no page."""
    return Record(
        issued_on=issue.issued_on,
        edition=issue.edition,
        issue=fields.values_of(fields.ISSUE, issue),
        page=page and PageRecord(page.label, fields.values_of(fields.PAGE, page)),
    )


def photo_record(photo: Photo) -> PhotoRecord:
    """Return the record of a photo, its contributor loaded."""
    values = fields.values_of(fields.PHOTO, photo)
    values["contributor"] = contributor_name(photo.contributor)
    return PhotoRecord(str(photo.uid), file_name(photo), values)


def file_name(photo: Photo) -> str:
    """Return the name of a photo's file beside the archive: its uid and its extension."""
    extension = photo.file.name.rpartition(".")[2]
    return f"{photo.uid}.{'jpg' if extension == 'jpeg' else extension}"


def contributor_name(contributor: Contributor | None) -> ContributorName | None:
    """Return the name and distinction of a contributor."""
    return contributor and (contributor.name, contributor.distinction)
