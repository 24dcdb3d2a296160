"""Score the areas of articles on a printed page against the frames that were printed."""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from articles.intake.parse.page_pdf.numbering import PageReading
from articles.intake.parse.page_pdf.zones import zones_of
from articles.intake.parse.raw_text import squash
from articles.intake.parse.types import ParsedPage

from .printing import KnownPage

SIDE = 1000  # of the drawing of a page, in ‰


def zone_shares(known: KnownPage, page: ParsedPage, reading: PageReading) -> list[float]:
    """Return for each article what its zone and its frame share, of all that both cover."""
    zones = zones_of(page, reading.places, reading.pictures)
    by_headline = {
        squash(article.first("headline")): zone
        for article, zone in zip(page.articles, zones, strict=True)
    }
    found = []
    for number, article in enumerate(known.articles):
        left, top, right, bottom = (SIDE * side for side in known.frames[str(number)])
        frame = _drawn([[[left, top], [right, top], [right, bottom], [left, bottom]]])
        zone = _drawn(by_headline.get(squash(article.headline), []))
        found.append(_share(frame, zone))
    return found


def _drawn(polygons: Sequence) -> Image.Image:
    image = Image.new("1", (SIDE, SIDE))
    for polygon in polygons:
        if len(polygon) > 2:
            ImageDraw.Draw(image).polygon([tuple(point) for point in polygon], fill=1)
    return image


def _share(one: Image.Image, two: Image.Image) -> float:
    both = ImageChops.logical_and(one, two).histogram()[-1]
    either = ImageChops.logical_or(one, two).histogram()[-1]
    return both / either if either else 1.0
