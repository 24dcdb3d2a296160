"""预览链接: how the pages of an unreleased issue are shown to who was given a link to it."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles import previews

# No cache stores it, no search engine lists it, and no other site learns its address.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def preview_view(view):
    """Let a view show an issue to who holds a valid link: view(request, link, …). One query."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, token: str, **arguments) -> HttpResponse:
        link = previews.open_link(token)
        if link is None:
            raise Http404
        if link.issue.is_published():
            return set_private_headers(redirect(link.issue))
        return set_private_headers(view(request, link, **arguments))

    return answer


def set_private_headers(response: HttpResponse) -> HttpResponse:
    """Set the headers that every answer of a preview carries."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
