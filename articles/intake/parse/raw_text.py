"""Raw text of a page: split it into lines, classify its punctuation."""

from dataclasses import dataclass

from articles.content import characters

STOPS = "。！？…!?"
PAUSES = "，、；,;"
CLOSERS = "”’」』）》〉】〕)]"
PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "「": "」", "『": "』", "〔": "〕"}
# A no-break space is set inside lines, never before them.
INDENTS = ("\u3000\u3000", "  ", " \u3000", "\u3000 ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words on it; `number` counts from 1, `gap` the empty lines above it."""

    number: int
    text: str
    gap: int = 0
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class InvisibleCharacter:
    """A character that prints nothing and was removed from a line."""

    line: int
    character: str


def read_lines(text: str) -> tuple[list[Line], list[InvisibleCharacter]]:
    """Return the lines that are not empty, and the invisible characters removed from them."""
    lines, removed, gap = [], [], 0
    is_clean = not characters.find_invisible(text)
    for number, raw in enumerate(characters.end_lines(text).split("\n"), 1):
        clean = raw if is_clean else characters.strip_invisible(raw)
        if len(clean) < len(raw):
            strays = characters.find_invisible(raw).elements()
            removed += [InvisibleCharacter(number, each) for each in strays]
        words = clean.strip()
        if words:
            lines.append(Line(number, words, gap, clean[0].isspace() and _is_indented(clean)))
        gap = 0 if words else gap + 1
    return lines, removed


def _is_indented(row: str) -> bool:
    return row[:2] in INDENTS or row[:1] == "\t"


def squash(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


def ending(text: str) -> str:
    """Classify how a line ends: stop, colon, pause, dash, quote, paren, title or none."""
    core = text.rstrip(CLOSERS)
    if not core:
        return "none"
    if core[-1] in STOPS:
        return "stop"
    if len(core) < len(text):
        return {"”": "quote", "’": "quote", "」": "quote", "）": "paren", ")": "paren"}.get(
            text[-1], "title"
        )
    return _bare_ending(core[-1])


def _bare_ending(last: str) -> str:
    if last in PAUSES:
        return "pause"
    if last in "：:":
        return "colon"
    return "dash" if last in "—–" else "none"


def left_open(text: str) -> str:
    """Return the opening marks that the text does not close, in the order of PAIRS."""
    return "".join(left for left, right in PAIRS.items() if text.count(left) > text.count(right))


def closes_unopened(text: str) -> bool:
    """Tell whether the text closes a quotation or bracket that it did not open."""
    for left, right in (("“", "”"), ("（", "）"), ("《", "》")):
        end = text.find(right)
        if end >= 0 and not 0 <= text.find(left) < end:
            return True
    return False


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one (basic block, extension A, the rare planes)."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
