"""The pictures beside an archive: brought in as uploads are, and copied out."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from articles import renditions, uploads
from articles.archived.clippings import Picture, Who
from articles.models import Contributor, Photo
from articles.picture_refusals import REFUSALS

from .refusals import FilingRefused


def bring(
    wanted: Iterable[str],
    known: Mapping[str, Picture],
    folder: Path | None,
    contributors: Mapping[Who, Contributor],
) -> list[Photo]:
    """Take photos (their uids) into the library from a folder; return them.

    Each file is judged as an upload is. Raises FilingRefused where one is not there or not
    fit; then none of the files stays in the storage.
    """
    brought: list[Photo] = []
    try:
        for uid in wanted:
            picture = known.get(uid) or Picture(uid, f"{uid}.jpg")
            photo = _photo(picture, contributors)
            data = judged(folder, picture)
            brought.append(photo)
            photo.file.save(f"picture.{kind_of(data)}", ContentFile(data), save=False)
            photo.save()
    except BaseException:
        discard(brought)
        raise
    return brought


def judged(folder: Path | None, picture: Picture) -> bytes:
    """Return the bytes of a photo's file; raise FilingRefused where it is not taken."""
    told = {"file": picture.file, "uid": picture.uid}
    path = folder / picture.file if folder else None
    if path is None or path.is_symlink() or not path.is_file():
        raise FilingRefused(_("The photo %(uid)s is not in the library, and no %(file)s beside "
                              "the archive (--photos).") % told)  # fmt: skip
    try:
        uploads.refuse(uploads.Reason.TOO_HEAVY, when=path.stat().st_size > uploads.MAX_BYTES)
        data = path.read_bytes()
        uploads.check(data)
    except uploads.RefusedError as refused:
        why = {**told, "why": REFUSALS[refused.reason]}
        raise FilingRefused(_("The photo %(file)s is not taken: %(why)s") % why) from refused
    except OSError as error:
        why = {**told, "why": error.strerror}
        raise FilingRefused(_("The photo %(file)s is not taken: %(why)s") % why) from error
    return data


def kind_of(data: bytes) -> str:
    """Return the ending that fits the bytes of a picture that was judged."""
    return uploads.outlined(data).kind.lower()


def discard(photos: Iterable[Photo]) -> None:
    """Delete the files of photos whose rows are not kept, with their renditions."""
    for photo in photos:
        if photo.file:
            renditions.discard(photo, photo.file.name)


def copy_out(photo: Photo, name: str, folder: Path) -> bool:
    """Copy a photo's file into a folder under a name; return whether it was there to copy."""
    fresh = folder / f".{name}.{os.getpid()}"
    try:
        with photo.file.storage.open(photo.file.name) as source, open(fresh, "xb") as target:
            shutil.copyfileobj(source, target)
        fresh.replace(folder / name)
    except FileNotFoundError:
        return False
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _photo(picture: Picture, contributors: Mapping[Who, Contributor]) -> Photo:
    return Photo(
        uid=picture.uid,
        alt=picture.alt,
        credit=picture.credit,
        contributor=picture.contributor and contributors[picture.contributor],
        taken_on=picture.taken_on,
        place=picture.place,
        rights=picture.rights,
        focus=picture.focus,
    )
