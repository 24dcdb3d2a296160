"""The zones of a page that was read from its PDF, by the parsed page as it was corrected."""

import json
from collections.abc import Sequence

from articles.facsimiles import zones
from articles.models import Article, Facsimile, RawPage

from .parse.page_pdf.numbering import PictureWords
from .parse.page_pdf.zones import zones_of
from .parse.types import ParsedPage
from .pdf_pages import ENCODING


def polygons_of(raw: RawPage, parsed: ParsedPage) -> list[list[list[list[int]]]]:
    """Return the polygons of each article of a parsed page, none where it was not printed.

    No query.
    """
    found = json.loads(raw.parsed)
    places = {int(line): box for line, box in found.get("places", {}).items()}
    pictures = [
        PictureWords(tuple(each["box"]), tuple(each["lines"])) for each in found.get("pictures", ())
    ]
    return zones_of(parsed, places, pictures)


def store_zones(raw: RawPage, parsed: ParsedPage, articles: Sequence[Article]) -> None:
    """Store the zones of the articles of a page, if its picture is that of this reading.

    `articles` are those of the parsed page, in its order. Within a transaction. No query
    where it was read from a text, else seven at most.
    """
    if raw.encoding != ENCODING:
        return
    for row in Facsimile.objects.filter(raw_page=raw):
        polygons = polygons_of(raw, parsed)
        zones.store_read_zones(row, list(zip(articles, polygons, strict=True)))
