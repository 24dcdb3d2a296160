"""The page of an article: composed from an article of any status, and shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from taggit.models import Tag

from articles import queries
from articles.content import article_html, copy, display_type, headline_html, text
from articles.content.line_holds import held_body
from articles.layout.article_card import label
from articles.layout.article_metrics import KINDS, ArticleMetrics, Picture, ranked
from articles.layout.grid import page_thumbnail, ranking
from articles.models import Article, Byline, Caption, Column, Correction, Issue, PreviewLink
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue, start_of
from articles.views.preview_link import preview_view

from .age import age_notice, next_change_on
from .citation_files import citation_of
from .structured_data import news_article
from .withdrawn import withdrawn

# 字 of the summary that a shared link shows.
SUMMARY = 110
MARK = ' class="on"'
# Selects articles of an issue: those that readers see, or all in a preview.
Select = Callable[[Issue], QuerySet[Article]]


@reader_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published article; any other is not found, whatever it waits for. Eight queries.

    One that was withdrawn is answered with a notice (410).
    """
    found = queries.published_article(pk)
    if found is None:
        return withdrawn(request, pk)
    issue, today = found.page.issue, timezone.localdate()
    page = ArticlePage.of(found)
    origin = f"{request.scheme}://{request.get_host()}"
    shown = show(
        request,
        page,
        is_public=True,
        structured_data=news_article(page, origin),
        citation=citation_of(found, page.frame.name, origin).line,
    )
    older_at = start_of(next_change_on(issue.issued_on, today))
    return kept_with_issue(shown, issue, until=lambda: older_at)


@preview_view
def in_preview(request: HttpRequest, link: PreviewLink, pk: int) -> HttpResponse:
    """Show an article of an unreleased issue as it stands. Nine queries.

    Redirects to the article where readers see it already.
    """
    articles = queries.with_parts(queries.previewed_in(link.issue))
    found = articles.filter(pk=pk).first()
    if found is None:
        return redirect(get_object_or_404(Article.objects.published(), pk=pk))
    return show(request, ArticlePage.of(found, select=queries.previewed_in), preview=link)


