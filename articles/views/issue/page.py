"""One page of an issue, laid out like a front page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from articles import queries
from articles.layout.page_layout import PageLayout
from articles.models import Article, Issue, Page, PreviewLink
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue
from articles.views.preview_link import preview_view

from .front import published_or_404
from .printed_page import PrintedPage


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything one page of an issue shows."""

    frame: Frame
    page: Page
    layout: PageLayout
    responsible: list[tuple[str, str]]
    description: str
    previous: Page | None
    next: Page | None

    @classmethod
    def of(cls, issue: Issue, label: str, articles: QuerySet[Article]) -> "OnePage | None":
        """Compose a page of an issue from some of its articles; None where it has no such page.

        Five queries whatever it holds: pages, masthead, articles, bylines, captions.
        """
        pages = queries.pages_of(issue)
        labels = [page.label for page in pages]
        if label not in labels:
            return None
        at = labels.index(label)
        page = pages[at]
        on_page = queries.articles_by_page(articles.filter(page=page)).get(page.pk, [])
        queries.load_bylines_and_captions(on_page)
        return cls(
            frame=Frame.of(issue, pages),
            page=page,
            layout=PageLayout.of(on_page),
            responsible=responsible(page),
            description="；".join(article.display_title for article in on_page[:3]),
            previous=pages[at - 1] if at else None,
            next=pages[at + 1] if at + 1 < len(pages) else None,
        )


def responsible(page: Page) -> list[tuple[str, str]]:
    """Return the people responsible for a page with what they did; who is not given is left out."""
    fields = [page._meta.get_field(name) for name in ("editor", "designer", "proofreader")]
    people = [(str(field.verbose_name), field.value_from_object(page)) for field in fields]
    return [(task, name) for task, name in people if name]


@reader_page
def page(request: HttpRequest, key: tuple[date, int], label: str) -> HttpResponse:
    """Show one page of the issue of a date and edition.

    Seven queries, eight where it has a picture of the printed page.
    """
    issue = published_or_404(key)
    articles = queries.published_in(issue)
    shown = _render(request, OnePage.of(issue, label, articles), articles)
    return kept_with_issue(shown, issue)


@preview_view
def in_preview(request: HttpRequest, link: PreviewLink, label: str) -> HttpResponse:
    """Show one page of an unreleased issue as it stands. Seven queries, or eight."""
    articles = queries.previewed_in(link.issue)
    return _render(request, OnePage.of(link.issue, label, articles), articles, preview=link)


def _render(
    request: HttpRequest, found: OnePage | None, articles: QuerySet[Article], **context
) -> HttpResponse:
    if found is None:
        raise Http404
    return render_page(
        request,
        "paper/page.html",
        found.frame,
        canonical=found.page.get_absolute_url(),
        current_page=found.page.label,
        one_page=found,
        printed=PrintedPage.of(found.page, articles),
        **context,
    )
