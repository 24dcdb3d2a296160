"""繁體: the same pages under /hant/, converted as they are answered; storage stays as printed."""

from copy import copy
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from articles.traditional.conversion import converter_for
from articles.traditional.names import protected_names
from articles.traditional.page_html import PREFIX, address, convert_page, plain_words

from .errors import not_found
from .freshness import kept_with_names


def traditional(view):
    """Answer what a reader's view answers, in traditional characters. Five queries more.

    The view is given the request with the address of the page in simplified ones, and with
    `is_traditional`, which `render_page` reads.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        inner = copy(request)
        inner.is_traditional = True
        inner.path = inner.path_info = request.path.removeprefix(PREFIX)
        try:
            response = view(inner, *args, **kwargs)
        except Http404 as missing:
            response = not_found(inner, missing)
        return kept_with_names(_converted(response))

    return answer


def _converted(response: HttpResponse) -> HttpResponse:
    """Convert a page, or lead a redirect to such a page; return the response."""
    if "Location" in response.headers:
        response.headers["Location"] = address(response.headers["Location"])
    elif response.headers["Content-Type"].startswith("text/html"):
        html = response.content.decode()
        words = plain_words(html)
        response.content = convert_page(html, converter_for(words, *protected_names(words)))
    return response
