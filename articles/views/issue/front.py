"""The front page of an issue: the layout of its first page, and teasers of the others."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from articles import publication, queries
from articles.layout.article_card import BriefCard
from articles.layout.page_layout import PageLayout
from articles.models import Article, Genre, Issue, Page, PreviewLink
from articles.views import old_address
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue
from articles.views.preview_link import preview_view

# Headlines of each other page, in an issue of so many pages; None is any number.
HEADS = ((8, 5), (None, 3))


@dataclass(frozen=True, slots=True)
class PageTeaser:
    """One of the other pages: its first headlines, and in words how many more there are."""

    page: Page
    articles: list[BriefCard]
    rest: str

    @classmethod
    def of(cls, page: Page, articles: list[Article], heads: int) -> "PageTeaser":
        """Compose the teaser of a page from its articles, advertisements left out. No query."""
        told = [each for each in articles if each.genre != Genre.ADVERTISEMENT]
        count = len(told) - heads
        rest = gettext("%(count)d more") % {"count": count} if count > 0 else ""
        return cls(page, [BriefCard.of(each) for each in told[:heads]], rest)


def teasers(pages: list[Page], by_page: dict[int, list[Article]]) -> list[PageTeaser]:
    """Return the teasers of pages, in order; those without anything to tell are left out."""
    heads = next(heads for up_to, heads in HEADS if up_to is None or len(pages) < up_to)
    return [
        PageTeaser.of(page, by_page[page.pk], heads)
        for page in pages
        if is_listed(by_page.get(page.pk, []))
    ]


def is_listed(articles: list[Article]) -> bool:
    """Tell whether a page is listed: it has more than advertisements."""
    return any(article.genre != Genre.ADVERTISEMENT for article in articles)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything the front page of an issue shows."""

    frame: Frame
    lunar_date: str
    ear: list[str]
    layout: PageLayout
    teasers: list[PageTeaser]
    description: str
    previous: Issue | None
    next: Issue | None

    @classmethod
    def of(
        cls,
        issue: Issue,
        articles: QuerySet[Article],
        neighbours: tuple[Issue | None, Issue | None] = (None, None),
    ) -> "FrontPage":
        """Compose the front page of an issue from some of its articles.

        `neighbours` are the issues before and after that it links. Five queries whatever it
        holds: pages, masthead, articles, bylines, captions.
        """
        pages = queries.pages_of(issue)
        by_page = queries.articles_by_page(articles)
        first = by_page.get(pages[0].pk, []) if pages else []
        queries.load_bylines_and_captions(first)
        frame = Frame.of(issue, pages)
        return cls(
            frame=frame,
            lunar_date=gettext("lunar %(date)s") % {"date": issue.lunar_date},
            ear=right_ear(frame),
            layout=PageLayout.of(first),
            teasers=teasers(pages[1:], by_page),
            description="；".join(article.display_title for article in first[:3]),
            previous=neighbours[0],
            next=neighbours[1],
        )


def right_ear(frame: Frame) -> list[str]:
    """Return the lines right of the nameplate; what nobody has given is left out."""
    masthead, page_count = frame.masthead, len(frame.pages)
    lines = [gettext("%(count)d pages today") % {"count": page_count}] if page_count else []
    if frame.issue.serial:
        lines.append(gettext("No. %(serial)d") % {"serial": frame.issue.serial})
    if masthead.cn_number:
        lines.append(gettext("CN number %(number)s") % {"number": masthead.cn_number})
    if masthead.postal_code:
        lines.append(gettext("Postal code %(code)s") % {"code": masthead.postal_code})
    return lines


@reader_page
def latest(request: HttpRequest) -> HttpResponse:
    """Show the front page of the latest paper, or say that there is none yet.

    Extras of its day and after are announced above it. One query more where there are any, and
    one or two for an address with parameters, which may be one of an earlier site.
    """
    if moved := old_address.front_page_answer(request):
        return moved
    found, extras = queries.latest_paper()
    if found is None:
        return render_page(request, "paper/no_issue.html", Frame.bare(), canonical=request.path)
    leads = queries.first_headlines(extras)
    announced = [(extra, leads.get(extra.pk)) for extra in extras]
    return show(request, published_front(found), canonical=request.path, extras=announced)


@reader_page
def issue(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Show the front page of the issue of a date and edition."""
    now = timezone.now()
    found = published_or_404(key)
    front = published_front(found)
    shown = show(request, front, canonical=found.get_absolute_url())
    until = partial(publication.next_release_between, front.previous, front.next, now)
    return kept_with_issue(shown, found, until=until)


def published_or_404(key: tuple[date, int]) -> Issue:
    """Return the published issue of a date and edition, or raise Http404. One query."""
    issued_on, edition = key
    return get_object_or_404(Issue.objects.published(), issued_on=issued_on, edition=edition)


def published_front(issue: Issue) -> FrontPage:
    """Compose the front page of an issue as readers see it. Seven queries."""
    neighbours = queries.published_neighbours(issue)
    return FrontPage.of(issue, queries.published_in(issue), neighbours)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member of the desk the front page of any issue, with its drafts; never cached.

    The desk's address leads here (newsroom/urls.py), behind its login.
    """
    if not request.user.has_perm("articles.view_issue"):
        raise PermissionDenied
    found = get_object_or_404(Issue, pk=pk)
    front = FrontPage.of(found, queries.all_in(found), queries.published_neighbours(found))
    response = show(request, front, canonical=found.get_absolute_url())
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


@preview_view
def in_preview(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """Show the front page of an unreleased issue as it stands. Six queries."""
    front = FrontPage.of(link.issue, queries.previewed_in(link.issue))
    return show(request, front, canonical=link.issue.get_absolute_url(), preview=link)


def show(request: HttpRequest, front: FrontPage, *, canonical: str, **context) -> HttpResponse:
    """Render the front page of an issue. No query."""
    pages = front.frame.pages
    return render_page(
        request,
        "paper/front.html",
        front.frame,
        canonical=canonical,
        permanent=front.frame.issue.get_absolute_url(),
        current_page=pages[0].label if pages else "",
        front=front,
        **context,
    )
