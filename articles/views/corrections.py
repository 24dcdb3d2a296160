"""更正与撤稿: the list of corrections, and when articles were withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import queries
from articles.models import Correction

from .frame import Frame, reader_page, render_page
from .list_parts import LIST_LENGTH

# How many withdrawals are listed below the first corrections.
WITHDRAWALS = 30


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One correction in the list, with where its article was printed and the month it was made."""

    correction: Correction
    printed: str
    month: str

    @classmethod
    def of(cls, correction: Correction) -> "CorrectionItem":
        """Build it; the article with its page, issue and column must be loaded."""
        page = correction.article.page
        made_at = timezone.localtime(correction.made_at)
        return cls(
            correction=correction,
            printed=f"{page.issue.title} {page.title}",
            month=date_format(made_at, "YEAR_MONTH_FORMAT"),
        )


@dataclass(frozen=True, slots=True)
class PaginatedList:
    """One page of a list, newest first, grouped by month, with links to those before and after."""

    number: int
    items: list
    has_next: bool

    @classmethod
    def of(cls, rows: QuerySet, build: Callable, request: HttpRequest) -> "PaginatedList":
        """Return the part of some rows that `?page=` names, an item built of each row.

        An item is anything that has a `month`. One query. Raises Http404 past the last row.
        """
        number = page_number(request)
        start = (number - 1) * LIST_LENGTH
        found = list(rows[start : start + LIST_LENGTH + 1])
        if number > 1 and not found:
            raise Http404
        return cls(number, [build(row) for row in found[:LIST_LENGTH]], len(found) > LIST_LENGTH)

    @property
    def months(self) -> list[tuple[str, list]]:
        """The items by month, each month with its name."""
        return [(name, list(items)) for name, items in groupby(self.items, lambda item: item.month)]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The addresses of the newer and the older part, as far as there are any."""
        newer = [("prev", f"?page={self.number - 1}" if self.number > 2 else "?")]
        older = [("next", f"?page={self.number + 1}")]
        return (newer if self.number > 1 else []) + (older if self.has_next else [])

    @property
    def query(self) -> str:
        """What its address adds to that of the first part."""
        return f"?page={self.number}" if self.number > 1 else ""


def page_number(request: HttpRequest) -> int:
    """Return the number in `?page=`, 1 without one. Raises Http404 for anything but a number."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6 and int(number)):
        raise Http404
    return int(number)


@reader_page
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of published articles, the newest first, and withdrawals by date.

    A withdrawal is listed without a word of the article, or its address. Four queries.
    """
    listed = PaginatedList.of(queries.published_corrections(), CorrectionItem.of, request)
    return render_page(
        request,
        "paper/corrections.html",
        Frame.bare(),
        canonical=reverse("articles:corrections") + listed.query,
        listed=listed,
        withdrawals=queries.latest_withdrawn_articles(WITHDRAWALS) if listed.number == 1 else [],
    )
