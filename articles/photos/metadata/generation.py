"""Find the marks by which programs say that they made a picture up. No Django here.

GB 45438-2025: a field AIGC, in XMP (TC260:AIGC), in a text of a PNG or in EXIF, that holds JSON
whose Label is 1 (generated), 2 (possibly) or 3 (suspected). IPTC: digitalSourceType, in XMP and in
the signed manifests of C2PA. Both are searched for as bytes, wherever a program has put them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Mark(NamedTuple):
    """What a picture file says: a kind of `models.photo.Generated`, and how it says it."""

    kind: str = ""
    source: str = ""


# From the strongest statement to the weakest.
KINDS = ("generated", "composite", "possible", "suspected")
LABELS = {b"1": "generated", b"2": "possible", b"3": "suspected"}
SOURCES = {
    b"trainedAlgorithmicMedia": "generated",
    b"compositeWithTrainedAlgorithmicMedia": "composite",
    b"compositeSynthetic": "composite",
}
# Quotation marks may be escaped, as XML or as JSON in JSON.
QUOTES = rb"""(?:&quot;|&\#34;|&\#x22;|[\s"'\\:=])*"""
LABEL = re.compile(rb"AIGC.*?Label" + QUOTES + rb"([123])(?!\d)", re.S)
NAMESPACE = b"tc260.org.cn/ns/AIGC"
SOURCE = re.compile(rb"""[/:"'>](%s)\b""" % b"|".join(SOURCES))
# How far before and behind these bytes a mark reaches, and how many of them are looked at.
LABEL_AT, LABEL_REACH = b"AIGC", (0, 2_000)
SOURCE_AT, SOURCE_REACH = (b"rainedAlgorithmicMedia", b"compositeSynthetic"), (24, 40)
MOST = 50
# As much of a file as UTF-16 is looked for in.
HEAD = 1 << 20


def find_mark(data: bytes, texts: Iterable[str] = ()) -> Mark:
    """Return the strongest mark of a file, of its bytes and of its texts that are compressed."""
    searched = [data, data[:HEAD].replace(b"\0", b"")]
    searched.append("\n".join(texts).encode("utf-8", "replace"))
    marks = [mark for each in searched for mark in _marks(each)]
    return min(marks, key=lambda mark: KINDS.index(mark.kind), default=Mark())


def _marks(data: bytes) -> Iterator[Mark]:
    if NAMESPACE in data:
        yield Mark("suspected", "AIGC")
    for part in _around(data, LABEL_AT, LABEL_REACH):
        if found := LABEL.match(part):
            yield Mark(LABELS[found[1]], f"AIGC Label {found[1].decode()}")
    for part in (part for at in SOURCE_AT for part in _around(data, at, SOURCE_REACH)):
        if found := SOURCE.search(part):
            yield Mark(SOURCES[found[1]], f"digitalSourceType {found[1].decode()}")


def _around(data: bytes, wanted: bytes, reach: tuple[int, int]) -> Iterator[bytes]:
    """Iterate over the bytes around the first places of some bytes."""
    at = -1
    for _number in range(MOST):
        at = data.find(wanted, at + 1)
        if at < 0:
            return
        yield data[max(0, at - reach[0]) : at + reach[1]]
