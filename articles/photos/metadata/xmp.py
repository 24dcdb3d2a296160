"""Read XMP, the metadata in XML of newer programs. No Django here."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
NAMES = {
    "{http://purl.org/dc/elements/1.1/}description": "caption",
    "{http://purl.org/dc/elements/1.1/}creator": "byline",
    "{http://purl.org/dc/elements/1.1/}subject": "keywords",
    f"{PHOTOSHOP}Headline": "headline",
    f"{PHOTOSHOP}Credit": "credit",
    f"{PHOTOSHOP}Source": "source",
    f"{PHOTOSHOP}City": "city",
    f"{PHOTOSHOP}State": "province",
    f"{PHOTOSHOP}DateCreated": "date",
    f"{CORE}Location": "location",
    f"{EXTENSION}PersonInImage": "people",
    "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal": "date",
}
# Captions take a few thousand bytes; what is longer than this is not read.
MOST_BYTES = 1_000_000
MOST_VALUES = 1_000


def read_xmp(packet: object) -> Mapping[str, list[str]]:
    """Return the values by name, in their order; of several languages the Chinese one.

    A packet that is malformed, too long or has entities gives nothing; nothing is raised.
    """
    root, values = _root(packet), {}
    for name, text in () if root is None else _properties(root):
        values.setdefault(name, []).append(text)
    return {name: texts[:MOST_VALUES] for name, texts in values.items()}


def _root(packet: object) -> Element | None:
    """Return the root of a packet that can be read."""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    if not isinstance(packet, bytes) or len(packet) > MOST_BYTES:
        return None
    try:
        return fromstring(packet.strip(b"\0 \r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    """Iterate over the properties, written as elements or as attributes."""
    for element in root.iter():
        for key, value in element.items():
            if key in NAMES:
                yield NAMES[key], value
        if element.tag in NAMES:
            yield from ((NAMES[element.tag], text) for text in _texts(element))


def _texts(element: Element) -> list[str]:
    """Return the texts of a property: of its items, of one language, or its own."""
    items = [item for item in element.iter(f"{RDF}li") if item.text]
    languages = {item.get(LANGUAGE): item.text for item in reversed(items)}
    if None in languages or not items:
        return [item.text for item in items] or [element.text or ""]
    return [languages[min(languages, key=_preference)]]


def _preference(language: str) -> tuple[bool, bool]:
    """Return a key by which Chinese comes first, and then the default."""
    return not language.lower().startswith("zh"), language != "x-default"
