"""Validate an image file; everything is checked before much of it is decoded.

No Django here: the messages of the reasons are in photos/upload_messages.py.
"""

from enum import StrEnum
from io import BytesIO

from PIL import Image

from . import image_headers
from .jpeg_segments import MalformedError
from .trailers import is_other_file

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 100_000_000
MAX_SIDE = 20_000
# An image within the other limits could still block a worker.
MAX_MEMORY = 330_000_000
MAX_WORK = 1_200_000_000

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Reason(StrEnum):
    """Why a file is refused."""

    TOO_HEAVY = "too heavy"
    WRONG_KIND = "wrong kind"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    SEVERAL = "several pictures"
    APPENDED = "something behind the picture"
    LABORIOUS = "too much to decode"


class InvalidImageError(ValueError):
    """The file is refused; `reason` says why."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason


def validate_image(data: bytes) -> str:
    """Return the format of an image file by its content: JPEG, PNG or WEBP.

    Raises InvalidImageError. Decodes the file once, as small as its format allows.
    """
    header = validate_header(data)
    refuse(Reason.TOO_LARGE, when=header.pixels > MAX_PIXELS)
    refuse(Reason.TOO_LARGE, when=max(header.width, header.height) > MAX_SIDE)
    refuse(Reason.SEVERAL, when=header.frames != 1)
    refuse(Reason.APPENDED, when=is_other_file(data, header.end))
    refuse(Reason.LABORIOUS, when=header.memory > MAX_MEMORY)
    refuse(Reason.LABORIOUS, when=header.pixels * header.passes > MAX_WORK)
    validate_decoding(data, header)
    return header.kind


def refuse(reason: Reason, *, when: bool) -> None:
    """Raise RefusedError with the reason where the condition holds."""
    if when:
        raise InvalidImageError(reason)


def validate_header(data: bytes) -> image_headers.ImageHeader:
    """Return the header of an image file; raise InvalidImageError where it is not valid."""
    refuse(Reason.TOO_HEAVY, when=len(data) > MAX_BYTES)
    try:
        header = image_headers.read_header(data)
    except MalformedError as error:
        raise InvalidImageError(Reason.BROKEN) from error
    refuse(Reason.WRONG_KIND, when=header is None)
    refuse(Reason.BROKEN, when=not header.pixels)
    return header


def validate_decoding(data: bytes, header: image_headers.ImageHeader) -> None:
    """Decode an image to its end; raise InvalidImageError where it differs from its header."""
    try:
        with Image.open(BytesIO(data), formats=[header.kind]) as image:
            size = image.size
            image.draft(image.mode, (max(1, size[0] // 8), max(1, size[1] // 8)))
            image.load()
    except Exception as error:  # a broken file can make a decoder raise anything
        raise InvalidImageError(Reason.BROKEN) from error
    refuse(Reason.BROKEN, when=size != (header.width, header.height))
