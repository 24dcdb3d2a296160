"""Make the pictures and the PDF of a printed page, and store them with the page."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import publication
from articles.models import Facsimile, Page, RawPage

from . import process
from .process import LARGEST, UnusablePdfError, is_pdf

REFUSALS = {
    "not-pdf": _("It is no PDF, whatever its name says."),
    "encrypted": _("The PDF is encrypted. Save it without a password."),
    "damaged": _("The PDF is damaged. Export it again."),
    "too-heavy": _("The PDF is larger than 100 MB, or needs too much memory."),
    "too-slow": _("Reading the PDF takes too long. Export its pages one by one."),
    "too-many-pages": _("The PDF has more than 40 pages; no issue has."),
    "layers": _("The PDF has hidden layers. Export it with nothing but what is printed."),
}


@dataclass(frozen=True, slots=True)
class MadePage:
    """The PDF and the pictures that were made of one page of a PDF, not stored yet.

    `files` are by the end of their names; `count` is how many pages the PDF has.
    """

    digest: str
    count: int
    size: tuple[float, float]
    pictures: list[list[int]]
    pdf: bytes = field(repr=False)
    files: dict[str, bytes] = field(repr=False)


def make(source: bytes, *, number: int = 0) -> MadePage:
    """Make the pictures and the PDF of a page of a PDF; `number` counts from 0.

    Two to three seconds. Raises UnusablePdfError. No query: call it before anything is locked.
    """
    if not is_pdf(source):
        raise UnusablePdfError("not-pdf")
    if len(source) > LARGEST:
        raise UnusablePdfError("too-heavy")
    with process.workshop(source) as folder:
        made = process.run(folder, "page", folder / "source.pdf", number)
        names = [f"{width}.{kind}" for width, _ in made["pictures"] for kind in ("webp", "jpg")]
        return MadePage(
            digest=hashlib.sha256(source + b"%d" % number).hexdigest(),
            count=made["pages"],
            size=tuple(made["size"]),
            pictures=made["pictures"],
            pdf=(folder / "page.pdf").read_bytes(),
            files={name: (folder / name).read_bytes() for name in names},
        )


def store(page: Page, made: MadePage, *, raw_page: RawPage | None = None) -> Facsimile:
    """Store what was made of a page, in the place of what it had; its zones stay.

    Within a transaction, and that within `removed_without_row`. The same PDF is stored once.
    Seven queries at most.
    """
    row = Facsimile.objects.select_for_update().filter(page=page).first() or Facsimile(page=page)
    if row.pk and row.digest == made.digest:
        if raw_page and row.raw_page_id != raw_page.pk:
            Facsimile.objects.filter(pk=row.pk).update(raw_page=raw_page)
            row.raw_page = raw_page
        return row
    if row.pk:
        transaction.on_commit(partial(delete_files, row.pdf.name))
    row.raw_page, row.digest, row.pictures = raw_page, made.digest, made.pictures
    row.width, row.height = made.size
    row.stored_at = timezone.now()
    row.pdf.save("page.pdf", ContentFile(made.pdf), save=False)
    for name, content in made.files.items():
        width, kind = name.split(".")
        default_storage.save(row.picture_name(int(width), kind), ContentFile(content))
    row.version += 1
    row.save()
    publication.row_changed(page)
    return row


@contextmanager
def removed_without_row() -> Iterator[list[Facsimile]]:
    """Delete the files of the facsimiles put into a list if the block fails or rolls back.

    Enter it outside the transaction. Where the database cannot tell, the files stay:
    `manage.py clean_media` finds them. One query for each facsimile.
    """
    stored: list[Facsimile] = []
    try:
        yield stored
    finally:
        for row in stored:
            with suppress(DatabaseError, OSError):
                if not Facsimile.objects.filter(pdf=row.pdf.name).exists():
                    delete_files(row.pdf.name)


def delete_files(pdf: str) -> None:
    """Delete a PDF and all pictures that were made of it, covered ones too."""
    for name in stored_files(pdf):
        default_storage.delete(name)


def stored_files(pdf: str) -> list[str]:
    """Return the storage names of a PDF and of everything made of it."""
    folder, _, name = pdf.rpartition("/")
    stem = f"{folder}/{name.removesuffix('.pdf')}"
    found = default_storage.stored_files(folder)
    return [file.name for file in found if file.name.startswith(stem)]
