"""Pictures of pages in which the zones of some articles are painted over: made when asked for.

They are kept under the key of what they cover; those that cover something else are deleted when
new ones are made, so that no picture outlives what it covered.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Facsimile

from . import process, storing
from .polygons import Polygon
from .process import SECONDS
from .shown import ShownFacsimile


class BeingMadeError(Exception):
    """Somebody else's request is making just this; it is there in a few seconds."""


def picture_name(shown: ShownFacsimile, width: int, kind: str) -> str:
    """Return the storage name of a picture as it is shown, made now where it is missing.

    Two to three seconds for the first one that is covered anew. Raises BeingMadeError,
    FileNotFoundError where the PDF is missing, UnusablePdfError where it cannot be painted over.
    """
    key = shown.cover_key
    name = shown.facsimile.picture_name(width, kind, cover=key)
    if key and not default_storage.exists(name):
        with alone(f"{shown.facsimile.pk}-{key}"):
            _cover(shown.facsimile, shown.covered, key)
    return name


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Let one request at a time make something. Raises BeingMadeError."""
    if not cache.add(f"facsimile-{what}", 1, SECONDS):
        raise BeingMadeError
    try:
        yield
    finally:
        cache.delete(f"facsimile-{what}")


def _cover(row: Facsimile, polygons: list[Polygon], key: str) -> None:
    with row.pdf.storage.open(row.pdf.name) as file:
        source = file.read()
    with process.workshop(source) as folder:
        process.run(folder, "cover", folder / "source.pdf", json.dumps(polygons))
        for width in row.widths:
            for kind in ("webp", "jpg"):
                name = row.picture_name(width, kind, cover=key)
                if not default_storage.exists(name):
                    content = (folder / f"{width}.{kind}").read_bytes()
                    default_storage.save(name, ContentFile(content))
    delete_other_covers(row, key)


def delete_other_covers(row: Facsimile, key: str = "") -> None:
    """Delete the pictures that cover something else than the key names, or anything."""
    kept = {row.pdf.name, *row.picture_names(), *(row.picture_names(cover=key) if key else ())}
    for name in storing.stored_files(row.pdf.name):
        if name not in kept:
            default_storage.delete(name)
