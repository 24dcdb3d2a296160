"""What an issue holds, and what stands around one of its articles."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, TextField, Value, When
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles import packing, place_map, typeset
from articles.models import Article, Caption, Column, Genre, Issue, Page
from articles.models.addresses import address
from articles.models.page import natural_order
from articles.prepared import Prepared
from articles.workflow import LIVE

KINDS = {
    Genre.PHOTO: packing.PHOTO,
    Genre.DOCUMENT: packing.DOCUMENT,
    Genre.NOTICE: packing.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article of the issue as a list shows it."""

    pk: int
    page: int
    rank: int | None
    kind: str
    length: int
    has_picture: bool
    title: str

    @classmethod
    def of(cls, page: int, row: list) -> "Neighbour":
        """Build it from the article's part of a row of `_rows`. Mark-up counts in its length."""
        pk, rank, genre, length, has_picture, headline, opening, column = row
        if not headline:
            named = Column(name=column) if column else None
            headline = Article(body=opening, column=named).display_title
        kind = KINDS.get(genre, packing.ARTICLE)
        return cls(pk, page, rank, kind, length, has_picture, headline)

    @property
    def link(self) -> tuple[str, SafeString]:
        """Its address and its headline, set for a list."""
        return address("article", self.pk), mark_safe(typeset.listed(self.title))  # noqa: S308 (escaped)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: which of how many on its page, and what is before and after."""

    number: int
    mates: list[Neighbour]
    previous: Neighbour | None
    next: Neighbour | None

    @classmethod
    def of(cls, article: int, seen: list[Neighbour]) -> "Place | None":
        """Find an article among those of its issue; None where readers do not see it."""
        order = [row.pk for row in seen]
        if article not in order:
            return None
        here = order.index(article)
        mates = [row for row in seen if row.page == seen[here].page]
        return cls(
            number=mates.index(seen[here]) + 1,
            mates=mates,
            previous=seen[here - 1] if here else None,
            next=seen[here + 1] if here + 1 < len(seen) else None,
        )

    @property
    def others(self) -> list[tuple[str, SafeString]]:
        """The addresses and headlines of the page's other articles, in order."""
        return [row.link for number, row in enumerate(self.mates, 1) if number != self.number]

    @property
    def total(self) -> int:
        """How many articles readers see on the page."""
        return len(self.mates)

    @property
    def map(self) -> str:
        """The blocks of the page's miniature as SVG, the article's own marked `on`."""
        blocks = place_map.blocks(self.mates)
        return "".join(_drawn(block, number, self.number) for number, block in enumerate(blocks, 1))


def contents(issue: Issue, at: datetime | None = None) -> tuple[list[Page], list[Neighbour]]:
    """Return the pages of an issue and the articles that readers see in it, in print order.

    One query for both, without the bodies of articles that have a headline.
    """
    return _contents(issue, ROWS.rows(at=at or timezone.now(), issue=issue.pk))


def contents_in_preview(issue: Issue) -> tuple[list[Page], list[Neighbour]]:
    """Return the pages of an issue and the articles that a preview shows. One query."""
    return _contents(issue, IN_PREVIEW.rows(issue=issue.pk))


def _contents(issue: Issue, rows: list[tuple]) -> tuple[list[Page], list[Neighbour]]:
    pages: dict[int, Page] = {}
    seen = []
    for pk, label, name, is_seen, *row in rows:
        if pk not in pages:
            pages[pk] = Page(pk=pk, issue=issue, label=label, name=name)
        if is_seen:
            seen.append(Neighbour.of(pk, row))
    return list(pages.values()), seen


def _select(shown, issue: int):
    """Select every page of an issue with each of its articles and whether it is `shown`."""
    is_shown = Exists(shown.filter(pk=OuterRef("articles__pk")))
    pictures = Caption.objects.filter(article=OuterRef("articles__pk"))
    opening = When(articles__headline="", then=F("articles__body"))
    return (
        Page.objects.filter(issue=issue)
        .order_by(*natural_order(), "articles__position")
        .values_list(
            *("pk", "label", "name"),
            is_shown,
            *("articles__pk", "articles__rank", "articles__genre"),
            Length("articles__body"),
            Exists(pictures),
            "articles__headline",
            Case(opening, default=Value(""), output_field=TextField()),
            "articles__column__name",
        )
    )


ROWS = Prepared(
    lambda at, issue: _select(Article.objects.published(at), issue), at=datetime, issue=int
)
IN_PREVIEW = Prepared(
    lambda issue: _select(Article.objects.filter(status__in=LIVE), issue), issue=int
)


def _drawn(block: place_map.Block, number: int, current: int) -> str:
    mark = ' class="on"' if number == current else ""
    return (
        f'<rect{mark} x="{block.x}" y="{block.y}" width="{block.width}" height="{block.height}"/>'
    )
