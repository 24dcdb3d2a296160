"""One article, as readers see it."""

from django.http import HttpRequest, HttpResponse

from .article_page import ArticlePage, show
from .caching import reader_page
from .linked_data import news_article
from .published import published_article


@reader_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published article; any other is not found, whatever it waits for. Six queries."""
    story = ArticlePage.of(published_article(pk))
    origin = f"{request.scheme}://{request.get_host()}"
    return show(request, story, linked_data=news_article(story, origin))
