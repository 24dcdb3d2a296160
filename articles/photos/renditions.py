"""Renditions of photos: names, sizes, srcset, opening and deleting. Readers get nothing else.

They are made when a photo is saved; `process_imagefields --all` makes all of them again. A WebP
file is made of one when a browser first asks for it, and stands beside it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import DatabaseError

from articles.models import Photo

from .files import image_processing

WEBP = ".webp"


def rendition_name(photo: Photo, name: str) -> str:
    """Return the storage name of a rendition; raise KeyError for an unknown one."""
    return photo.file._process_context(photo.file.field.formats[name]).name


def current_names(photo: Photo) -> set[str]:
    """Return the storage names of all renditions of a photo as it is cropped now."""
    return {rendition_name(photo, name) for name in image_processing.RENDITIONS}


def are_stored(photo: Photo) -> bool:
    """Tell whether a photo's file and all its renditions are there, and hold something."""
    try:
        names = (photo.file.name, *current_names(photo))
        return all(photo.file.storage.facts(name).size for name in names)
    except FileNotFoundError:
        return False


def rendition_size(photo: Photo, name: str) -> image_processing.Size:
    """Return the width and height of a rendition without opening a file."""
    return image_processing.rendition_size(name, (photo.width, photo.height), photo.crops)


def webp_name(photo: Photo, name: str) -> str:
    """Return the storage name of a rendition as WebP, made now where it is missing.

    Raise FileNotFoundError where the rendition itself is, OSError where it cannot be written.
    Where two requests make it at once, one of the two files stays.
    """
    storage, jpeg = photo.file.storage, rendition_name(photo, name)
    wanted = jpeg + WEBP
    if not storage.exists(wanted):
        with storage.open(jpeg) as file:
            content = ContentFile(image_processing.webp(file.read()))
        storage.replace(wanted, content)  # whole, so that nobody is ever sent a part of it
    return wanted


def open_rendition(photo: Photo, name: str) -> File:
    """Open a rendition for reading; raise FileNotFoundError where it was never made."""
    return photo.file.storage.open(rendition_name(photo, name))


def store_with_renditions(photo: Photo) -> None:
    """Store the uploaded file of a photo and make its renditions, before its row is saved.

    So a row has its pictures from the first moment, even where the server stops in between. Half a
    second to a second of processor time for a photo of 12 megapixels. No query.
    """
    photo.file.save(photo.file.name, photo.file.file, save=False)
    for name in image_processing.RENDITIONS:
        photo.file.process(name)


def delete_stale_renditions(photo: Photo) -> None:
    """Delete renditions that are no longer current, those of an earlier focal point or crop."""
    current = current_names(photo)
    for stale in stored_renditions(photo):
        if stale.removesuffix(WEBP) not in current:
            photo.file.storage.delete(stale)


def delete_with_renditions(photo: Photo, filename: str) -> None:
    """Delete a file of a photo and all its renditions."""
    for stale in stored_renditions(photo, filename) | {filename}:
        photo.file.storage.delete(stale)


@contextmanager
def removed_without_row(photos: Iterable[Photo]) -> Iterator[None]:
    """Delete the files of photos that a block stored if it fails, unless their rows are there.

    Enter it outside the transaction. Where the database cannot tell, the files stay: a row without
    its files is worse, and `manage.py clean_media` finds them. One query for each photo.
    """
    try:
        yield
    except BaseException:
        for photo in photos:
            with suppress(DatabaseError, OSError):
                if not Photo.objects.filter(file=photo.file.name).exists():
                    delete_with_renditions(photo, photo.file.name)
        raise


def stored_renditions(photo: Photo, filename: str = "") -> set[str]:
    """Return the storage names of all renditions of a photo's file, outdated ones too."""
    base = photo.file._process_base(filename or photo.file.name)
    try:
        files = photo.file.storage.listdir(base.path)[1]
    except (FileNotFoundError, NotADirectoryError):
        return set()
    return {f"{base.path}/{file}" for file in files if file.startswith(base.basename)}
