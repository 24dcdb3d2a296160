"""XML of Office documents with short names: `w:p` for a paragraph, in either standard.

Word writes the transitional standard, some programs the strict one, with other namespaces for
the same elements. Here both have the same names.
"""

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .errors import DocumentRefusedError, Reason, refuse

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    MAIN: "w",
    f"{STRICT}wordprocessingml/main": "w",
    f"{OFFICE}relationships": "r",
    f"{STRICT}officeDocument/relationships": "r",
    f"{OFFICE}math": "m",
    f"{STRICT}officeDocument/math": "m",
    f"{DRAWING}main": "a",
    f"{STRICT}drawingml/main": "a",
    f"{DRAWING}picture": "pic",
    f"{STRICT}drawingml/picture": "pic",
    f"{DRAWING}wordprocessingDrawing": "wp",
    f"{STRICT}drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "": "",
}
DEEPEST = 150


def parse_xml(data: bytes) -> Element:
    """Return a part's tree with short names. Raises DocumentRefusedError.

    Entities and DTDs are refused. The caller sees to it that there are not too many tags.
    """
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DocumentRefusedError(Reason.BROKEN) from error
    _shorten(root)
    return root


def _shorten(root: Element) -> None:
    """Give all elements and attributes their short names."""
    level, depth = [root], 0
    while level:
        depth += 1
        refuse(Reason.BROKEN, when=depth > DEEPEST)
        for element in level:
            element.tag = short_name(element.tag)
            attributes = {short_name(key): value for key, value in element.attrib.items()}
            element.attrib.clear()
            element.attrib.update(attributes)
        level = [child for element in level for child in element]


@lru_cache(maxsize=2048)
def short_name(name: str) -> str:
    """Return the name with its usual prefix; `?:` where the namespace is none of Word's."""
    namespace, _, local = name[1:].partition("}") if name[:1] == "{" else ("", "", name)
    prefix = PREFIXES.get(namespace, "?")
    return f"{prefix}:{local}" if prefix else local


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child, or grandchild, of these names; None where there is none."""
    for name in names:
        if element is not None:
            element = next((each for each in element if each.tag == name), None)
    return element


def value(element: Element | None, *names: str) -> str:
    """Return the `w:val` of a descendant; empty where there is none."""
    found = child(element, *names)
    return found.get("w:val", "") if found is not None else ""


def whole_number(text: str, *, default: int) -> int:
    """Return the number that an attribute says; the default for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default


def is_on(element: Element | None) -> bool:
    """Tell whether a property that is there is switched on."""
    return element is not None and element.get("w:val") not in ("0", "false", "off")


def text_of(element: Element) -> str:
    """Return the words of an element, the deleted ones too."""
    return "".join(found.text or "" for found in _texts(element))


def _texts(element: Element) -> Iterator[Element]:
    yield from (each for each in element.iter() if each.tag in ("w:t", "w:delText", "m:t"))
