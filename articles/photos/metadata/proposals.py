"""Propose the facts of a photo from what its file says. Nothing is stored here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO

from PIL import Image

from articles.content import characters
from articles.content.copy import CREDIT_VERBS
from articles.models import Photo

from .exif import HAN, read_exif
from .generation import Mark, find_mark
from .iptc import read_iptc
from .xmp import read_xmp

Values = Mapping[str, list[str]]
# What cameras write where a caption belongs.
JUNK = re.compile(r"(?:[A-Z]+ )*(?:DIGITAL CAMERA|DSC)|DCIM.*|default|untitled|null", re.I)
DAY = re.compile(r"(\d{4})[-:/.]?(\d\d)[-:/.]?(\d\d)(?!\d)", re.ASCII)
FIRST_YEAR = 1840
PARTS = re.compile(r"[;；,，、\n]")
LONGEST_WORDS = 20_000


def proposed_facts(data: bytes) -> dict[str, object]:
    """Return the facts that a picture file states, by the name of the field of a photo.

    Fields of which it says nothing usable are left out. Never raises, whatever the file holds.
    """
    image = _opened(data)
    sources, mark = _sources(image), find_mark(data, _texts(image))
    facts = {
        "words": _words(sources),
        "credit": _credit(sources, mark),
        "place": _place(sources),
        "taken_on": _day(reversed(sources)),
        **{name: _listed(sources, name) for name in ("people", "keywords")},
        "generated": mark.kind,
        "generated_mark": mark.source,
    }
    return {name: value for name, value in facts.items() if value and _fits(name, value)}


def fill_facts(photo: Photo, data: bytes) -> list[str]:
    """Set the empty facts of a photo, not saved here, from its file; return their names.

    What was typed stays. The mark of generation is always that of this file.
    """
    facts = proposed_facts(data)
    photo.generated_mark = facts.pop("generated_mark", "")
    filled = [name for name in facts if not getattr(photo, name)]
    for name in filled:
        setattr(photo, name, facts[name])
    return filled


def _opened(data: bytes) -> Image.Image | None:
    try:
        return Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
    except Exception:  # a broken file can make a decoder raise anything
        return None


def _sources(image: Image.Image | None) -> list[Values]:
    """Return what photo desks, newer programs and cameras say, in this order."""
    if image is None:
        return []
    info = image.info
    return [read_iptc(info.get("photoshop")), read_xmp(info.get("xmp")), read_exif(image)]


def _texts(image: Image.Image | None) -> Iterator[str]:
    """Iterate over the texts of an image, such as the compressed ones of a PNG."""
    for key, value in image.info.items() if image else ():
        if isinstance(value, str):
            yield f"{key}{value}"


def _fits(name: str, value: object) -> bool:
    longest = Photo._meta.get_field(name).max_length
    return longest is None or len(value) <= longest


def _first(sources: Iterable[Values], name: str) -> str:
    """Return the first value of a name that is not empty, as one line."""
    values = (characters.clean_line(text) for source in sources for text in source.get(name, ()))
    return next(filter(None, values), "")


def _words(sources: Iterable[Values]) -> str:
    """Return the caption, else the headline; not what a camera fills in."""
    for name in ("caption", "headline"):
        for text in (text for source in sources for text in source.get(name, ())):
            words = characters.clean_lines(text[:LONGEST_WORDS])
            if words and not JUNK.fullmatch(words):
                return words
    return ""


def _credit(sources: Iterable[Values], mark: Mark) -> str:
    """Return the credit as printed: the photographer and 摄, else the agency.

    Nobody took a picture that was generated: there the name stands alone.
    """
    names = next(filter(None, (source.get("byline") for source in sources)), [])
    name = " ".join(filter(None, map(characters.clean_line, names)))
    if not name:
        return _first(sources, "credit") or _first(sources, "source")
    has_verb = name.endswith(tuple(CREDIT_VERBS))
    return name if has_verb or mark.kind in ("generated", "composite") else f"{name} 摄"


def _place(sources: Iterable[Values]) -> str:
    """Return province, city and place as one, each said once."""
    parts: list[str] = []
    for name in ("province", "city", "location"):
        part = _first(sources, name)
        parts = [each for each in parts if each not in part]
        if part and not any(part in each for each in parts):
            parts.append(part)
    return ("" if all(map(HAN.search, parts)) else ", ").join(parts)


def _day(sources: Iterable[Values]) -> date | None:
    """Return the day on which a picture was taken, as the camera's clock had it."""
    for text in (text for source in sources for text in source.get("date", ())):
        if found := DAY.match(text.strip()):
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                continue
            if day.year >= FIRST_YEAR:
                return day
    return None


def _listed(sources: Iterable[Values], name: str) -> str:
    """Return names or keywords, each once, separated by 、; those that still fit the field."""
    longest = Photo._meta.get_field(name).max_length
    kept: dict[str, None] = {}
    texts = (text for source in sources for text in source.get(name, ()))
    for part in (part for text in texts for part in PARTS.split(text)):
        word = characters.clean_line(part)
        if word and len("、".join([*kept, word])) <= longest:
            kept[word] = None
    return "、".join(kept)