def show(request: HttpRequest, page: "ArticlePage", **context) -> HttpResponse:
    """Render the page of an article. No query."""
    printed_page = page.article.page
    return render_page(
        request,
        "paper/article.html",
        page.frame,
        canonical=page.url,
        current_page=printed_page.label if printed_page else "",
        current_kind="true",
        article_page=page,
        **context,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows that belong to an article, in order: those stored, or those typed into a form."""

    bylines: Sequence[Byline] = ()
    captions: Sequence[Caption] = ()
    tags: Sequence[Tag] = ()
    corrections: Sequence[Correction] = ()

    @classmethod
    def of(cls, article: Article) -> "Parts":
        """Return the parts of a stored article. No query where they are loaded."""
        return cls(
            bylines=article.bylines.all(),
            captions=article.captions.all(),
            tags=[tagging.tag for tagging in article.taggings.all()],
            corrections=article.corrections.all(),
        )


@dataclass(frozen=True, slots=True)
class ArticlePosition:
    """The place of an article in its issue: its number on the page, and the articles around it.

    Articles are given by their id and their headline as HTML; `previous` and `next` have one, or
    none.
    """

    number: int
    total: int
    others: list[tuple[int, SafeString]]
    previous: list[tuple[int, SafeString]]
    next: list[tuple[int, SafeString]]
    thumbnail: SafeString

    @classmethod
    def of(cls, pk: int, articles: list[Article]) -> "ArticlePosition | None":
        """Find an article among those of its issue; None where it is not one of them."""
        order = [row.pk for row in articles]
        if pk not in order:
            return None
        at = order.index(pk)
        on_page = [row for row in articles if row.page_id == articles[at].page_id]
        number = [row.pk for row in on_page].index(pk) + 1
        return cls(
            number=number,
            total=len(on_page),
            others=_headlines([row for row in on_page if row.pk != pk]),
            previous=_headlines(articles[max(0, at - 1) : at]),
            next=_headlines(articles[at + 1 : at + 2]),
            thumbnail=_thumbnail(on_page, number),
        )


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of an article shows; the ribbon is the column of photo news.

    What is missing is left out.
    """

    article: Article
    frame: Frame
    url: str
    title: str
    headline: SafeString
    headline_class: str
    kind: str
    ribbon: Column | None
    label: str
    summary: str
    length: int
    bylines: list[tuple[Byline, bool]]
    captions: Sequence[Caption]
    pieces: list[tuple[SafeString, Caption | None]]
    tags: Sequence[Tag]
    corrections: Sequence[Correction]
    position: ArticlePosition | None
    age: str

    @classmethod
    def of(
        cls,
        article: Article,
        parts: Parts | None = None,
        select: Select | None = queries.published_in,
    ) -> "ArticlePage":
        """Compose the page of an article, also of one on no page.

        `select` tells which articles of its issue appear around it; with None it stands alone.
        Three queries where the article is loaded `with_parts`, or the parts are given: masthead,
        pages, articles. One where it stands alone.
        """
        parts = parts or Parts.of(article)
        frame, position = _surroundings(article, select)
        title, kind = article.display_title, KINDS.get(article.genre, ranking.ARTICLE)
        is_photo = kind == ranking.PHOTO
        return cls(
            article=article,
            frame=frame,
            url=article.get_absolute_url(),
            title=title,
            headline=mark_safe(headline_html.display_headline(title)),  # noqa: S308 (escaped there)
            headline_class=_headline_class(title),
            kind=kind,
            ribbon=article.column if is_photo and parts.captions else None,
            label="" if article.column or is_photo else label(article, title),
            summary="".join(text.excerpt(article_html.paragraphs(article.body), SUMMARY)),
            length=article.length,
            bylines=[(byline, copy.is_credit(byline)) for byline in parts.bylines],
            captions=parts.captions,
            pieces=text_pieces(article, parts.bylines, () if is_photo else parts.captions),
            tags=parts.tags,
            corrections=parts.corrections,
            position=position,
            age=_age(article),
        )


def _headline_class(title: str) -> str:
    short = "short" if headline_html.is_short(title) else ""
    return f"{short} {'song' if display_type.is_covered(title) else ''}".strip()


def _age(article: Article) -> str:
    page = article.page
    return age_notice(page.issue.issued_on, timezone.localdate()) if page else ""


def _headlines(articles: list[Article]) -> list[tuple[int, SafeString]]:
    titles = [(row.pk, row.display_title) for row in articles]
    return [(pk, mark_safe(headline_html.list_headline(title))) for pk, title in titles]  # noqa: S308 (escaped there)


def _thumbnail(articles: list[Article], marked: int) -> SafeString:
    """Return the blocks of a page as SVG, that of one article marked `on`."""
    measured = [ArticleMetrics(row, picture_in(row.first_caption)) for row in articles]
    blocks = [
        f'<rect{MARK if number == marked else ""} x="{block.x}" y="{block.y}"'
        f' width="{block.width}" height="{block.height}"/>'
        for number, block in enumerate(page_thumbnail.blocks(ranked(measured)), 1)
    ]
    return mark_safe("".join(blocks))  # noqa: S308 (numbers only)


def picture_in(caption: dict | None) -> Picture | None:
    """Return the picture that a row's `first_caption` tells of (`articles_in_print_order`)."""
    return Picture(**caption) if caption else None


def _surroundings(article: Article, select: Select | None) -> tuple[Frame, ArticlePosition | None]:
    if not article.page:
        return Frame.bare(), None
    issue = article.page.issue
    if select is None:
        return Frame.of(issue, ()), None
    articles = queries.articles_in_print_order(select(issue))
    position = ArticlePosition.of(article.pk, articles)
    return Frame.of(issue, queries.pages_of(issue)), position


def text_pieces(
    article: Article, bylines: Sequence[Byline], captions: Sequence[Caption]
) -> list[tuple[SafeString, Caption | None]]:
    """Return the text in order, each piece with the picture that follows it, if any."""
    pieces = article_html.render_body(
        article.body,
        lead_in=article_html.render_lead_in(article.dateline, article.lead_in_of(bylines)),
        photos=[str(caption.photo.uid) for caption in captions],
        table_label=gettext("Table"),
    )
    # The body was cleaned when it was stored; the lead-in is escaped where it is made.
    return [
        (mark_safe(held_body(text)), None if number is None else captions[number])  # noqa: S308
        for text, number in pieces
    ]
