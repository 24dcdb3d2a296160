"""One page of an issue, made up like a front page."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from articles.makeup import Makeup, articles_by_page, published_articles
from articles.models import Issue, Page, PreviewLink
from articles.previews import shown_articles

from .caching import reader_page
from .frame import Frame, PageLink, pages_of, paper, published_issue
from .preview_link import previewed


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything one page of an issue shows, ready to be printed."""

    frame: Frame
    link: PageLink
    makeup: Makeup
    responsible: tuple[tuple[str, str], ...]
    description: str
    previous: PageLink | None
    next: PageLink | None

    @classmethod
    def of(cls, issue: Issue, label: str, select=published_articles) -> "OnePage | None":
        """Compose a page of an issue; None where it has no such page.

        `select` tells which articles it shows. Five queries whatever it holds: pages,
        masthead, articles, bylines, captions.
        """
        pages = pages_of(issue)
        labels = [page.label for page in pages]
        if label not in labels:
            return None
        at = labels.index(label)
        page, frame = pages[at], Frame.of(issue, pages)
        articles = articles_by_page(issue, [page], select)[page.pk]
        return cls(
            frame=frame,
            link=frame.pages[at],
            makeup=Makeup.of(articles, total=len(articles)),
            responsible=tuple(responsible(page)),
            description="；".join(article.display_title for article in articles[:3]),
            previous=frame.pages[at - 1] if at else None,
            next=frame.pages[at + 1] if at + 1 < len(pages) else None,
        )


def responsible(page: Page) -> list[tuple[str, str]]:
    """Return the people responsible for a page with what they did; who is not given is left out."""
    fields = [page._meta.get_field(name) for name in ("editor", "designer", "proofreader")]
    people = [(str(field.verbose_name), field.value_from_object(page)) for field in fields]
    return [(duty, name) for duty, name in people if name]


@reader_page
def page(request: HttpRequest, key: tuple[date, int], label: str) -> HttpResponse:
    """Show one page of the issue of a date and edition."""
    return _set(request, OnePage.of(published_issue(key), label))


@previewed
def in_preview(request: HttpRequest, link: PreviewLink, label: str) -> HttpResponse:
    """Show one page of an unreleased issue as it stands."""
    return _set(request, OnePage.of(link.issue, label, shown_articles), preview=link)


def _set(request: HttpRequest, found: OnePage | None, **context) -> HttpResponse:
    if found is None:
        raise Http404
    return paper(
        request,
        "paper/page.html",
        found.frame,
        canonical=found.link.url,
        current_page=found.link.label,
        page=found,
        **context,
    )
