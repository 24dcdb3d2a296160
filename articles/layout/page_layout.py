"""拼版: rank the articles of a page, arrange them in rows, and set each in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Article, Caption

from .article_card import ArticleCard, BriefCard, Place
from .article_metrics import ArticleMetrics, Picture, ranked
from .grid import row_layout
from .grid.cell_heights import SCREENS
from .grid.ranking import PHOTO


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A row of twelve columns with its cells of one or more articles."""

    pattern: str
    cells: tuple[tuple[ArticleCard, ...], ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The layout of one page: rows from top to bottom, then the briefs; and its lead."""

    rows: tuple[LayoutRow, ...] = ()
    briefs: tuple[BriefCard, ...] = ()
    lead: ArticleCard | None = None

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "PageLayout":
        """Lay out the articles of a page, given in print order.

        The fewer there are, the more words each shows. Columns, bylines and captions with their
        photos must be loaded (`queries.load_bylines_and_captions`). No query.
        """
        if not articles:
            return cls()
        measured = [ArticleMetrics(each, picture_of(each.loaded_captions)) for each in articles]
        packed = row_layout.pack(ranked(measured))
        rows = tuple(_row(row, measured, is_first=not at) for at, row in enumerate(packed.rows))
        briefs = tuple(BriefCard.of(measured[at].article) for at in packed.briefs)
        return cls(rows, briefs, rows[0].cells[0][0])


def picture_of(captions: Sequence[Caption]) -> Picture | None:
    """Return the first picture of an article from its captions, whose photos are loaded."""
    for caption in captions:
        return Picture(caption.photo.width, caption.photo.height, caption.words)
    return None


def _row(row: row_layout.Row, measured: Sequence[ArticleMetrics], *, is_first: bool) -> LayoutRow:
    """Set the articles of a row, each with as much of its text as fits."""
    has_photo = measured[row.cells[0][0]].kind == PHOTO
    spans = [row_layout.spans_on(row.pattern, each, has_photo=has_photo) for each in SCREENS]
    cells = []
    for number, cell in enumerate(row.cells):
        cards = []
        for at, index in enumerate(cell):
            place = Place(
                spans=(spans[0][number], spans[1][number]),
                steps=(row.fits[0].steps[number][at], row.fits[1].steps[number][at]),
            )
            one = measured[index]
            is_lead = is_first and number == at == 0
            cards.append(ArticleCard.of(one, place, one.article.loaded_bylines, is_first=is_lead))
        cells.append(tuple(cards))
    return LayoutRow(row.pattern, tuple(cells))
