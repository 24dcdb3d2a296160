"""Places of photos in a body: figures that name a photo. No Django here.

A figure is a block without words, `<figure data-photo="UID"></figure>`. It stands for the caption
of the article that has this photo, whatever its position; where the article has none, nothing is
printed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

ATTRIBUTE = "data-photo"
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
FIGURE = re.compile(rf'<figure {ATTRIBUTE}="({UID.pattern})"></figure>')


def figure_html(photo: str) -> str:
    """Return the stored form of the figure of a photo, named by its uid."""
    return f'<figure {ATTRIBUTE}="{photo}"></figure>'


def figure_photo(attributes: Mapping[str, str]) -> str:
    """Return the uid that the attributes of a tag name, or "" where they name none."""
    uid = attributes.get(ATTRIBUTE, "").lower()
    return uid if UID.fullmatch(uid) else ""


def figure_photos(markup: str) -> list[str]:
    """Return the uids of the photos that have a figure in a stored body, in order."""
    return FIGURE.findall(markup)


def empty_figures(markup: str, photos: Iterable[str]) -> list[str]:
    """Return the figures of a stored body that stand for none of these photos, by their uids."""
    return list((Counter(figure_photos(markup)) - Counter(photos)).elements())
