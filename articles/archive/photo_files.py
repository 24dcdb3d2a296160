"""Import and export the photo files beside an archive; imported ones are validated as uploads."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from articles import ledger
from articles.archive.format.records import ContributorName, PhotoRecord
from articles.models import Contributor, LedgerKind, Photo
from articles.photos import renditions
from articles.photos.duplicates import set_hashes
from articles.photos.files import image_validation
from articles.photos.upload_messages import REFUSALS

from .error_messages import ImportRefusedError


def import_photos(
    photos: Iterable[PhotoRecord],
    folder: Path | None,
    contributors: Mapping[ContributorName, Contributor],
) -> list[Photo]:
    """Store photos from a folder in the library; return them.

    Each file is validated as an upload is. Raises ImportRefusedError where one is missing or
    not valid; then none of the files stays in the storage.
    """
    imported: list[Photo] = []
    try:
        for record in photos:
            photo = _photo(record, contributors)
            data = read_photo(folder, record)
            imported.append(photo)
            set_hashes(photo, data)
            photo.file.save(f"picture.{extension(data)}", ContentFile(data), save=False)
            photo.save()
            ledger.record(LedgerKind.PHOTO_ADDED, photo)
    except BaseException:
        delete_files(imported)
        raise
    return imported


def read_photo(folder: Path | None, photo: PhotoRecord) -> bytes:
    """Return the bytes of a photo's file; raise ImportRefusedError where it is not valid."""
    path = folder / photo.file if folder else None
    if path is None or path.is_symlink() or not path.is_file():
        params = {"file": photo.file, "uid": photo.uid}
        raise ImportRefusedError(
            _(
                "The photo %(uid)s is not in the library, and no %(file)s beside "
                "the archive (--photos)."
            )
            % params
        )
    try:
        image_validation.refuse(
            image_validation.Reason.TOO_HEAVY, when=path.stat().st_size > image_validation.MAX_BYTES
        )
        data = path.read_bytes()
        image_validation.validate_image(data)
    except image_validation.InvalidImageError as error:
        raise _refusal(photo, REFUSALS[error.reason]) from error
    except OSError as error:
        raise _refusal(photo, error.strerror) from error
    return data


def _refusal(photo: PhotoRecord, why: str) -> ImportRefusedError:
    params = {"file": photo.file, "why": why}
    return ImportRefusedError(_("The photo %(file)s is not taken: %(why)s") % params)


def extension(data: bytes) -> str:
    """Return the file extension of a validated image."""
    return image_validation.validate_header(data).kind.lower()


def delete_files(photos: Iterable[Photo]) -> None:
    """Delete the files of photos whose rows were not committed, with their renditions."""
    for photo in photos:
        if photo.file:
            renditions.delete_with_renditions(photo, photo.file.name)


def export_photo(photo: Photo, name: str, folder: Path) -> bool:
    """Copy a photo's file into a folder under a name; return whether it exists."""
    partial = folder / f".{name}.{os.getpid()}"
    try:
        with photo.file.storage.open(photo.file.name) as source, open(partial, "xb") as target:
            shutil.copyfileobj(source, target)
        partial.replace(folder / name)
    except FileNotFoundError:
        return False
    finally:
        partial.unlink(missing_ok=True)
    return True


def _photo(record: PhotoRecord, contributors: Mapping[ContributorName, Contributor]) -> Photo:
    who = record.values.get("contributor")
    return Photo(uid=record.uid, **{**record.values, "contributor": who and contributors[who]})
