"""拼版: the articles of a page ranked, packed into rows, and set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from articles import packing
from articles.models import Article, Byline, Caption, Issue, Page

from .set_article import ListedArticle, Measured, SetArticle

SHOWN = ("page", "rank", "genre", "kicker", "headline", "deck", "dateline", "body", "column__name")


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of twelve columns with its cells of one or more articles."""

    pattern: str
    cells: tuple[tuple[SetArticle, ...], ...]

    @classmethod
    def of(cls, row: packing.Row, room: dict[int, int]) -> "SetRow":
        """Set the articles of a row, each in the room of its rank."""
        cells = [[SetArticle.of(each, room[each.rank]) for each in cell] for cell in row.cells]
        return cls(row.pattern, tuple(map(tuple, cells)))


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
        load_bylines_and_captions(articles)
        packed = packing.pack(ranked(articles))
        room = packing.budgets(total)
        room[packing.LEAD] = packing.lead_budget(room[packing.LEAD], packed)
        rows = tuple(SetRow.of(row, room) for row in packed.rows)
        briefs = tuple(ListedArticle.of(each.article) for each in packed.briefs)
        return cls(rows, briefs, rows[0].cells[0][0])


def load_bylines_and_captions(articles: Sequence[Article]) -> None:
    """Load what a page shows beside the words of its articles. Two queries."""
    captions = Caption.objects.select_related("photo").only(
        "article", "words", "credit", "photo__uid", "photo__alt", "photo__credit"
    )
    bylines = Byline.objects.only("article", "role", "name")
    prefetch_related_objects(articles, Prefetch("bylines", bylines), Prefetch("captions", captions))


def ranked(articles: Sequence[Article]) -> list[Measured]:
    """Return the articles of a page measured and ranked, exactly one of them the lead."""
    measured = [Measured(article) for article in articles]
    for each, rank in zip(measured, packing.ranks(measured), strict=True):
        each.rank = rank
    return measured


def articles_by_page(issue: Issue, pages: Iterable[Page]) -> dict[int, list[Article]]:
    """Return the published articles on some pages of an issue, in print order, by page id.

    One query; columns are loaded.
    """
    found = {page.pk: [] for page in pages}
    shown = Article.objects.published().filter(page__issue=issue, page__in=found)
    for article in shown.order_by("position").select_related("column").only(*SHOWN):
        found[article.page_id].append(article)
    return found
