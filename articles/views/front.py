"""The front page of an issue: its first page made up, and what the other pages hold."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from articles.makeup import Makeup, all_articles, articles_by_page, published_articles
from articles.models import Article, Issue, Page, PreviewLink
from articles.prepared import Prepared
from articles.previews import shown_articles
from articles.set_article import ListedArticle

from .caching import reader_page
from .frame import Frame, pages_of, paper, published_issue
from .preview_link import previewed

OPENING = 50
WITH_NEIGHBOURS = Prepared(
    lambda at, issued_on, edition: (
        Issue.objects.published(at).filter(issued_on=issued_on, edition=edition).with_neighbours(at)
    ),
    at=datetime,
    issued_on=date,
    edition=int,
)
LATEST = Prepared(
    lambda at: (
        Issue.objects.published(at).with_neighbours(at).order_by("-issued_on", "-edition")[:1]
    ),
    at=datetime,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of the other pages: the opening of its first article, and its headlines."""

    label: str
    name: str
    url: str
    articles: tuple[ListedArticle, ...]

    @classmethod
    def of(cls, page: Page, start: str, articles: list[Article]) -> "Leaf":
        """Set a page of the issue whose address is `start` for the strip of pages."""
        first = [ListedArticle.of(article, OPENING) for article in articles[:1]]
        others = [ListedArticle.of(article) for article in articles[1:]]
        return cls(page.label, page.name, f"{start}{page.label}/", (*first, *others))


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A neighbouring issue."""

    url: str
    title: str

    @classmethod
    def beside(cls, issue: Issue, side: str) -> "IssueLink | None":
        """Return a link to the "previous" or "next" issue, None where none is known."""
        issued_on = getattr(issue, f"{side}_on", None)
        if issued_on is None:
            return None
        issue = Issue(issued_on=issued_on, edition=getattr(issue, f"{side}_edition"))
        return cls(issue.get_absolute_url(), f"{issue.title} {issue.weekday}")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything the front page of an issue shows, ready to be printed."""

    frame: Frame
    makeup: Makeup
    leaves: tuple[Leaf, ...]
    description: str
    previous: IssueLink | None
    next: IssueLink | None

    @classmethod
    def of(cls, issue: Issue, select=published_articles) -> "FrontPage":
        """Compose the front page of an issue.

        `select` tells which articles it shows; the issues before and after are linked where
        it comes fresh from `with_neighbours`. Five queries whatever it holds: pages,
        masthead, articles, bylines, captions.
        """
        pages = pages_of(issue)
        frame = Frame.of(issue, pages)
        articles = articles_by_page(issue, pages, select)
        first = articles[pages[0].pk] if pages else []
        start = frame.issue_url
        return cls(
            frame=frame,
            makeup=Makeup.of(first, total=sum(map(len, articles.values()))),
            leaves=tuple(Leaf.of(page, start, articles[page.pk]) for page in pages[1:]),
            description="；".join(article.display_title for article in first[:3]),
            previous=IssueLink.beside(issue, "previous"),
            next=IssueLink.beside(issue, "next"),
        )


@reader_page
def latest(request: HttpRequest) -> HttpResponse:
    """Show the front page of the latest issue, or say that there is none yet."""
    found = LATEST(at=timezone.now())
    if not found:
        return paper(request, "paper/no_issue.html", Frame.bare(), canonical=request.path)
    return show(request, found[0], canonical=request.path)


@reader_page
def issue(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Show the front page of the issue of a date and edition."""
    found = published_issue(key, WITH_NEIGHBOURS)
    return show(request, found, canonical=found.get_absolute_url())


def show(request: HttpRequest, issue: Issue, *, canonical: str) -> HttpResponse:
    """Show the front page of a published issue."""
    return _set(request, FrontPage.of(issue), canonical=canonical)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member of the desk the front page of any issue, with its drafts, unkept.

    The desk's address leads here (newsroom/urls.py), behind its login.
    """
    if not request.user.has_perm("articles.view_issue"):
        raise PermissionDenied
    found = get_object_or_404(Issue.objects.with_neighbours(), pk=pk)
    front = FrontPage.of(found, all_articles)
    response = _set(request, front, canonical=found.get_absolute_url())
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


@previewed
def in_preview(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """Show the front page of an unreleased issue as it stands. Six queries."""
    front = FrontPage.of(link.issue, shown_articles)
    return _set(request, front, canonical=front.frame.issue_url, preview=link)


def _set(request: HttpRequest, front: FrontPage, *, canonical: str, **context) -> HttpResponse:
    return paper(
        request,
        "paper/front.html",
        front.frame,
        canonical=canonical,
        current_page=front.frame.front_label,
        front=front,
        **context,
    )
