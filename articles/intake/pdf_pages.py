"""PDFs of pages → parsed pages, as the raw text of a page is: the same blocks, the same galley."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.facsimiles import storing
from articles.models import Column

from .page_pdf.process import PdfRefusedError, is_pdf, read_pages
from .parse.page_pdf.numbering import PageReading
from .parse.page_pdf.reading import read_printed_page
from .parse.page_pdf.types import PrintedPage, TooComplexError
from .raw_pages import ParsedSource, UnreadableTextError, parse_source

ENCODING = "pdf"  # of a raw page whose text was read from a PDF
REFUSALS = storing.REFUSALS | {
    "too-long": gettext_lazy("A page of the PDF has more characters than any printed page."),
    "no-text": gettext_lazy(
        "It has no text, only a picture: a scan cannot be read. Its picture and PDF can be taken "
        "without the text."
    ),
    "no-unicode": gettext_lazy(
        "Its fonts do not tell which characters they print. Export it with Unicode tables, or take "
        "its picture and PDF without the text."
    ),
}


def parse_upload(name: str, source: bytes) -> list[ParsedSource]:
    """Parse a file: the pages of a PDF, or the one page of a text.

    What is named .pdf must be one. Raises UnreadableTextError. One query.
    """
    if name.lower().endswith(".pdf") or is_pdf(source):
        return parse_pdf(source)
    return [parse_source(source)]


def parse_pdf(source: bytes) -> list[ParsedSource]:
    """Parse every page of a PDF, with the paper's standing columns; all of them or none.

    Raises UnreadableTextError. One query.
    """
    columns = set(Column.objects.values_list("name", flat=True))
    readings = read_pdf(source, columns=columns)
    return [
        replace(_parsed(reading), pdf=source, number=number)
        for number, reading in enumerate(readings)
    ]


def read_pdf(source: bytes, *, columns: Collection[str] = ()) -> Iterator[PageReading]:
    """Yield the pages of a PDF. Raises UnreadableTextError. No query."""
    for page in _readable_pages(source):
        try:
            yield read_printed_page(page, columns=columns)
        except TooComplexError as error:
            raise UnreadableTextError(str(REFUSALS["too-long"])) from error


def _readable_pages(source: bytes) -> Iterator[PrintedPage]:
    number, pages = 0, read_pages(source)
    while True:
        number += 1
        try:
            yield next(pages)
        except StopIteration:
            return
        except PdfRefusedError as error:
            message = str(REFUSALS[error.args[0]])
            if number > 1:
                message = _("Page %(n)d: %(why)s") % {"n": number, "why": message}
            raise UnreadableTextError(message) from error


def _parsed(reading: PageReading) -> ParsedSource:
    """Return a page; its source is its text, a line for each block.

    Invisible characters stand at the end of their line, so that the galley tells of them.
    """
    lines = {block.line: block.text for block in reading.blocks}
    for stray in reading.removed:
        lines[stray.line] = lines.get(stray.line, "") + stray.text
    return ParsedSource(
        "\n".join(lines.values()).encode(),
        ENCODING,
        reading.blocks,
        reading.removed,
        reading.places,
        reading.pictures,
    )
