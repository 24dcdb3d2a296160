"""One article, as readers see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from articles.models import Article, PreviewLink
from articles.previews import shown_articles

from .around import contents_in_preview
from .article_page import ArticlePage, show, with_its_parts
from .caching import reader_page
from .linked_data import news_article
from .preview_link import previewed
from .published import published_article
from .withdrawn import withdrawn


@reader_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published article; any other is not found, whatever it waits for. Six queries.

    One that was withdrawn is answered with a notice (410).
    """
    found = published_article(pk)
    if found is None:
        return withdrawn(request, pk)
    story = ArticlePage.of(found)
    origin = f"{request.scheme}://{request.get_host()}"
    return show(request, story, linked_data=news_article(story, origin))


@previewed
def in_preview(request: HttpRequest, link: PreviewLink, pk: int) -> HttpResponse:
    """Show an article of an unreleased issue as it stands. Eight queries.

    The address of an article that readers see leads to it.
    """
    found = with_its_parts(shown_articles(link.issue)).filter(pk=pk).first()
    if found is None:
        return redirect(get_object_or_404(Article.objects.published(), pk=pk))
    return show(request, ArticlePage.of(found, contents_in_preview), preview=link)
