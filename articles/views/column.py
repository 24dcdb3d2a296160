"""Columns: what each has published, and all of them."""

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.models import Article, Column

from .caching import reader_page
from .frame import Frame, paper
from .gathered import Gathered, is_vertical


@reader_page
def columns(request: HttpRequest) -> HttpResponse:
    """Show the columns that have published anything, the current ones first. Two queries."""
    return paper(
        request,
        "paper/columns.html",
        Frame.bare(),
        canonical=reverse("articles:columns"),
        columns=(
            Article.objects.published()
            .filter(column__isnull=False)
            .values("column", "column__name", "column__description", "column__is_current")
            .annotate(count=Count("pk"), last_on=Max("page__issue__issued_on"))
            .order_by("-column__is_current", "-last_on", "column__name")
        ),
    )


@reader_page
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a column that has published anything. Three queries."""
    found = get_object_or_404(Column, pk=pk)
    gathered = Gathered.of(Article.objects.published().filter(column=found), request)
    if not gathered.hits:
        raise Http404
    return paper(
        request,
        "paper/column.html",
        Frame.bare(),
        canonical=found.get_absolute_url() + gathered.query,
        column=found,
        is_vertical=is_vertical(found.name),
        gathered=gathered,
    )
