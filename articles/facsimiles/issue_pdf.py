"""The PDF of a whole issue: its pages joined when somebody asks, and kept under what it holds."""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Facsimile
from articles.models.printed.facsimile import FOLDER

from . import process
from .covering import alone


def issue_pdf_name(rows: Sequence[Facsimile]) -> str:
    """Return the storage name of the PDF of some pages, joined now where it is missing.

    A second or two for an issue. Raises BeingMadeError, FileNotFoundError where the PDF of a page
    is missing, UnusablePdfError where they cannot be joined.
    """
    key = hashlib.sha256(" ".join(row.pdf.name for row in rows).encode()).hexdigest()[:32]
    name = f"{FOLDER}/{key[:2]}/{key}.pdf"
    if not default_storage.exists(name):
        with alone(f"issue-{key}"):
            default_storage.save(name, ContentFile(_joined(rows)))
    return name


def _joined(rows: Sequence[Facsimile]) -> bytes:
    with process.workshop() as folder:
        files = [folder / f"{number}.pdf" for number in range(len(rows))]
        for row, path in zip(rows, files, strict=True):
            with row.pdf.storage.open(row.pdf.name) as file:
                path.write_bytes(file.read())
        process.run(folder, "join", *files)
        return (folder / "issue.pdf").read_bytes()
