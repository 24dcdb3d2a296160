"""拼版: the articles of a page ranked, packed into rows, and set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from articles import packing
from articles.models import Article, Byline, Caption, Column, Issue, Page, Photo

from .prepared import Prepared
from .set_article import ListedArticle, Measured, SetArticle

ARTICLES = Prepared(
    lambda at, issue: (
        Article.objects.published(at)
        .filter(page__issue=issue)
        .order_by("position")
        .only("page", "rank", "genre", "kicker", "headline", "deck", "dateline", "body", "column")
        .annotate(column_name=F("column__name"))
    ),
    at=datetime,
    issue=int,
)
BYLINES = Prepared(
    lambda page: Byline.objects.filter(article__page=page).only("article", "role", "name"),
    page=int,
)
CAPTIONS = Prepared(
    lambda page: (
        Caption.objects.filter(article__page=page)
        .only("article", "words", "credit")
        .annotate(uid=F("photo__uid"), alt=F("photo__alt"), photo_credit=F("photo__credit"))
        .annotate(width=F("photo__width"), height=F("photo__height"))
    ),
    page=int,
)


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of twelve columns with its cells of one or more articles."""

    pattern: str
    cells: tuple[tuple[SetArticle, ...], ...]

    @classmethod
    def of(cls, row: packing.Row, budgets: dict[int, int]) -> "SetRow":
        """Set the articles of a row, each in its room."""
        cells = [
            tuple(SetArticle.of(each, packing.room(each, budgets)) for each in cell)
            for cell in row.cells
        ]
        return cls(row.pattern, tuple(cells))

    @classmethod
    def of_lead(cls, packed: packing.Packing, budgets: dict[int, int]) -> "SetRow":
        """Set the first row, whose lead has room to end where its neighbours end."""
        return cls.of(packed.rows[0], budgets | {packing.LEAD: packing.lead_room(budgets, packed)})


@dataclass(frozen=True, slots=True)
class Makeup:
    """One page made up: rows from top to bottom, then the briefs; its lead for those who ask."""

    rows: tuple[SetRow, ...] = ()
    briefs: tuple[ListedArticle, ...] = ()
    lead: SetArticle | None = None

    @classmethod
    def of(cls, articles: Sequence[Article], *, total: int) -> "Makeup":
        """Make up the articles of a page, given in print order.

        The fewer articles there are in `total`, the more words each shows. Two queries, for
        bylines and captions; columns must be loaded.
        """
        if not articles:
            return cls()
        page = articles[0].page_id
        packed = packing.pack(ranked(articles, bylines_on(page), pictures_on(page)))
        budgets = packing.budgets(total)
        others = [SetRow.of(row, budgets) for row in packed.rows[1:]]
        rows = (SetRow.of_lead(packed, budgets), *others)
        briefs = tuple(ListedArticle.of(each.article) for each in packed.briefs)
        return cls(rows, briefs, rows[0].cells[0][0])


def ranked(articles: Sequence[Article], bylines: dict, captions: dict) -> list[Measured]:
    """Return the articles of a page measured and ranked, exactly one of them the lead."""
    measured = [
        Measured(each, bylines.get(each.pk, ()), captions.get(each.pk)) for each in articles
    ]
    for each, rank in zip(measured, packing.ranks(measured), strict=True):
        each.rank = rank
    return measured


def bylines_on(page: int) -> dict[int, list[Byline]]:
    """Return the bylines on a page in printed order, by article id. One query."""
    found = {}
    for byline in BYLINES(page=page):
        found.setdefault(byline.article_id, []).append(byline)
    return found


def pictures_on(page: int) -> dict[int, Caption]:
    """Return the first caption of each article of a page, its photo loaded. One query."""
    found = {}
    for caption in CAPTIONS(page=page):
        if caption.article_id not in found:
            facts = {name: getattr(caption, name) for name in ("uid", "alt", "width", "height")}
            caption.photo = Photo(credit=caption.photo_credit, **facts)
            found[caption.article_id] = caption
    return found


def published_articles(issue: Issue) -> Iterable[Article]:
    """Return the articles of an issue that readers see, in print order. One query."""
    return ARTICLES(at=timezone.now(), issue=issue.pk)


def all_articles(issue: Issue) -> Iterable[Article]:
    """Return every article of an issue, drafts too, for the desk alone. One query."""
    articles = Article.objects.filter(page__issue=issue).order_by("position")
    return articles.annotate(column_name=F("column__name"))


def articles_by_page(
    issue: Issue, pages: Iterable[Page], select=published_articles
) -> dict[int, list[Article]]:
    """Return the articles on some pages of an issue, in print order, by page id.

    `select` tells which: those that readers see, unless it says otherwise. One query; columns
    are loaded.
    """
    found = {page.pk: [] for page in pages}
    for article in select(issue):
        if article.column_id:
            article.column = Column(pk=article.column_id, name=article.column_name)
        if article.page_id in found:
            found[article.page_id].append(article)
    return found
