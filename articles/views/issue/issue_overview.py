"""版面: the whole issue, every page with all its headlines."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from articles import queries
from articles.facsimiles import shown
from articles.facsimiles.shown import ShownFacsimile
from articles.layout.article_metrics import LABELLED
from articles.models import Article, Issue, Page, PreviewLink
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue
from articles.views.preview_link import preview_view

from .front import is_listed, published_or_404

# Pages that are set together in columns of one height.
BAND = 10


@dataclass(frozen=True, slots=True)
class TitleStack:
    """An article shown by its titles: its kind where that is not plain text, and its length."""

    article: Article
    kind: str
    length: str

    @classmethod
    def of(cls, article: Article) -> "TitleStack":
        """Name the kind of an article and count its words."""
        kind = str(article.get_genre_display()) if article.genre in LABELLED else ""
        kind = gettext("Picture") if article.is_photo else kind
        return cls(
            article=article,
            kind=gettext("Document") if article.is_document else kind,
            length=gettext("%(count)d characters") % {"count": article.length},
        )


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page with all its headlines; `picture` is the width and height of its smallest, if any.

    The picture is that of the printed page, as readers may see it.
    """

    page: Page
    stacks: list[TitleStack]
    picture: list[int] | None


@dataclass(frozen=True, slots=True)
class IssueOverview:
    """Every page of an issue with all its headlines, and how much there is in all.

    Pages with nothing but advertisements are left out, unless there are no others. There is a PDF
    of the issue where everything on its printed pages may be seen.
    """

    frame: Frame
    bands: list[list[Leaf]]
    counts: list[str]
    has_pictures: bool
    has_pdf: bool

    @classmethod
    def of(cls, issue: Issue, articles: QuerySet[Article]) -> "IssueOverview":
        """Compose the whole issue from some of its articles.

        Five queries: pages, masthead, articles, pictures, printed pages; with those one more.
        """
        pages = queries.pages_of(issue)
        by_page = queries.articles_by_page(articles)
        listed = [page for page in pages if is_listed(by_page.get(page.pk, []))] or pages
        printed = shown.facsimiles_of_issue(issue, articles)
        told = [
            Leaf(
                page,
                [TitleStack.of(each) for each in by_page.get(page.pk, [])],
                smallest_picture(printed.get(page.pk)),
            )
            for page in listed
        ]
        return cls(
            frame=Frame.of(issue, pages),
            bands=[told[start : start + BAND] for start in range(0, len(told), BAND)],
            counts=counts(len(pages), [each for on_page in by_page.values() for each in on_page]),
            has_pictures=bool(printed),
            has_pdf=bool(printed) and all(each.is_whole for each in printed.values()),
        )


def smallest_picture(printed: ShownFacsimile | None) -> list[int] | None:
    """Return width and height of the smallest picture of a printed page; None without one."""
    return printed.facsimile.pictures[0] if printed and not printed.is_gone else None


def counts(pages: int, articles: list[Article]) -> list[str]:
    """Return how many pages, articles and pictures there are, in words. One query."""
    pictures = queries.picture_count(articles)
    lines = [
        gettext("%(count)d pages") % {"count": pages},
        gettext("%(count)d articles") % {"count": len(articles)},
    ]
    return [*lines, gettext("%(count)d pictures") % {"count": pictures}] if pictures else lines


@reader_page
def issue_overview(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Show all pages of the issue of a date and edition. Six queries, or seven."""
    issue = published_or_404(key)
    overview = IssueOverview.of(issue, queries.published_in(issue))
    return kept_with_issue(_render(request, overview), issue)


@preview_view
def in_preview(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """Show all pages of an unreleased issue as it stands. Six queries, or seven."""
    overview = IssueOverview.of(link.issue, queries.previewed_in(link.issue))
    return _render(request, overview, preview=link)


def _render(request: HttpRequest, overview: IssueOverview, **context) -> HttpResponse:
    return render_page(
        request,
        "paper/issue_overview.html",
        overview.frame,
        canonical=reverse("articles:issue_overview", args=[overview.frame.issue.url_key]),
        current_tool="issue_overview",
        overview=overview,
        **context,
    )
