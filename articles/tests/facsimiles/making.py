"""Facsimiles and zones for tests."""

from functools import cache

from django.db import transaction

from articles.facsimiles import storing
from articles.models import Facsimile, Zone
from articles.tests.intake.page_pdf import pdf_files

LEFT = [[50, 80], [450, 80], [450, 700], [50, 700]]
RIGHT = [[500, 80], [950, 80], [950, 700], [500, 700]]
# The addresses of pictures and PDFs, for the test of what they give away.
DAYS = ("2024-07-27", "2031-05-06", "2031-05-08", "2024-07-27-2")
ADDRESSES = {
    "facsimile": lambda paper: [(day, "A1", 480, kind) for day in DAYS for kind in ("webp", "jpg")],
    "page_pdf": lambda paper: [(day, "A1") for day in DAYS],
    "issue_pdf": lambda paper: [(day,) for day in DAYS],
    "preview_facsimile": lambda paper: [(token, "A1", 480, "webp") for token in paper.tokens],
}


@cache
def made_page(source: bytes = b"") -> storing.MadePage:
    """Return what is made of a PDF, by default of a sound page; once for all tests."""
    return storing.make(source or pdf_files.sound_pdf())


def make_facsimile(page, *articles, source: bytes = b"", **facts) -> Facsimile:
    """Store a facsimile with a zone for each article, the first on the left."""
    with transaction.atomic():
        row = storing.store(page, made_page(source))
    for order, (article, polygon) in enumerate(zip(articles, (LEFT, RIGHT), strict=False)):
        Zone.objects.create(facsimile=row, article=article, polygon=polygon, order=order)
    Facsimile.objects.filter(pk=row.pk).update(**facts) if facts else None
    return row
