"""Pages for what is not there, not allowed or not working."""

import re
from calendar import monthrange
from datetime import date

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from articles import queries
from articles.models import Issue, Masthead

from .frame import Frame, render_page

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
TEMPLATE = "paper/error.html"
DATED = re.compile(r"/([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")


def not_found(request: HttpRequest, exception) -> HttpResponse:
    """Answer 404, the same for what never was and for what is not out yet.

    A date in the address is offered the issues around it. Three queries at most; without a
    database the page is plainer.
    """
    try:
        frame, nearest = Frame.bare(), nearest_issues(request.path)
    except DatabaseFault:
        frame, nearest = Frame(Masthead(), gettext("The paper")), []
    found = render_page(
        request, "paper/not_found.html", frame, canonical="", status=404, nearest=nearest
    )
    return set_no_store(found)


def forbidden(request: HttpRequest, exception) -> HttpResponse:
    """Answer 403. No query."""
    return plain(403, gettext("Not allowed"), gettext("You may not see this page."))


def bad_request(request: HttpRequest, exception, *, template=TEMPLATE) -> HttpResponse:
    """Answer 400, or 413 where a form is too large. No query; nothing of the request is read."""
    if isinstance(exception, TOO_MUCH):
        return plain(
            413,
            gettext("Too much at once"),
            gettext(
                "The form is larger than the desk takes: 40 MB and 20,000 fields. Nothing was "
                "stored. Go back in the browser, where your text still is, and send it in parts."
            ),
            template,
        )
    words = gettext("This request cannot be answered.")
    return plain(400, gettext("Not understood"), words, template)


def server_error(request: HttpRequest, *, template=TEMPLATE) -> HttpResponse:
    """Answer 500. No query, and nothing of the request is read."""
    return plain(
        500,
        gettext("Out of order"),
        gettext("Something went wrong on our side. Please try again in a while."),
        template,
    )


def pictures_unavailable() -> HttpResponse:
    """Answer 503 for a picture whose storage does not answer. No query."""
    words = gettext("The pictures are out of reach for the moment. Please try again in a while.")
    response = plain(503, gettext("Out of reach"), words)
    response.headers["Retry-After"] = "10"
    return response


def plain(status: int, title: str, words: str, template=TEMPLATE) -> HttpResponse:
    """Render an error that may not lean on anything, not even on the style sheet's name."""
    try:
        page = render_to_string(template, {"title": title, "words": words})
    except Exception:  # whatever broke the page may have broken this one too
        return set_no_store(
            HttpResponse(f"{title}\n{words}\n", "text/plain; charset=utf-8", status)
        )
    return set_no_store(HttpResponse(page, status=status))


def set_no_store(response: HttpResponse) -> HttpResponse:
    """Forbid caching a response; return it."""
    response.headers["Cache-Control"] = "no-store"
    return response


def nearest_issues(path: str) -> list[Issue]:
    """Return the published issues around the date that an address begins with.

    The last one up to that day and the first one after; none where there is no date. Two
    queries where there is.
    """
    found = DATED.match(path)
    if not found:
        return []
    return queries.nearest_issues(nearest_day(*map(int, found.groups())))


def nearest_day(year: int, month: int, day: int) -> date:
    """Return a day, or the nearest that exists: 2024-02-29 for 2024-02-31."""
    year, month = max(1, year), min(max(1, month), 12)
    return date(year, month, min(max(1, day), monthrange(year, month)[1]))
