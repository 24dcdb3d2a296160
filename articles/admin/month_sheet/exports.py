"""The month sheet as files: .xlsx with every article, and CSV of the sums.

A cell that begins like a formula is stored as text: whoever opens the file must run nothing that
somebody wrote into a byline.
"""

import csv
from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO, StringIO

from django.utils.translation import gettext

from .counting import Line

Cell = str | int | float
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
BOM = "\ufeff"  # Without it Excel takes the file for GBK.
TEXT_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def csv_file(lines: Iterable[Line]) -> bytes:
    """Return the sums of each person as CSV in UTF-8, in the way that Excel opens it."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in sums(lines):
        writer.writerow([_plain(cell) for cell in row])
    return (BOM + file.getvalue()).encode()


def xlsx_file(lines: list[Line]) -> bytes:
    """Return a workbook: the sums of each person, and every article of each."""
    file = BytesIO()
    # Imported when it is needed, once a month: it would take some megabytes of every process.
    xlsxwriter = import_module("xlsxwriter")
    with xlsxwriter.Workbook(file, TEXT_OPTIONS) as book:
        bold = book.add_format({"bold": True})
        _write(book.add_worksheet(gettext("Sums")), sums(lines), bold, [16, 10, 10, 10, 10, 14])
        widths = [16, 12, 8, 40, 12, 10, 10, 8, 8, 8]
        _write(book.add_worksheet(gettext("Details")), details(lines), bold, widths)
    return file.getvalue()


def sums(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Give the heading and a row for each person."""
    yield [
        *(gettext("Name"), gettext("Articles"), gettext("Characters")),
        *(gettext("Photos"), gettext("Points"), gettext("Linked to")),
    ]
    for line in lines:
        linked = gettext("contributor") if line.person.contributor else gettext("name only")
        numbers = [line.articles, line.length, line.photos, float(line.points)]
        yield [line.person.name, *numbers, linked]


def details(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Give the heading and a row for everything that each person signed."""
    yield [
        *(gettext("Name"), gettext("Date"), gettext("Page"), gettext("Headline")),
        *(gettext("Genre"), gettext("Rank"), gettext("Role")),
        *(gettext("Characters"), gettext("Photos"), gettext("Points")),
    ]
    for line in lines:
        for entry in line.entries:
            article = entry.article
            place = [article.issue.issued_on.isoformat(), article.page, article.title]
            kind = [article.genre_name, article.rank_name, entry.role]
            length = 0 if entry.photos else article.length
            yield [line.person.name, *place, *kind, length, entry.photos, float(entry.points)]


def _write(sheet, rows: Iterable[list[Cell]], bold, widths: list[int]) -> None:
    """Write rows with the first one as heading; text is written as text, whatever it is."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, None if number else bold)
            else:
                sheet.write_number(number, column, cell)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)


def _plain(cell: Cell) -> Cell:
    """Return a cell that a spreadsheet takes for text where it would take it for a formula."""
    is_text = isinstance(cell, str)
    is_formula = is_text and (cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA))
    return f"'{cell}" if is_formula else cell
