"""Lists of published articles: those of a column, of a contributor, under a tag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from taggit.models import Tag

from articles import queries, statistics
from articles.content import article_html, text
from articles.models import Article, Caption, Column, Contributor

from .frame import Frame, reader_page, render_page

# How many rows a list shows.
LIST_LENGTH = 30
# 字 of the opening that a list shows.
OPENING = 80
# A title of more 字 than this is not set vertically.
VERTICAL = 6
# How many photos of a contributor are shown, and how many articles are searched for them.
PHOTOS = 12


@dataclass(frozen=True, slots=True)
class ListItem:
    """One article in a list."""

    article: Article
    day: str
    month: str
    length: int
    opening: str

    @classmethod
    def of(cls, article: Article) -> "ListItem":
        """Build it; the page, its issue and the column must be loaded."""
        paragraphs = article_html.paragraphs(article.body)
        issued_on = article.page.issue.issued_on
        return cls(
            article=article,
            day=date_format(issued_on, gettext("F j")),
            month=date_format(issued_on, "YEAR_MONTH_FORMAT"),
            length=text.count("".join(paragraphs)),
            opening="".join(text.excerpt(paragraphs, OPENING)),
        )


@dataclass(frozen=True, slots=True)
class PaginatedList:
    """One page of a list, newest first, grouped by month, with links to those before and after."""

    number: int
    items: list
    has_next: bool

    @classmethod
    def of(cls, rows: QuerySet, build: Callable, request: HttpRequest) -> "PaginatedList":
        """Return the part of some rows that `?page=` names, an item built of each row.

        An item is anything that has a `month`. One query. Raises Http404 past the last row.
        """
        number = page_number(request)
        start = (number - 1) * LIST_LENGTH
        found = list(rows[start : start + LIST_LENGTH + 1])
        if number > 1 and not found:
            raise Http404
        return cls(number, [build(row) for row in found[:LIST_LENGTH]], len(found) > LIST_LENGTH)

    @property
    def months(self) -> list[tuple[str, list]]:
        """The items by month, each month with its name."""
        return [(name, list(items)) for name, items in groupby(self.items, lambda item: item.month)]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The addresses of the newer and the older part, as far as there are any."""
        newer = [("prev", f"?page={self.number - 1}" if self.number > 2 else "?")]
        older = [("next", f"?page={self.number + 1}")]
        return (newer if self.number > 1 else []) + (older if self.has_next else [])

    @property
    def query(self) -> str:
        """What its address adds to that of the first part."""
        return f"?page={self.number}" if self.number > 1 else ""


def page_number(request: HttpRequest) -> int:
    """Return the number in `?page=`, 1 without one. Raises Http404 for anything but a number."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6 and int(number)):
        raise Http404
    return int(number)


@reader_page
def columns(request: HttpRequest) -> HttpResponse:
    """Show the columns that have published anything, the current ones first. Two queries."""
    return render_page(
        request,
        "paper/columns.html",
        Frame.bare(),
        canonical=reverse("articles:columns"),
        columns=queries.published_columns(),
    )


@reader_page
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a column that has published anything. Four queries."""
    found = get_object_or_404(Column, pk=pk)
    return article_list(request, "column", found, queries.articles_of_column(found))


@reader_page
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a tag that a published article carries. Three queries."""
    found = get_object_or_404(Tag, pk=pk)
    return article_list(request, "tag", found, queries.articles_of_tag(found))


@reader_page
def contributor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a contributor with a published article or photo. Eight queries."""
    found = get_object_or_404(Contributor, pk=pk)
    articles = queries.articles_of_contributor(found)
    work = Work.of(found, articles)
    return article_list(request, "contributor", found, articles, work=work)


def article_list(
    request: HttpRequest, kind: str, subject: Model, articles: QuerySet[Article], work=None
) -> HttpResponse:
    """Show the articles of a subject, newest first, in the template of its kind. Three queries.

    Raises Http404 where it has published nothing, neither articles nor photos.
    """
    listed = PaginatedList.of(queries.newest_first(articles), ListItem.of, request)
    if not listed.items and not (work and work.photos):
        raise Http404
    return render_page(
        request,
        f"paper/{kind}.html",
        Frame.bare(),
        canonical=reverse(f"articles:{kind}", args=[subject.pk]) + listed.query,
        subject=subject,
        is_vertical=text.count(subject.name) <= VERTICAL,
        listed=listed,
        work=work,
        years=statistics.chart_of_years(articles) if kind != "tag" else None,
    )


@dataclass(frozen=True, slots=True)
class Work:
    """How much a contributor has published, when last, with whom, and the newest photos."""

    count: int
    last_on: date | None
    photos: list[tuple[Article, Caption]]
    people: Sequence[Contributor]

    @classmethod
    def of(cls, contributor: Contributor, articles: QuerySet[Article]) -> "Work":
        """Sum up the articles that a contributor signed, and find the photos. Four queries."""
        with_photos = queries.articles_with_photos_of(contributor)[:PHOTOS]
        photos = [(each, caption) for each in with_photos for caption in each.photos_taken]
        people = statistics.signed_together(contributor, articles)
        return cls(**queries.count_and_last_date(articles), photos=photos[:PHOTOS], people=people)
