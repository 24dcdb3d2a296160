"""The printed page on the page of the site: its picture, and where its articles stand on it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from articles.facsimiles import shown
from articles.facsimiles.polygons import corners_text
from articles.facsimiles.shown import ShownFacsimile
from articles.models import Article, Page

# How wide the picture is set: beside the text; on a phone, where three pixels to one would take
# the next larger file; on all others.
SIZES = "(min-width: 80rem) 40rem, (min-resolution: 2.5dppx) 75vw, 100vw"


@dataclass(frozen=True, slots=True)
class ZoneLink:
    """An article, and its places on the picture: corners in ‰, "50,80 450,80 …|…"."""

    article: Article
    corners: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The picture of a page: its widths in pixels, its size, and where it links its articles."""

    widths: list[int]
    size: tuple[int, int]
    links: list[ZoneLink]
    is_whole: bool
    sizes: str = SIZES

    @classmethod
    def of(cls, page: Page, articles: QuerySet[Article]) -> "PrintedPage | None":
        """Return the picture of a page for who sees these articles; None where there is none.

        One query, two where the page has a picture.
        """
        found = shown.facsimile_of(page, articles)
        if found is None or found.is_gone:
            return None
        facsimile = found.facsimile
        width, height = facsimile.pictures[-1]
        return cls(facsimile.widths, (width, height), zone_links(found), found.is_whole)


def zone_links(found: ShownFacsimile) -> list[ZoneLink]:
    """Return the links of the articles on a picture, in the order of their first zones."""
    return [
        ZoneLink(
            article,
            "|".join(
                corners_text(zone.polygon) for zone in found.zones if zone.article_id == article.pk
            ),
        )
        for article in found.articles
    ]
