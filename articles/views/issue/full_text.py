"""全文: every article of an issue with all its words, page after page, to print or to read on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from articles import queries
from articles.layout.article_card import label
from articles.layout.article_metrics import KINDS
from articles.layout.grid import ranking
from articles.models import Article, Byline, Caption, Issue, Page
from articles.views.article.article_page import text_pieces
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue

from .front import published_or_404

# A subhead in the text stands two levels below its page and one below its headline.
SUBHEADS = (("<h2>", "<h4>"), ("</h2>", "</h4>"))


@dataclass(frozen=True, slots=True)
class FullArticle:
    """An article with all its words; those of photo news follow its pictures."""

    article: Article
    label: str
    bylines: Sequence[Byline]
    pictures: Sequence[Caption]
    pieces: list[tuple[SafeString, Caption | None]]

    @classmethod
    def of(cls, article: Article) -> "FullArticle":
        """Compose an article whose column, bylines and captions are loaded. No query."""
        bylines, captions = article.loaded_bylines, article.loaded_captions
        is_photo = KINDS.get(article.genre) == ranking.PHOTO
        pieces = text_pieces(article, bylines, () if is_photo else captions)
        return cls(
            article=article,
            label=label(article, article.display_title),
            bylines=bylines,
            pictures=captions if is_photo else (),
            pieces=[(_below_headline(text), caption) for text, caption in pieces],
        )


@dataclass(frozen=True, slots=True)
class FullText:
    """The pages of an issue in order, each with its articles in print order."""

    frame: Frame
    pages: list[tuple[Page, list[FullArticle]]]

    @classmethod
    def of(cls, issue: Issue) -> "FullText":
        """Compose an issue as readers see it. Five queries; pages without articles are left out."""
        pages = queries.pages_of(issue)
        by_page = queries.articles_by_page(queries.published_in(issue))
        queries.load_bylines_and_captions([each for page in by_page.values() for each in page])
        return cls(
            frame=Frame.of(issue, pages),
            pages=[
                (page, [FullArticle.of(each) for each in by_page[page.pk]])
                for page in pages
                if page.pk in by_page
            ],
        )


def _below_headline(text: SafeString) -> SafeString:
    """Return HTML whose subheads are of the level below an article's headline here."""
    for tag, lower in SUBHEADS:
        text = text.replace(tag, lower)
    return SafeString(text)


@reader_page
def full_text(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Show all words of the issue of a date and edition. Six queries."""
    found = FullText.of(published_or_404(key))
    shown = render_page(
        request,
        "paper/full_text.html",
        found.frame,
        canonical=reverse("articles:full_text", args=[found.frame.issue.url_key]),
        full_text=found,
    )
    return kept_with_issue(shown, found.frame.issue)
