"""The renditions of a photo: the only forms of its picture that leave the house.

They are made when a photo is saved, and again from nothing by `process_imagefields --all`.
"""

from django.core.files import File
from django.urls import reverse

from articles import pictures
from articles.models import Photo


def rendition_name(photo: Photo, name: str) -> str:
    """Return where a rendition lies in the storage; KeyError for a name that is none."""
    return photo.file._process_context(photo.file.field.formats[name]).name


def rendition_size(photo: Photo, name: str) -> pictures.Size:
    """Return the width and height of a rendition without opening a file."""
    return pictures.rendition_size(name, (photo.width, photo.height))


def choices(photo: Photo, *names: str) -> str:
    """Return renditions of one shape for a browser to choose from: a srcset; "" where they are
    of one size, as those of a small picture are."""
    widths = {rendition_size(photo, name)[0]: name for name in reversed(names)}
    if len(widths) < 2:
        return ""
    urls = {
        width: reverse("articles:photo", args=[photo.uid, name]) for width, name in widths.items()
    }
    return ", ".join(f"{urls[width]} {width}w" for width in sorted(urls))


def open_rendition(photo: Photo, name: str) -> File:
    """Open a rendition for reading; FileNotFoundError where it was never made."""
    return photo.file.storage.open(rendition_name(photo, name))


def tidy(photo: Photo) -> None:
    """Delete the renditions that a photo no longer has, such as those of an earlier focus."""
    for stale in made(photo) - {rendition_name(photo, name) for name in pictures.RENDITIONS}:
        photo.file.storage.delete(stale)


def discard(photo: Photo, filename: str) -> None:
    """Delete a file that was a photo's, and every rendition of it."""
    for stale in made(photo, filename) | {filename}:
        photo.file.storage.delete(stale)


def made(photo: Photo, filename: str = "") -> set[str]:
    """Return the names of the renditions that were made of a photo's file, past ones too."""
    base = photo.file._process_base(filename or photo.file.name)
    try:
        files = photo.file.storage.listdir(base.path)[1]
    except (FileNotFoundError, NotADirectoryError):
        return set()
    return {f"{base.path}/{file}" for file in files if file.startswith(base.basename)}
