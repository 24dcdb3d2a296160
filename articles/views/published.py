"""A published article with all its parts, asked for in four prepared questions."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone
from taggit.models import Tag

from articles.models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Correction,
    Issue,
    Page,
    Photo,
    Tagging,
)
from articles.prepared import Prepared

LARGEST_KEY = 2**63 - 1
PAGE = ("label", "name", "editor", "designer", "proofreader")
ISSUE = ("issued_on", "edition", "serial", "released_at")
CORRECTION = ("notice", "made_at")
PHOTO = ("uid", "alt", "credit", "width", "height")


def joined(prefix: str, names: tuple[str, ...], path: str) -> dict[str, F]:
    """Return annotations that bring fields of a joined row: prefix_name from path__name."""
    return {f"{prefix}_{name}": F(f"{path}__{name}") for name in names}


# One row for each correction, or one without: the notices take no question of their own.
ARTICLE = Prepared(
    lambda at, pk: (
        Article.objects.published(at)
        .filter(pk=pk)
        .annotate(
            on_issue=F("page__issue"),
            on_column=F("column__name"),
            **joined("page", PAGE, "page"),
            **joined("issue", ISSUE, "page__issue"),
            **joined("correction", CORRECTION, "corrections"),
        )
        .order_by("-corrections__made_at", "-corrections__pk")
    ),
    at=datetime,
    pk=int,
)
BYLINES = Prepared(
    lambda article: Byline.objects.filter(article=article).annotate(
        is_organisation=F("contributor__is_organisation")
    ),
    article=int,
)
CAPTIONS = Prepared(
    lambda article: Caption.objects.filter(article=article).annotate(
        **joined("photo", PHOTO, "photo")
    ),
    article=int,
)
TAGGINGS = Prepared(
    lambda article: (
        Tagging.objects.filter(content_object=article).order_by("pk").annotate(name=F("tag__name"))
    ),
    article=int,
)


def published_article(pk: int) -> Article | None:
    """Return a published article with its parts, or None. Four queries."""
    found = ARTICLE(at=timezone.now(), pk=pk) if pk <= LARGEST_KEY else []
    if not found:
        return None
    article = found[0]
    article.page = Page(pk=article.page_id, **_brought(article, "page", PAGE))
    article.page.issue = Issue(pk=article.on_issue, **_brought(article, "issue", ISSUE))
    if article.column_id:
        article.column = Column(pk=article.column_id, name=article.on_column)
    article._prefetched_objects_cache = {
        "bylines": [_with_contributor(byline) for byline in BYLINES(article=pk)],
        "captions": [_with_photo(caption) for caption in CAPTIONS(article=pk)],
        "corrections": _corrections(found),
        "taggings": [_with_tag(tagging) for tagging in TAGGINGS(article=pk)],
    }
    return article


def _brought(row, prefix: str, names: tuple[str, ...]) -> dict:
    return {name: getattr(row, f"{prefix}_{name}") for name in names}


def _corrections(found: list[Article]) -> list[Correction]:
    """Return the corrections that the rows of an article brought, the newest first."""
    rows = [_brought(row, "correction", CORRECTION) for row in found]
    return [Correction(**facts) for facts in rows if facts["made_at"]]


def _with_contributor(byline: Byline) -> Byline:
    if byline.contributor_id:
        who = Contributor(pk=byline.contributor_id, is_organisation=byline.is_organisation)
        byline.contributor = who
    return byline


def _with_photo(caption: Caption) -> Caption:
    caption.photo = Photo(pk=caption.photo_id, **_brought(caption, "photo", PHOTO))
    return caption


def _with_tag(tagging: Tagging) -> Tagging:
    tagging.tag = Tag(pk=tagging.tag_id, name=tagging.name)
    return tagging
