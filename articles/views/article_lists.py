"""Pages that list published articles: those of a column, of a contributor, under a tag."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from articles import queries, statistics
from articles.content import text
from articles.lists.years import years_of
from articles.models import Article, Caption, Column, Contributor, ListKind

from .frame import Frame, reader_page, render_page
from .list_parts import LIST_LENGTH, ArticleList, Subject

# A title of more 字 than this is not set vertically.
VERTICAL = 6
# How many photos of a contributor are shown, and how many articles are searched for them.
PHOTOS = 12


@reader_page
def columns(request: HttpRequest) -> HttpResponse:
    """Show the columns that have published anything, the current ones first. Four queries."""
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
    return article_list(request, Subject(ListKind.COLUMN, found))


@reader_page
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a tag that a published article carries. Three queries."""
    found = get_object_or_404(Tag, pk=pk)
    return article_list(request, Subject(ListKind.TAG, found))


@reader_page
def contributor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a contributor with a published article or photo. Seven queries."""
    found = get_object_or_404(Contributor, pk=pk)
    subject = Subject(ListKind.CONTRIBUTOR, found)
    return article_list(request, subject, work=Work.of(found, subject.articles))


def article_list(request: HttpRequest, subject: Subject, work: "Work | None" = None):
    """Show the articles of a subject, newest first, in the template of its kind. Three queries.

    Two more for an older part. Raises Http404 where it has published nothing, neither articles
    nor photos.
    """
    if "page" in request.GET:
        return HttpResponsePermanentRedirect(address_of_page(subject, request.GET["page"]))
    listed = ArticleList.of(subject, request.GET.get("after", ""))
    if not listed.items and not (work and work.photos):
        raise Http404
    years = {} if subject.kind == ListKind.TAG else years_of(subject.kind, subject.row.pk)
    return render_page(
        request,
        f"paper/{subject.kind}.html",
        Frame.bare(),
        canonical=subject.url + listed.query,
        subject=subject.row,
        is_vertical=text.count(subject.row.name) <= VERTICAL,
        listed=listed,
        work=work,
        article_count=sum(counted.articles for counted in years.values()),
        last_on=max((counted.last_on for counted in years.values()), default=None),
        years=statistics.chart_of_years({year: found.articles for year, found in years.items()}),
    )


def address_of_page(subject: Subject, number: str) -> str:
    """Return where a part is that an address of former times numbers. One query.

    Raises Http404 for anything but the number of a part that there is.
    """
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6 and int(number)):
        raise Http404
    before = (int(number) - 1) * LIST_LENGTH
    found = list(subject.articles.values_list("pk", flat=True)[max(before - 1, 0) : before + 1])
    if not found or (before and len(found) == 1):
        raise Http404
    return f"{subject.url}?after={found[0]}" if before else subject.url


@dataclass(frozen=True, slots=True)
class Work:
    """With whom a contributor has signed, and the newest photos."""

    photos: list[tuple[Article, Caption]]
    people: Sequence[Contributor]

    @classmethod
    def of(cls, contributor: Contributor, articles: QuerySet[Article]) -> "Work":
        """Find them. Three queries."""
        with_photos = queries.articles_with_photos_of(contributor)[:PHOTOS]
        photos = [(each, caption) for each in with_photos for caption in each.photos_taken]
        return cls(photos[:PHOTOS], statistics.signed_together(contributor, articles))
