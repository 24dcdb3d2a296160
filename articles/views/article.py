"""One article, as readers see it."""

from django.http import HttpRequest, HttpResponse

from .article_page import ArticlePage, show
from .caching import reader_page
from .linked_data import news_article
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
