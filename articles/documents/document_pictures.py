"""The pictures of a document: validated when it is read, added to the library when it is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.db.models import ProtectedError
from PIL import Image, ImageOps

from articles import ledger
from articles.content.copy import CaptionText
from articles.models import LedgerKind, Member, Photo, SourceDocument
from articles.photos import renditions
from articles.photos.duplicates import set_hashes
from articles.photos.files.image_headers import read_header
from articles.photos.files.image_processing import flatten
from articles.photos.files.image_validation import (
    InvalidImageError,
    validate_header,
    validate_image,
)
from articles.photos.files.jpeg_segments import MalformedError
from articles.photos.metadata.proposals import fill_facts

from .document_draft import DraftPicture
from .word.content import Note
from .word.conversion import Picture, ReadDocument, read_pictures
from .word.errors import DocumentRefusedError, Reason, refuse

# What all pictures of a document together may cost to decode, in pixels; JPEG is cheap.
MOST_WORK = 750_000_000
OTHERS_COST = 3
THUMBNAIL = (240, 180)


def without_refused_pictures(document: ReadDocument, file: BinaryIO) -> ReadDocument:
    """Return a document without the pictures that the library refuses; they are noted by name.

    Raises DocumentRefusedError where all of them together would block a worker.
    """
    parts = [each.part for each in document.content if isinstance(each, Picture)]
    refused, work = set(), 0
    for part, data in zip(parts, read_pictures(file, parts), strict=True):
        work += _work(data)
        refuse(Reason.TOO_HEAVY, when=work > MOST_WORK)
        try:
            validate_image(data)
        except InvalidImageError:
            refused.add(part)
            document.notes.add(Note.REFUSED_PICTURES, f" {part.rpartition('/')[2]}", number=1)
    content = (
        each
        for each in document.content
        if not (isinstance(each, Picture) and each.part in refused)
    )
    return replace(document, content=tuple(content))


def add_pictures(
    document: SourceDocument,
    pictures: Sequence[DraftPicture],
    photos: list[Photo],
    *,
    by: Member | None,
) -> tuple[CaptionText, ...]:
    """Add the pictures of a document to the library; return their captions.

    `photos` grows with each that is new, so that the caller can remove them. Seven queries
    for each, which is in a transaction of its own.
    """
    if not pictures:
        return ()
    captions = []
    with open_file(document) as file:
        data = read_pictures(file, [picture.part for picture in pictures])
        for picture, content in zip(pictures, data, strict=True):
            photo = _add_picture(picture, content, photos, by=by)
            captions.append(CaptionText(str(photo.uid), picture.words, picture.credit))
    return tuple(captions)


def open_file(document: SourceDocument) -> File:
    """Open the kept file of a document. Raises DocumentRefusedError where it is gone."""
    try:
        return document.file.open("rb")
    except FileNotFoundError as error:
        raise DocumentRefusedError(Reason.GONE) from error


def thumbnail(document: SourceDocument, part: str) -> bytes:
    """Return a picture of a document made small, as JPEG without metadata. No query.

    It was validated when the document was read.
    """
    with open_file(document) as file:
        data = next(read_pictures(file, [part]))
    with Image.open(BytesIO(data), formats=[validate_header(data).kind]) as image:
        image.draft("RGB", THUMBNAIL)
        small = ImageOps.exif_transpose(image)
        small.thumbnail(THUMBNAIL)
        buffer = BytesIO()
        flatten(small).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def remove_pictures(photos: Iterable[Photo], *, by: Member | None) -> None:
    """Take photos out of the library again, with their files; not those that are in use."""
    for photo in photos:
        name = photo.file.name
        try:
            if photo.pk:
                _delete(photo, by=by)
        except ProtectedError:
            continue
        if name:
            renditions.delete_with_renditions(photo, name)


@ledger.atomic()
def _delete(photo: Photo, *, by: Member | None) -> None:
    ledger.record(LedgerKind.PHOTO_DELETED, photo, by=by, sha256=photo.sha256)
    photo.delete()


def _add_picture(
    picture: DraftPicture, data: bytes, photos: list[Photo], *, by: Member | None
) -> Photo:
    """Return the photo of a picture; that of an earlier attempt, where the library has it."""
    if stored := Photo.objects.filter(uid=picture.uid).first():
        return stored
    kind = validate_image(data)
    most = Photo._meta.get_field("alt").max_length
    photo = Photo(
        uid=picture.uid, alt=picture.alt[:most], credit=picture.credit, words=picture.words
    )
    set_hashes(photo, data)
    fill_facts(photo, data)
    photos.append(photo)
    photo.file.save(f"picture.{kind.lower()}", ContentFile(data), save=False)
    with ledger.atomic():
        photo.save()
        ledger.record(LedgerKind.PHOTO_ADDED, photo, by=by)
    return photo


def _work(data: bytes) -> int:
    """Return what a picture costs to decode; nothing for what is no picture."""
    try:
        header = read_header(data)
    except MalformedError:
        return 0
    if header is None:
        return 0
    return header.pixels * header.passes * (1 if header.kind == "JPEG" else OTHERS_COST)
