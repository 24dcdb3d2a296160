"""Back issues: a month as a large calendar, a year as twelve small ones."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from articles.models import Issue

from .around import contents
from .caching import reader_page
from .calendars import Month
from .frame import Frame, paper

# How many headlines of the latest issue stand beside the calendar.
HEADLINES = 5


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest issue as the archive shows it beside the calendar."""

    issue: Issue
    page_count: int
    article_count: int
    headlines: list[tuple[str, SafeString]]

    @classmethod
    def of(cls, issue: Issue) -> "Latest":
        """Build it. One query."""
        pages, seen = contents(issue)
        return cls(issue, len(pages), len(seen), [row.link for row in seen[:HEADLINES]])


@reader_page
def latest_month(request: HttpRequest) -> HttpResponse:
    """Show the month of the latest issue. Four queries."""
    canonical = reverse("articles:archive")
    its_date = ExpressionWrapper(OuterRef("issued_on"), output_field=DateField())
    last = last_issue(before=TruncMonth(its_date), after=date.max)
    if not last:
        return archive_page(request, "archive", canonical=canonical)
    return month_page(request, last.issued_on.replace(day=1), last, canonical=canonical)


@reader_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show a month of a year in which the paper appeared, also a month without. Four queries."""
    try:
        start = date(year, month, 1)
        last = last_issue(before=start, after=following(start))
    except (ValueError, OverflowError):
        raise Http404 from None
    require(last, year)
    return month_page(request, start, last, canonical=month_url(start))


@reader_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the twelve months of a year in which the paper appeared. Three queries."""
    last = last_issue(before=date.min, after=date.max)
    require(last, year)
    return archive_page(
        request,
        "year",
        canonical=reverse("articles:archive_year", args=[year]),
        year=year,
        years=years(last),
        months=months_of(year),
    )


def month_page(request: HttpRequest, start: date, last: Issue, *, canonical: str) -> HttpResponse:
    """Render the month that starts on a day. Three queries."""
    months = months_of(start.year)
    return archive_page(
        request,
        "archive",
        canonical=canonical,
        year=start.year,
        years=years(last),
        month=months[start.month - 1],
        months=[other for other in months if other.has_issues and other.start != start],
        previous=neighbour(last.before_on),
        next=neighbour(last.after_on),
        latest=Latest.of(last),
    )


def last_issue(*, before, after: date) -> Issue | None:
    """Return the latest published issue, or None. One query.

    It knows the date of the first issue (`first_on`), of the last before a day or expression
    (`before_on`) and of the first from a day on (`after_on`).
    """
    seen = Issue.objects.published().order_by("issued_on").values("issued_on")
    return (
        Issue.objects.published()
        .annotate(
            first_on=Subquery(seen[:1]),
            before_on=Subquery(seen.filter(issued_on__lt=before).reverse()[:1]),
            after_on=Subquery(seen.filter(issued_on__gte=after)[:1]),
        )
        .order_by("-issued_on", "-edition")
        .first()
    )


def years(last: Issue) -> range:
    """Return the years of the paper from the latest back to the first."""
    return range(last.issued_on.year, last.first_on.year - 1, -1)


def require(last: Issue | None, year: int) -> None:
    """Raise Http404 for a year outside those of the paper."""
    if not last or year not in years(last):
        raise Http404


def months_of(year: int) -> list[Month]:
    """Return the twelve months of a year. One query."""
    printed = printed_in(year)
    return [Month.of(date(year, number, 1), printed) for number in range(1, 13)]


def archive_page(request: HttpRequest, name: str, *, canonical: str, **context) -> HttpResponse:
    """Render a page of the archive. One query."""
    context |= {"current_tool": "archive", "canonical": canonical}
    return paper(request, f"paper/{name}.html", Frame.bare(), **context)


def printed_in(year: int) -> dict[date, list[Issue]]:
    """Return the published issues of a year by date, the normal paper first. One query."""
    printed: dict[date, list[Issue]] = {}
    found = Issue.objects.published().filter(issued_on__year=year).order_by("issued_on", "edition")
    for issue in found.only("issued_on", "edition"):
        printed.setdefault(issue.issued_on, []).append(issue)
    return printed


def following(start: date) -> date:
    """Return the first day of the month after."""
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


def month_url(start: date) -> str:
    """Return the address of a month."""
    return reverse("articles:archive_month", args=[start.year, start.month])


def neighbour(day: date | None) -> list[tuple[str, str]]:
    """Return the month of a day as address and name (2024年6月), if there is a day."""
    return [(month_url(day), date_format(day, "YEAR_MONTH_FORMAT"))] if day else []
