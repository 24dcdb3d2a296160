"""Pages for what is not there, not allowed or not working."""

import re
from calendar import monthrange
from datetime import date

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from articles.models import Issue

from .frame import Frame, paper

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATED = re.compile(r"/([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")


def not_found(request: HttpRequest, exception) -> HttpResponse:
    """Answer 404, the same for what never was and for what is not out yet.

    A date in the address is offered the issues around it. Three queries at most; without a
    database the page is plainer.
    """
    try:
        frame, nearest = Frame.bare(), nearest_issues(request.path)
    except DatabaseFault:
        frame, nearest = Frame(name=gettext("The paper")), []
    found = paper(request, "paper/not_found.html", frame, canonical="", status=404, nearest=nearest)
    return unkept(found)


def forbidden(request: HttpRequest, exception) -> HttpResponse:
    """Answer 403. No query."""
    return plain(403, gettext("Not allowed"), gettext("You may not see this page."))


def bad_request(request: HttpRequest, exception) -> HttpResponse:
    """Answer 400, or 413 where a form is too large. No query; nothing of the request is read."""
    if isinstance(exception, TOO_MUCH):
        return plain(
            413,
            gettext("Too much at once"),
            gettext(
                "The form is larger than the desk takes: 40 MB and 20,000 fields. Nothing was "
                "stored. Go back in the browser, where your text still is, and send it in parts."
            ),
        )
    return plain(400, gettext("Not understood"), gettext("This request cannot be answered."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500. No query, and nothing of the request is read."""
    return plain(
        500,
        gettext("Out of order"),
        gettext("Something went wrong on our side. Please try again in a while."),
    )


def plain(status: int, title: str, words: str) -> HttpResponse:
    """Render an error that may not lean on anything, not even on the style sheet's name."""
    try:
        page = render_to_string("paper/error.html", {"title": title, "words": words})
    except Exception:  # whatever broke the page may have broken this one too
        return unkept(HttpResponse(f"{title}\n{words}\n", "text/plain; charset=utf-8", status))
    return unkept(HttpResponse(page, status=status))


def unkept(response: HttpResponse) -> HttpResponse:
    """Let nobody keep an error."""
    response.headers["Cache-Control"] = "no-store"
    return response


def nearest_issues(path: str) -> list[Issue]:
    """Return the published issues around the date that an address begins with.

    The last one up to that day and the first one after; none where there is no date. Two
    queries where there is.
    """
    asked = DATED.match(path)
    if not asked:
        return []
    day = nearest_day(*map(int, asked.groups()))
    seen = Issue.objects.published()
    before = seen.filter(issued_on__lte=day).order_by("-issued_on", "edition").first()
    after = seen.filter(issued_on__gt=day).order_by("issued_on", "edition").first()
    return [issue for issue in (before, after) if issue]


def nearest_day(year: int, month: int, day: int) -> date:
    """Return a day, or the nearest real one: 2024-02-31 is taken for 2024-02-29."""
    year, month = max(1, year), min(max(1, month), 12)
    return date(year, month, min(max(1, day), monthrange(year, month)[1]))
