"""Find files of the media folder that no row knows, and rows whose files are missing.

Only files named as this program names them, by a random number, are looked at; links are not
followed, and share cards, which are drawn again when asked for, are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from articles.models import Facsimile, Photo, SourceDocument

from . import renditions

PHOTOS, DOCUMENTS, PAGES, PROCESSED = "photos", "documents", "pages", "__processed__"
# A second part of a name: of two files of one name, and of one that was not written to its end.
TAIL = r"(_[A-Za-z0-9]{7})?\.[a-z]{3,5}(\.webp)?(\.[0-9a-f]{32}){0,2}"
OWN_NAMES = re.compile(
    rf"(?:(?:{PHOTOS}|{DOCUMENTS})/[0-9a-f]{{2}}/[0-9a-f]{{32}}"
    rf"|{PAGES}/[0-9a-f]{{2}}/[0-9a-f]{{32}}(?:-[0-9a-f]{{16}})?(?:-[0-9]{{3,4}})?"
    rf"|{PROCESSED}/[0-9a-f]{{3}}/[0-9a-f]{{3}}/[0-9a-f]{{32}}-[0-9a-f]{{12}}){TAIL}"
)


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file that no row knows: its storage name and its size in bytes."""

    name: str
    size: int


def stray_files(grace: timedelta) -> list[StrayFile]:
    """Return the files that no row knows, by name; none that is younger than `grace`.

    Those of an upload that runs now have no row yet. A file is as young as its last change, its
    name's or its rights' included: one just restored is young. Three queries.
    """
    strays = dict(_old_files(grace))  # before the rows: those of all these files are there by then
    for name in SourceDocument.objects.values_list("file", flat=True).iterator():
        strays.pop(name, None)
    for row in Facsimile.objects.iterator():
        for name in (row.pdf.name, *row.picture_names()):
            strays.pop(name, None)
    for photo in _photos():
        for name in (photo.file.name, *renditions.current_names(photo)):
            strays.pop(name, None)
            strays.pop(name + renditions.WEBP, None)
    return [StrayFile(*each) for each in sorted(strays.items())]


def are_most(strays: list[StrayFile]) -> bool:
    """Tell whether so many files are strays that rather the database is another one. Three queries.

    Up to fifty are no sign of that.
    """
    known = sum(model.objects.count() for model in (Photo, SourceDocument, Facsimile))
    originals = [each for each in strays if _is_original(each.name)]
    return len(originals) > max(50, known)


def _is_original(name: str) -> bool:
    made = name.startswith(PAGES) and not name.endswith(".pdf")
    return not made and not name.startswith(PROCESSED)


def remove(file: StrayFile) -> None:
    """Remove a stray file; raises OSError where that is not possible."""
    default_storage.delete(file.name)


def rows_without_files() -> Iterator[tuple[models.Model, str]]:
    """Yield photos, pages and source documents, each with the name of a file that is missing.

    Three queries, and one for each missing file of a photo.
    """
    for photo in _photos():
        for name in (photo.file.name, *sorted(renditions.current_names(photo))):
            if not default_storage.exists(name) and _is_current(photo):
                yield photo, name
    for page in Facsimile.objects.select_related("page__issue").order_by("pk").iterator():
        for name in (page.pdf.name, *page.picture_names()):
            if not default_storage.exists(name):
                yield page, name
    rows = SourceDocument.objects.defer("stored_draft").order_by("pk")
    for document in rows.iterator():
        if not default_storage.exists(document.file.name):
            yield document, document.file.name


def _old_files(grace: timedelta) -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of our own files that have not changed for a while."""
    before = (timezone.now() - grace).timestamp()
    for top in (PHOTOS, DOCUMENTS, PAGES, PROCESSED):
        for file in default_storage.stored_files(top):
            if file.changed_at < before and OWN_NAMES.fullmatch(file.name):
                yield file.name, file.size


def _is_current(photo: Photo) -> bool:
    """Tell whether a photo still has the file that it had. One query."""
    return Photo.objects.filter(pk=photo.pk, file=photo.file.name).exists()


def _photos() -> Iterator[Photo]:
    return Photo.objects.order_by("pk").iterator()
