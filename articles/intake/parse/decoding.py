"""Decode the bytes of a raw page, also where some of them are damaged; name what is wrong."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.content import characters

from .raw_text import is_han

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LOST = "\ufffd"
LOST_RUN = re.compile(f"{LOST}+")
# A text in which more than every twentieth character is damaged is none in this encoding.
FEWEST_GOOD = 20
# Where a byte was lost is searched in lines of this length; no line of a page is longer.
LONGEST_LINE = 2_000
MOST_DAMAGED_LINES = 20
# The 3,755 common characters of GB2312, ASCII and the usual punctuation; the most frequent ones.
COMMON = frozenset(
    bytes(
        code
        for first in range(0xB0, 0xD8)
        for second in range(0xA1, 0xFF)
        for code in (first, second)
    ).decode("gb18030", "ignore")
    + "".join(map(chr, range(0x20, 0x7F)))
    + "　，。、；：？！…—·“”‘’（）《》"
)
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制"
    "机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新区镇村"
    "，。“”（）"
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file with line ends as \\n; `problems` are codes to show to a person."""

    text: str
    encoding: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether the text may be parsed at all."""
        return "undecodable" not in self.problems


def decode(raw: bytes) -> DecodedText:
    """Decode a file: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030.

    A few damaged bytes are no reason to refuse it: each such place is a U+FFFD.
    """
    for encoding in _candidates(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            text = DAMAGED[encoding](raw)
            if not _is_mostly_good(text):
                continue
        return DecodedText(characters.end_lines(text), encoding, tuple(_problems(text)))
    return DecodedText("", "", ("undecodable",))


def _candidates(raw: bytes) -> tuple[str, ...]:
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return (encoding,)
    return ("utf-8", "gb18030")


def _decode_damaged(encoding: str) -> Callable[[bytes], str]:
    """Return a function that decodes bytes with one U+FFFD for each damaged place."""
    return lambda raw: LOST_RUN.sub(LOST, raw.decode(encoding, "replace"))


def _decode_damaged_gb18030(raw: bytes) -> str:
    """Return the text with one U+FFFD in each damaged line, as far as that makes it whole.

    A lost byte shifts all characters up to the end of its line: the lines are decoded alone.
    """
    lines, damaged = [], 0
    for line in raw.split(b"\n"):
        try:
            lines.append(line.decode("gb18030"))
        except UnicodeDecodeError:
            damaged += 1
            is_short = len(line) <= LONGEST_LINE and damaged <= MOST_DAMAGED_LINES
            whole = _without_lost_byte(line) if is_short else None
            lines.append(whole or LOST_RUN.sub(LOST, line.decode("gb18030", "replace")))
    return "\n".join(lines)


def _without_lost_byte(line: bytes) -> str | None:
    """Return a line with U+FFFD for the one byte whose partner was lost, or None.

    Of all places at which the rest is text, it is the one with the most common characters.
    """
    found: list[str] = []
    for at in range(len(line)):
        try:
            found.append(line[:at].decode("gb18030") + LOST + line[at + 1 :].decode("gb18030"))
        except UnicodeDecodeError:
            continue
    return max(found, key=_common, default=None)


def _common(text: str) -> int:
    """Return how many characters are common ones; the most frequent count twice more."""
    return sum((each in COMMON) + 2 * (each in FREQUENT) for each in text)


DAMAGED = {
    **{name: _decode_damaged(name) for name in ("utf-8", "utf-8-sig", "utf-16")},
    "gb18030": _decode_damaged_gb18030,
}


def _is_mostly_good(text: str) -> bool:
    return "\x00" not in text and sum(map(is_han, text)) >= FEWEST_GOOD * text.count(LOST)


def _problems(text: str) -> Iterator[str]:
    """Yield the codes of what may be wrong with the file."""
    if not text.strip():
        yield "empty"
    if "\x00" in text:
        yield "binary"
    if characters.find_invisible(text):
        yield "stray-characters"
    if _share(text, _is_lost) > 0:
        yield "lost-characters"
    if text.strip() and _share(text, is_han) < 0.2:
        yield "little-chinese"


def _share(text: str, test: Callable[[str], bool]) -> float:
    sample = text[:20000]
    return sum(map(test, sample)) / max(1, len(sample))


def _is_lost(character: str) -> bool:
    return character in "\ufffd〓" or "\ue000" <= character <= "\uf8ff"
