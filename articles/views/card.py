"""The share cards of articles and issues, served only while readers see what they show."""

import logging
from datetime import date

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from articles import queries
from articles.sharing.cards import Card, stored_card

from . import errors
from .article.withdrawn import withdrawn
from .frame import reader_page
from .issue.front import published_or_404

logger = logging.getLogger(__name__)
# Other sites embed the picture.
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Content-Type": "image/jpeg"}


@reader_page
def article_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the card of a published article, 410 for one that was withdrawn. Six queries."""
    article = queries.published_article(pk)
    if article is None:
        return withdrawn(request, pk)
    return _picture(
        request, Card.of_article(article, queries.masthead_on(article.page.issue.issued_on))
    )


@reader_page
def issue_card(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Serve the card of a published issue. Four queries."""
    issue = published_or_404(key)
    lead = queries.first_headlines([issue]).get(issue.pk)
    return _picture(request, Card.of_issue(issue, lead, queries.masthead_on(issue.issued_on)))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    """Return a card, drawn now where it is missing, or 304. Raises Http404 without a font.

    The name of its file is that of what it shows. Answers 503 where the storage does not.
    """
    try:
        return _stored_picture(request, card)
    except ConnectionError as error:
        logger.error("The share cards are out of reach: %s", error.strerror)
        return errors.pictures_unavailable()


def _stored_picture(request: HttpRequest, card: Card) -> HttpResponse:
    name = stored_card(card)
    if name is None:
        raise Http404
    etag = quote_etag(name.rpartition("/")[2])
    answer = HttpResponse(headers=HEADERS | {"ETag": etag})
    response = get_conditional_response(request, etag, None, answer)
    if response.status_code == 200:
        with default_storage.open(name) as file:
            response.content = file.read()
    return response
