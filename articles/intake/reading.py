"""From the bytes of a file to text: which encoding, and what is wrong with it."""

from dataclasses import dataclass

from .marks import STRAY, is_han

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a file with line ends as \\n; `problems` are codes a person should see."""

    text: str
    encoding: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Say whether the text may be parsed at all."""
        return "undecodable" not in self.problems


def read(raw: bytes) -> Text:
    """Decode a file: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030."""
    for encoding in _candidates(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Text(_line_ends(text), encoding, tuple(_problems(text)))
    return Text("", "", ("undecodable",))


def _candidates(raw: bytes) -> tuple[str, ...]:
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return (encoding,)
    return ("utf-8", "gb18030")


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _problems(text: str):
    """Yield what a person should know before trusting the words."""
    if not text.strip():
        yield "empty"
    if "\x00" in text:
        yield "binary"
    if any(c in text for c in STRAY):
        yield "stray-characters"
    if _share(text, _is_lost) > 0:
        yield "lost-characters"
    if text.strip() and _share(text, is_han) < 0.2:
        yield "little-chinese"


def _share(text: str, test) -> float:
    sample = text[:20000]
    return sum(map(test, sample)) / max(1, len(sample))


def _is_lost(character: str) -> bool:
    return character in "\ufffd〓" or "\ue000" <= character <= "\uf8ff"
