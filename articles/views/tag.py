"""A tag: the published articles under one word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from articles.models import Article

from .caching import reader_page
from .frame import Frame, paper
from .gathered import Gathered, is_vertical


@reader_page
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a tag that a published article carries. Three queries."""
    found = get_object_or_404(Tag, pk=pk)
    gathered = Gathered.of(Article.objects.published().filter(taggings__tag=found), request)
    if not gathered.hits:
        raise Http404
    return paper(
        request,
        "paper/tag.html",
        Frame.bare(),
        canonical=reverse("articles:tag", args=[found.pk]) + gathered.query,
        tag=found,
        is_vertical=is_vertical(found.name),
        gathered=gathered,
    )
