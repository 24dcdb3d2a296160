"""The font of share cards: the one of the settings, or a Song face that systems usually have."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Where Debian, Fedora, Alpine and macOS put them (Debian: apt-get install fonts-noto-cjk).
USUAL = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-vf-fonts/NotoSerifCJK-VF.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/noto/NotoSerifCJK-Bold.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
)
# How many faces of a collection are looked at for the one of mainland China.
FACES = 12
MAINLAND = " SC"


@lru_cache(maxsize=8)
def find_font(configured: str) -> tuple[str, int] | None:
    """Return the file of a font and the number of its face, or None where none can be opened.

    `configured` is a path; without one the usual places are tried. No query; reads a file once.
    """
    for path in [configured] if configured else USUAL:
        if Path(path).is_file() and (face := _mainland_face(path)) is not None:
            return path, face
    return None


def card_font() -> tuple[str, int] | None:
    """Return the font of the settings (`SHARE_CARD_FONT`), see `find_font`."""
    return find_font(settings.SHARE_CARD_FONT)


@lru_cache(maxsize=64)
def sized(font: tuple[str, int], size: int) -> "FreeTypeFont":
    """Return a font at a size in pixels."""
    return _open(font[0], size, font[1])


def _open(path: str, size: int, face: int) -> "FreeTypeFont":
    # Not loaded with the desk, whose processes need the memory for photos.
    return import_module("PIL.ImageFont").truetype(path, size, index=face)


def _mainland_face(path: str) -> int | None:
    """Return the face for mainland China of a collection, else its first; None for no font."""
    first = None
    for index in range(FACES):
        try:
            family = _open(path, 16, index).getname()[0] or ""
        except OSError:
            break
        first = 0 if first is None else first
        if MAINLAND in family:
            return index
    return first
