"""Read EXIF, what a camera knows of a picture. No Django here.

Where a picture was taken to the metre (GPS) is not read: nobody is to print it by accident.
"""

import re
from collections.abc import Mapping

from PIL import Image
from PIL.ExifTags import IFD, Base

from .iptc import decode

HAN = re.compile(r"[\u3400-\u9fff]")


def read_exif(image: Image.Image) -> Mapping[str, list[str]]:
    """Return the caption, byline, keywords and date of an opened image; nothing is raised."""
    try:
        exif = image.getexif()
        camera = exif.get_ifd(IFD.Exif)
        found = {
            "caption": [_ascii(exif.get(Base.ImageDescription)), _wide(exif.get(Base.XPComment))],
            "byline": [_ascii(exif.get(Base.Artist)), _wide(exif.get(Base.XPAuthor))],
            "keywords": [_wide(exif.get(Base.XPKeywords))],
            "date": [_ascii(camera.get(Base.DateTimeOriginal))],
        }
    except Exception:  # a broken EXIF block can raise anything; the picture itself may be sound
        return {}
    for name in ("caption", "byline"):  # Cameras fill in their own names, but no Chinese.
        found[name] = [text for text in found[name] if HAN.search(text)]
    return {name: [text for text in texts if text] for name, texts in found.items()}


def _ascii(value: object) -> str:
    """Return a text that is ASCII by the standard, and in UTF-8 or GBK in fact."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return decode([value.strip(b"\0 ")])[0] if isinstance(value, bytes) else ""


def _wide(value: object) -> str:
    """Return a text of Windows, in UTF-16."""
    if isinstance(value, tuple) and all(
        isinstance(each, int) and 0 <= each < 256 for each in value
    ):
        value = bytes(value)
    return value.decode("utf-16-le", "replace").strip("\0 ") if isinstance(value, bytes) else ""
