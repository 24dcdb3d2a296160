"""What surrounds every reader's page: the masthead of its day, the page bar, the footer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Issue, Masthead, Page
from articles.models.addresses import address
from articles.models.masthead import valid_on
from articles.prepared import Prepared

PUBLISHED = Prepared(
    lambda at, issued_on, edition: Issue.objects.published(at).filter(
        issued_on=issued_on, edition=edition
    ),
    at=datetime,
    issued_on=date,
    edition=int,
)
MASTHEADS = Prepared(Masthead.objects.all)
PAGES = Prepared(lambda issue: Page.objects.filter(issue=issue).in_order(), issue=int)


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page in the page bar."""

    label: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The masthead valid on a day, the issue's date and pages, and the facts of the footer."""

    name: str
    date: str = ""
    iso_date: str = ""
    weekday: str = ""
    lunar: str = ""
    issue_url: str = ""
    whole_url: str = ""
    front_label: str = ""
    ear: tuple[str, ...] = ()
    pages: tuple[PageLink, ...] = ()
    facts: tuple[str, ...] = ()

    @classmethod
    def of(cls, issue: Issue, pages: Iterable[Page]) -> "Frame":
        """Compose the frame of an issue from its pages in order. One query: the masthead."""
        masthead = valid_on(issue.issued_on, MASTHEADS())
        links = page_links(issue, pages)
        return cls(
            name=masthead.name,
            date=issue.title,
            iso_date=issue.issued_on.isoformat(),
            weekday=issue.weekday,
            lunar=gettext("lunar %(date)s") % {"date": issue.lunar_date},
            issue_url=issue.get_absolute_url(),
            whole_url=address("whole_issue", (issue.issued_on, issue.edition)),
            front_label=links[0].label if links else "",
            ear=right_ear(issue, masthead, len(links)),
            pages=links,
            facts=printed_facts(masthead),
        )

    @classmethod
    def bare(cls) -> "Frame":
        """Compose the frame of a page that belongs to no issue. One query: the masthead."""
        masthead = valid_on(timezone.localdate(), MASTHEADS())
        return cls(name=masthead.name, facts=printed_facts(masthead))


def published_issue(key: tuple[date, int], issues: Prepared = PUBLISHED) -> Issue:
    """Return the published issue of a date and edition, or raise Http404. One query."""
    issued_on, edition = key
    found = issues(at=timezone.now(), issued_on=issued_on, edition=edition)
    if not found:
        raise Http404
    return found[0]


def pages_of(issue: Issue) -> list[Page]:
    """Return the pages of an issue as they are bound. One query."""
    return PAGES(issue=issue.pk)


def page_links(issue: Issue, pages: Iterable[Page]) -> tuple[PageLink, ...]:
    """Return the links of the page bar."""
    start = issue.get_absolute_url()
    return tuple(PageLink(page.label, page.name, f"{start}{page.label}/") for page in pages)


def right_ear(issue: Issue, masthead: Masthead, page_count: int) -> tuple[str, ...]:
    """Return the lines right of the nameplate; what nobody has given is left out."""
    lines = [gettext("%(count)d pages today") % {"count": page_count}] if page_count else []
    if issue.serial:
        lines.append(gettext("No. %(serial)d") % {"serial": issue.serial})
    if masthead.cn_number:
        lines.append(gettext("CN number %(number)s") % {"number": masthead.cn_number})
    if masthead.postal_code:
        lines.append(gettext("Postal code %(code)s") % {"code": masthead.postal_code})
    return tuple(lines)


def printed_facts(masthead: Masthead) -> tuple[str, ...]:
    """Return the footer's facts of the paper; what nobody has given is left out."""
    facts = [
        (gettext("Supervised by"), masthead.supervisor),
        (gettext("Sponsored by"), masthead.sponsor),
        (gettext("Published by"), masthead.publisher),
        (gettext("CN"), masthead.cn_number),
        (gettext("Address"), masthead.address),
        (gettext("News hotline"), masthead.hotline),
        (gettext("Complaints"), masthead.complaints),
        (gettext("Internet news licence"), masthead.licence),
        ("", masthead.icp_number),
        ("", masthead.police_number),
    ]
    return tuple(f"{label} {fact}".strip() for label, fact in facts if fact)


def paper(
    request: HttpRequest, template: str, frame: Frame, *, canonical: str, status=200, **context
) -> HttpResponse:
    """Render a reader's page in its frame; `canonical` is its path.

    No context processor runs, so that no template can reach the session, a user or a cookie.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    context |= {"frame": frame, "origin": origin, "canonical": origin + canonical}
    return HttpResponse(render_to_string(template, context), status=status)
