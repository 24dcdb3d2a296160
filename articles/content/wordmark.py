"""The wordmark of a paper: an SVG drawing, reduced to shapes that may stand in any page."""

import re
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST_FILE, LARGEST = 500_000, 16_000  # bytes of the file, characters of what is kept
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
GEOMETRY = {"d", "points", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1"}
GEOMETRY |= {"x2", "y2", "transform", "fill-rule", "clip-rule", "stroke-width"}
GEOMETRY |= {"stroke-linecap", "stroke-linejoin", "stroke-miterlimit"}
# Numbers, commands of a path, functions of a transform, words such as evenodd; no address.
PLAIN = re.compile(r"[\w\s.,()+-]*", re.ASCII)
VIEW_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+[\d.]+[\s,]+[\d.]+\s*")
LENGTH = re.compile(r"([\d.]+)(?:px)?")


class WordmarkError(ValueError):
    """A drawing that cannot be a wordmark; `code` is not_svg, too_large, empty or no_size."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def sanitize_wordmark(data: bytes) -> str:
    """Return the shapes of an SVG file as one svg element, in the colour of the text around it.

    Kept are shapes and groups with their geometry, and what is not painted. Everything else is
    left out: scripts, styles, events, text, links, pictures, references, colours. Raises
    WordmarkError.
    """
    if len(data) > LARGEST_FILE:
        raise WordmarkError("too_large")
    try:
        root = fromstring(data, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise WordmarkError("not_svg") from None
    if root.tag != f"{SVG}svg":
        raise WordmarkError("not_svg")
    try:
        shapes = "".join(map(_shape, root))
    except RecursionError:  # groups in groups, thousands deep
        raise WordmarkError("too_large") from None
    if not re.search(f"<(?:{'|'.join(SHAPES)}) ", shapes):
        raise WordmarkError("empty")
    text = f'<svg viewBox="{_view_box(root)}" fill="currentColor" aria-hidden="true">{shapes}</svg>'
    if len(text) > LARGEST:
        raise WordmarkError("too_large")
    return text


def _shape(element: Element) -> str:
    name = str(element.tag).removeprefix(SVG)
    if name == "g":
        return f"<g{_attributes(element)}>{''.join(map(_shape, element))}</g>"
    return f"<{name}{_attributes(element)}/>" if name in SHAPES else ""


def _attributes(element: Element) -> str:
    kept = {
        name: " ".join(value.split())
        for name, value in element.attrib.items()
        if name in GEOMETRY and PLAIN.fullmatch(value)
    }
    for name in ("fill", "stroke"):
        if name in element.attrib:
            kept[name] = "none" if element.attrib[name].strip() == "none" else "currentColor"
    return "".join(f" {name}={quoteattr(value)}" for name, value in kept.items())


def _view_box(root: Element) -> str:
    """Return the view box of a drawing, or the one that its width and height mean."""
    given = root.attrib.get("viewBox", "")
    if VIEW_BOX.fullmatch(given):
        return " ".join(given.replace(",", " ").split())
    sizes = [LENGTH.fullmatch(root.attrib.get(name, "")) for name in ("width", "height")]
    if None in sizes:
        raise WordmarkError("no_size")
    return " ".join(["0 0", *(size[1] for size in sizes)])
