"""拼版: rank the articles of a page, arrange them in rows, and prepare them for templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.content import article_html, headline_html, text
from articles.models import Article, Caption, Genre

from .grid import row_layout

# Marked as safe, so that templates do not look for what to escape.
H2, H3 = SafeString("h2"), SafeString("h3")
HEADLINE, SHORT = SafeString("hed"), SafeString("hed short")
# The kind of an article in the layout, by its genre; all others are articles.
KINDS = {
    Genre.PHOTO: row_layout.PHOTO,
    Genre.DOCUMENT: row_layout.DOCUMENT,
    Genre.NOTICE: row_layout.DOCUMENT,
}


class ArticleMetrics:
    """What the layout needs of an article; `rank` is the editors' until the page is ranked.

    Its bylines and captions must be loaded (`queries.load_bylines_and_captions`).
    """

    __slots__ = ("article", "bylines", "caption", "has_picture", "kind", "length", "rank")

    def __init__(self, article: Article):
        self.article, self.bylines = article, article.loaded_bylines
        self.caption: Caption | None = next(iter(article.loaded_captions), None)
        self.has_picture = self.caption is not None
        self.kind = KINDS.get(article.genre, row_layout.ARTICLE)
        if self.kind == row_layout.PHOTO and not self.has_picture:
            self.kind = row_layout.ARTICLE
        self.length, self.rank = article.length, article.rank


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as set on a page. What it lacks is an empty string, and not shown."""

    article: Article
    caption: Caption | None
    credit: str
    kind: str
    rank: int
    is_lead: bool
    level: SafeString
    headline_class: SafeString
    headline: SafeString
    kicker: SafeString
    deck: SafeString
    hidden_headline: str
    column: str
    paragraphs: list[SafeString]
    is_opening: bool
    length: SafeString

    @classmethod
    def of(cls, measured: ArticleMetrics, budget: int) -> "ArticleCard":
        """Set an article in about `budget` 字; its column and its caption's photo are loaded."""
        article, caption = measured.article, measured.caption
        is_lead, is_photo = measured.rank == row_layout.LEAD, measured.kind == row_layout.PHOTO
        title = article.headline if is_photo else article.display_title
        is_short = is_lead and headline_html.is_short(title)
        credit = caption and (caption.credit or caption.photo.credit)
        if caption and is_photo and not credit:  # photo news has the bylines
            credit = " ".join(map(str, measured.bylines))
        if caption and caption.photo.generated:
            credit = caption.photo.marked_credit(credit)
        return cls(
            article=article,
            caption=caption if is_lead or is_photo else None,
            credit=credit or "",
            kind=measured.kind,
            rank=measured.rank,
            is_lead=is_lead,
            level=H2 if is_lead else H3,
            headline_class=SHORT if is_short else HEADLINE,
            headline=SafeString(headline_html.display_headline(title)),
            kicker=SafeString(headline_html.secondary_line(article.kicker)),
            deck=SafeString(headline_html.secondary_line(article.deck)),
            hidden_headline=_hidden_headline(article) if is_photo else "",
            column=_label(article, title),
            paragraphs=_paragraphs(measured, budget),
            is_opening=not is_photo or measured.length > budget,
            length=SafeString(gettext("%(count)d characters in all") % {"count": measured.length}),
        )


@dataclass(frozen=True, slots=True)
class BriefCard:
    """An article as a list of headlines shows it, the first of them with its opening."""

    article: Article
    headline: SafeString
    opening: str

    @classmethod
    def of(cls, article: Article, budget: int = 0) -> "BriefCard":
        """Set an article for a list, with an opening of about `budget` 字 if there is any."""
        paragraphs = article_html.text_paragraphs(article.body) if budget else ()
        opening = "".join(text.excerpt(paragraphs, budget))
        title = SafeString(headline_html.list_headline(article.display_title))
        return cls(article, title, opening)


def _label(article: Article, title: str) -> str:
    """Return the column, unless the title already begins with it; photo news always has one."""
    if article.genre == Genre.PHOTO and not article.column_id:
        return gettext("Photo news")
    column = article.column.name if article.column_id else ""
    return "" if column and not article.headline and title else column


def _hidden_headline(article: Article) -> str:
    """Return the heading of photo news, which those who cannot see the picture need."""
    title = article.headline or (article.column.name if article.column_id else "")
    title = title or text.opening(article_html.words(article.body))
    return gettext("Photo news: %(title)s") % {"title": title}


def _paragraphs(measured: ArticleMetrics, budget: int) -> list[SafeString]:
    """Return the words shown as HTML: an opening, after the lead-in where there is one.

    Photo news has no lead-in, and all its words where they fit.
    """
    article, is_photo = measured.article, measured.kind == row_layout.PHOTO
    if is_photo and measured.length <= budget:
        return [SafeString(escape(words)) for words in article_html.paragraphs(article.body)]
    paragraphs = article_html.text_paragraphs(article.body)
    found = [escape(words) for words in text.excerpt(paragraphs, budget)]
    if found and article.dateline and not is_photo:
        lead_in = article.lead_in_of(measured.bylines)
        found[0] = article_html.render_lead_in(article.dateline, lead_in) + found[0]
    return [SafeString(words) for words in found]


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A row of twelve columns with its cells of one or more articles."""

    pattern: str
    cells: tuple[tuple[ArticleCard, ...], ...]

    @classmethod
    def of(cls, row: row_layout.Row, budgets: dict[int, int]) -> "LayoutRow":
        """Set the articles of a row, each with as many words as its rank allows."""
        cells = [
            tuple(ArticleCard.of(each, row_layout.word_budget(each, budgets)) for each in cell)
            for cell in row.cells
        ]
        return cls(row.pattern, tuple(cells))


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The layout of one page: rows from top to bottom, then the briefs; and its lead."""

    rows: tuple[LayoutRow, ...] = ()
    briefs: tuple[BriefCard, ...] = ()
    lead: ArticleCard | None = None

    @classmethod
    def of(cls, articles: Sequence[Article], *, total: int) -> "PageLayout":
        """Lay out the articles of a page, given in print order.

        The fewer articles there are in `total`, the more words each shows. Columns, bylines and
        captions with their photos must be loaded. No query.
        """
        if not articles:
            return cls()
        measured = [ArticleMetrics(article) for article in articles]
        for each, rank in zip(measured, row_layout.ranks(measured), strict=True):
            each.rank = rank
        packed = row_layout.pack(measured)
        budgets = row_layout.budgets(total)
        lead_budget = row_layout.lead_budget(budgets, packed)
        first = LayoutRow.of(packed.rows[0], budgets | {row_layout.LEAD: lead_budget})
        rows = (first, *(LayoutRow.of(row, budgets) for row in packed.rows[1:]))
        briefs = tuple(BriefCard.of(each.article) for each in packed.briefs)
        return cls(rows, briefs, first.cells[0][0])
