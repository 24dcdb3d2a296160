"""Read IPTC-IIM, the captions of photo desks, of the Photoshop block of a JPEG. No Django here."""

import struct
from collections.abc import Mapping

# The resource of the Photoshop block, and the datasets of record 2 that are read.
RESOURCE = 0x0404
NAMES = {
    5: "title",
    25: "keywords",
    55: "date",
    80: "byline",
    90: "city",
    92: "location",
    95: "province",
    105: "headline",
    110: "credit",
    115: "source",
    120: "caption",
}
EXTENDED = 0x8000
MOST_VALUES = 1_000


def read_iptc(block: object) -> Mapping[str, list[str]]:
    """Return the values by name, in their order, of the Photoshop block of a file.

    What is malformed ends the reading; nothing is raised.
    """
    data = block.get(RESOURCE) if isinstance(block, dict) else None
    found = datasets(data) if isinstance(data, bytes) else []
    texts = decode([value for _, value in found])
    values: dict[str, list[str]] = {}
    for (name, _), text in zip(found, texts, strict=True):
        values.setdefault(name, []).append(text)
    return values


def datasets(data: bytes) -> list[tuple[str, bytes]]:
    """Return the datasets that are read, as (name, value)."""
    found, at = [], 0
    while at + 5 <= len(data) and data[at] == 0x1C and len(found) < MOST_VALUES:
        record, number, length = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if length & EXTENDED:
            digits = length & ~EXTENDED
            length, at = int.from_bytes(data[at : at + digits][:8], "big"), at + digits
        if record == 2 and number in NAMES:
            found.append((NAMES[number], data[at : at + length]))
        at += length
    return found


def decode(values: list[bytes]) -> list[str]:
    """Decode the values of one file: all in UTF-8 if that is what they are, else in GB18030.

    Older Chinese programs write GBK and do not say so; some say that it is UTF-8.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return [value.decode(encoding) for value in values]
        except UnicodeDecodeError:
            continue
    return [value.decode("gb18030", "replace") for value in values]
