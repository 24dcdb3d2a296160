"""What is stored → clippings, issue by issue."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch, QuerySet

from articles import revisions
from articles.archived.clippings import Clipping, PageFacts, Picture, Who
from articles.models import (
    Article,
    Byline,
    Caption,
    Contributor,
    Issue,
    Page,
    Photo,
    Tagging,
)
from articles.workflow import LIVE


def issues_between(first: date | None, last: date | None, *, is_all: bool = False) -> QuerySet:
    """Select the issues of some days, in order: those that readers see, or all."""
    found = Issue.objects.all() if is_all else Issue.objects.published()
    if first:
        found = found.filter(issued_on__gte=first)
    if last:
        found = found.filter(issued_on__lte=last)
    return found.order_by("issued_on", "edition")


def clippings(issue: Issue, *, is_all: bool = False) -> Iterator[Clipping]:
    """Go through an issue in print order: what readers see, or all that is meant for the paper.

    All is what stands on its pages and was not held, spiked or withdrawn. Five queries, however
    many articles.
    """
    chosen = Article.objects.filter(status__in=LIVE) if is_all else Article.objects.published()
    articles: dict[int, list[Article]] = {}
    for article in whole(chosen.filter(page__issue=issue).order_by("position")):
        articles.setdefault(article.page_id, []).append(article)
    pages = list(issue.pages.in_order())
    for page in pages:
        if page.pk not in articles:
            yield bare(issue, page)
        for article in articles.get(page.pk, ()):
            yield clipping(article, issue, page)
    if not pages:
        yield bare(issue, None)


def whole(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Read articles with all that a clipping holds. Four queries, however many."""
    photos = Caption.objects.select_related("photo__contributor").order_by("position")
    return articles.select_related("column").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("contributor").order_by("position")),
        Prefetch("captions", photos),
        Prefetch("taggings", Tagging.objects.select_related("tag")),
    )


def clipping(article: Article, issue: Issue, page: Page) -> Clipping:
    """Return an article, read by `whole`, as a clipping. No query."""
    photos = {each.photo_id: each.photo for each in article.captions.all()}
    return Clipping(
        issued_on=issue.issued_on,
        edition=issue.edition,
        serial=issue.serial,
        page=page_facts(page),
        order=article.position,
        uid=str(article.uid),
        copy=revisions.composed(article),
        links=tuple(who(byline.contributor) for byline in article.bylines.all()),
        genre=article.genre,
        rank=article.rank,
        source=article.source,
        pictures=tuple(picture(photo) for photo in photos.values()),
    )


def bare(issue: Issue, page: Page | None) -> Clipping:
    """Return a page that holds no article, or an issue that holds no page, as a clipping."""
    return Clipping(
        issued_on=issue.issued_on,
        edition=issue.edition,
        serial=issue.serial,
        page=page_facts(page) if page else None,
    )


def page_facts(page: Page) -> PageFacts:
    """Return what an archive says of a page."""
    return PageFacts(
        label=page.label,
        name=page.name,
        editor=page.editor,
        designer=page.designer,
        proofreader=page.proofreader,
        planned=page.planned,
    )


def picture(photo: Photo) -> Picture:
    """Return what an archive says of a photo, its contributor loaded."""
    return Picture(
        uid=str(photo.uid),
        file=file_name(photo),
        alt=photo.alt,
        credit=photo.credit,
        contributor=who(photo.contributor),
        taken_on=photo.taken_on,
        place=photo.place,
        rights=photo.rights,
        focus=photo.focus,
    )


def file_name(photo: Photo) -> str:
    """Return the name of a photo's file beside the archive: its uid and its kind."""
    ending = photo.file.name.rpartition(".")[2]
    return f"{photo.uid}.{'jpg' if ending == 'jpeg' else ending}"


def who(contributor: Contributor | None) -> Who | None:
    """Return what tells a contributor from any other."""
    return contributor and (contributor.name, contributor.distinction)
