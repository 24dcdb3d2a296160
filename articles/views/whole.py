"""版面: the whole issue, every page with all its headlines."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles import packing, typeset
from articles.makeup import articles_by_page, published_articles
from articles.models import Article, Caption, Issue, PreviewLink
from articles.previews import shown_articles
from articles.set_article import kind_of, listed

from .caching import reader_page
from .frame import Frame, PageLink, pages_of, paper, published_issue
from .preview_link import previewed


@dataclass(frozen=True, slots=True)
class TitleStack:
    """An article by its title stack, its kind where that is not plain text, and its length."""

    url: str
    column: str
    kicker: SafeString
    headline: SafeString
    deck: SafeString
    kind: str
    length: str

    @classmethod
    def of(cls, article: Article, kinds: dict[str, str]) -> "TitleStack":
        """Set an article by its titles; `kinds` has the words for kinds that are named."""
        return cls(
            url=article.get_absolute_url(),
            column=article.column.name if article.column_id and article.headline else "",
            kicker=listed(typeset.undashed(article.kicker)),
            headline=listed(article.display_title),
            deck=listed(typeset.undashed(article.deck)),
            kind=kinds.get(kind_of(article), ""),
            length=gettext("%(count)d characters") % {"count": article.length},
        )


@dataclass(frozen=True, slots=True)
class WholeIssue:
    """Every page of an issue with all its headlines, and how much there is in all."""

    frame: Frame
    pages: tuple[tuple[PageLink, tuple[TitleStack, ...]], ...]
    counts: tuple[str, ...]

    @classmethod
    def of(cls, issue: Issue, select=published_articles) -> "WholeIssue":
        """Compose the whole issue; `select` tells which articles it shows.

        Four queries: pages, masthead, articles, pictures.
        """
        pages = pages_of(issue)
        frame = Frame.of(issue, pages)
        articles = articles_by_page(issue, pages, select)
        kinds = {packing.PHOTO: gettext("Picture"), packing.DOCUMENT: gettext("Document")}
        stacks = [
            tuple(TitleStack.of(article, kinds) for article in articles[page.pk]) for page in pages
        ]
        return cls(
            frame=frame,
            pages=tuple(zip(frame.pages, stacks, strict=True)),
            counts=counts(len(pages), [each.pk for held in articles.values() for each in held]),
        )


def counts(pages: int, articles: list[int]) -> tuple[str, ...]:
    """Return how many pages, articles (by id) and pictures there are, in words. One query."""
    pictures = Caption.objects.filter(article__in=articles).count()
    lines = [
        gettext("%(count)d pages") % {"count": pages},
        gettext("%(count)d articles") % {"count": len(articles)},
    ]
    return (*lines, gettext("%(count)d pictures") % {"count": pictures}) if pictures else (*lines,)


@reader_page
def whole_issue(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Show all pages of the issue of a date and edition."""
    return _set(request, WholeIssue.of(published_issue(key)))


@previewed
def in_preview(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """Show all pages of an unreleased issue as it stands."""
    return _set(request, WholeIssue.of(link.issue, shown_articles), preview=link)


def _set(request: HttpRequest, whole: WholeIssue, **context) -> HttpResponse:
    return paper(
        request,
        "paper/whole.html",
        whole.frame,
        canonical=whole.frame.whole_url,
        current_tool="whole",
        whole=whole,
        **context,
    )
