"""What a picture must be to be taken in: everything is decided before much of it is decoded.

No Django here: a refusal names its reason, and the form has the words for it.
"""

from enum import StrEnum
from io import BytesIO

from PIL import Image

from . import picture_files

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 100_000_000
MAX_SIDE = 20_000
# Beyond these a picture within the limits could still hold up a worker.
MAX_MEMORY = 330_000_000
MAX_WORK = 1_200_000_000
# What cameras and programs leave behind a picture, and nothing else may.
PADDING = b"\0\xff\r\n\t "

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Reason(StrEnum):
    """Why a file is not taken."""

    TOO_HEAVY = "too heavy"
    WRONG_KIND = "wrong kind"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    SEVERAL = "several pictures"
    APPENDED = "something behind the picture"
    LABORIOUS = "too much to decode"


class RefusedError(ValueError):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason


def check(data: bytes) -> str:
    """Return the kind of a picture file: JPEG, PNG or WEBP, by its content.

    Raises RefusedError. Reads the whole file and decodes it once, as small as its kind allows.
    """
    outline = outlined(data)
    refuse(Reason.TOO_LARGE, when=outline.pixels > MAX_PIXELS)
    refuse(Reason.TOO_LARGE, when=max(outline.width, outline.height) > MAX_SIDE)
    refuse(Reason.SEVERAL, when=outline.frames != 1)
    refuse(Reason.APPENDED, when=bool(data[outline.end :].strip(PADDING)))
    refuse(Reason.LABORIOUS, when=outline.memory > MAX_MEMORY)
    refuse(Reason.LABORIOUS, when=outline.pixels * outline.passes > MAX_WORK)
    decode(data, outline)
    return outline.kind


def refuse(reason: Reason, *, when: bool) -> None:
    """Raise RefusedError with the reason where the condition holds."""
    if when:
        raise RefusedError(reason)


def outlined(data: bytes) -> picture_files.Outline:
    """Return what a file says of itself; raise RefusedError where it is no sound picture file."""
    refuse(Reason.TOO_HEAVY, when=len(data) > MAX_BYTES)
    try:
        outline = picture_files.outline(data)
    except picture_files.MalformedError as error:
        raise RefusedError(Reason.BROKEN) from error
    refuse(Reason.WRONG_KIND, when=outline is None)
    refuse(Reason.BROKEN, when=not outline.pixels)
    return outline


def decode(data: bytes, outline: picture_files.Outline) -> None:
    """Decode a picture to the end; raise RefusedError where it is not what it says."""
    try:
        with Image.open(BytesIO(data), formats=[outline.kind]) as image:
            size = image.size
            image.draft(image.mode, (max(1, size[0] // 8), max(1, size[1] // 8)))
            image.load()
    except Exception as error:  # a broken file can make a decoder raise anything
        raise RefusedError(Reason.BROKEN) from error
    refuse(Reason.BROKEN, when=size != (outline.width, outline.height))
