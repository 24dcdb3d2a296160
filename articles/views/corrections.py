"""更正与撤稿: the list of corrections, and when articles were withdrawn."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import queries
from articles.models import Correction

from .article_lists import PaginatedList
from .frame import Frame, reader_page, render_page

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


@reader_page
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of published articles, the newest first, and withdrawals by date.

    A withdrawal is listed without a word of the article, or its address. Three queries.
    """
    listed = PaginatedList.of(queries.published_corrections(), CorrectionItem.of, request)
    return render_page(
        request,
        "paper/corrections.html",
        Frame.bare(),
        canonical=reverse("articles:corrections") + listed.query,
        listed=listed,
        withdrawals=queries.withdrawn_articles()[:WITHDRAWALS] if listed.number == 1 else [],
    )
