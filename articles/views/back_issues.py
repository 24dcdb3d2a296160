"""Back issues: a month as a large calendar, a year as twelve small ones."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format

from articles import queries
from articles.models import Article, Issue

from .calendar import Month
from .frame import Frame, reader_page, render_page

# How many headlines of the latest issue are shown beside the calendar.
HEADLINES = 5


@dataclass(frozen=True, slots=True)
class LatestIssue:
    """The latest issue as the archive shows it beside the calendar."""

    issue: Issue
    page_count: int
    article_count: int
    articles: list[Article]

    @classmethod
    def of(cls, issue: Issue) -> "LatestIssue":
        """Build it. Two queries."""
        articles = queries.articles_in_print_order(queries.published_in(issue))
        return cls(issue, issue.pages.count(), len(articles), articles[:HEADLINES])


@reader_page
def latest_month(request: HttpRequest) -> HttpResponse:
    """Show the month of the latest issue. Five queries."""
    canonical = reverse("articles:archive")
    last = queries.latest_issue_with_dates()
    if not last:
        return archive_page(request, "archive", canonical=canonical)
    return month_page(request, last.issued_on.replace(day=1), last, canonical=canonical)


@reader_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show a month of a year in which the paper appeared, also a month without. Five queries."""
    try:
        start = date(year, month, 1)
        last = queries.latest_issue_with_dates(start, following(start))
    except (ValueError, OverflowError):
        raise Http404 from None
    require_year(last, year)
    return month_page(request, start, last, canonical=month_url(start))


@reader_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the twelve months of a year in which the paper appeared. Three queries."""
    last = queries.latest_issue_with_dates(date.min)
    require_year(last, year)
    return archive_page(
        request,
        "year",
        canonical=reverse("articles:archive_year", args=[year]),
        year=year,
        years=years(last),
        months=months_of(year),
    )


def month_page(request: HttpRequest, start: date, last: Issue, *, canonical: str) -> HttpResponse:
    """Render the month that starts on a day. Four queries."""
    months = months_of(start.year)
    return archive_page(
        request,
        "archive",
        canonical=canonical,
        year=start.year,
        years=years(last),
        month=months[start.month - 1],
        months=[other for other in months if other.has_issues and other.start != start],
        previous=month_link(last.before_on),
        next=month_link(last.after_on),
        latest=LatestIssue.of(last),
    )


def years(last: Issue) -> range:
    """Return the years of the paper from the latest back to the first."""
    return range(last.issued_on.year, last.first_on.year - 1, -1)


def require_year(last: Issue | None, year: int) -> None:
    """Raise Http404 for a year outside those of the paper."""
    if not last or year not in years(last):
        raise Http404


def months_of(year: int) -> list[Month]:
    """Return the twelve months of a year. One query."""
    issues = issues_by_date(year)
    return [Month.of(date(year, number, 1), issues) for number in range(1, 13)]


def archive_page(request: HttpRequest, name: str, *, canonical: str, **context) -> HttpResponse:
    """Render a page of the archive. One query."""
    context |= {"current_tool": "archive", "canonical": canonical}
    return render_page(request, f"paper/{name}.html", Frame.bare(), **context)


def issues_by_date(year: int) -> dict[date, list[Issue]]:
    """Return the published issues of a year by date, the normal paper first. One query."""
    issues: dict[date, list[Issue]] = {}
    for issue in queries.issues_of_year(year):
        issues.setdefault(issue.issued_on, []).append(issue)
    return issues


def following(start: date) -> date:
    """Return the first day of the month after."""
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


def month_url(start: date) -> str:
    """Return the address of a month."""
    return reverse("articles:archive_month", args=[start.year, start.month])


def month_link(day: date | None) -> list[tuple[str, str]]:
    """Return the month of a day as address and name (2024年6月), if there is a day."""
    return [(month_url(day), date_format(day, "YEAR_MONTH_FORMAT"))] if day else []
