"""Headlines as HTML that breaks between words. No Django here; the results are safe HTML."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from . import words
from .text import count

DASHES = "—－-―─"
# Words that are not separated from what follows them.
LEANING = frozenset("暨和与在将把被对从向让为于及或并超环跨可第不")
MEASURES = "年月日时分秒个亿万千百十元吨亩次名位人岁级度条项届米公里斤件家所户场座辆周期号版倍成小"
OPENING = "“‘《〈（(【「『[{"
CLOSING = "”’》〉）)】」』]}，。、；：！？…—,.;:!?%％·×"
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff〇]")
BRACKETS = (OPENING, "”’》〉）)】」』]}")
PLAIN, OPEN, CLOSE = "[^“‘《〈（(【「『”’》〉）)】」』]", "[“‘《〈（(【「『]", "[”’》〉）)】」』]"
# A name in quotes or brackets; one of at most HELD 字 is one piece, as in “青蓝工程”. The first
# pattern is for one that holds another one, as in （新中国的“第一”）.
NAMED = re.compile(f"({OPEN}{PLAIN}+{CLOSE})")
NESTED = re.compile(f"({OPEN}(?:{PLAIN}|{OPEN}{PLAIN}*{CLOSE})+{CLOSE})")
HELD = 10
# What a browser breaks inside a name.
BREAKABLE = re.compile(f"{OPEN}.*[、，。·；：！？…—”’]+(?!$)[^”’》〉）)】」』].*{CLOSE}")
# What it breaks before, within a piece: a bracket, a sign of addition.
INNER = re.compile(f"(?<=[^{re.escape(OPENING)}])[{re.escape(OPENING)}+]")
# Latin words and figures join the word beside them up to so many characters.
LONGEST_JOINED = 10
# 字 of each half of a headline that is set in two lines: more would not fit a line.
HALF = range(4, 17)
# The first line of a headline of two lines, whose end is drawn by the style sheet: copied, it is
# the space that is stored.
FIRST_LINE = '<span class="b">{} </span>{}'


@lru_cache(maxsize=2048)
def display_headline(headline: str) -> str:
    """Return a headline for display sizes: a space in it can also be the end of a line.

    The house prints a headline of two lines with a space. It becomes a line break only between two
    Han characters outside brackets, where both halves have 4 to 16 字, and at most once.
    """
    text = " ".join(headline.split())
    at = _break_point(text)
    if at is None:
        return list_headline(text)
    return FIRST_LINE.format(list_headline(text[:at]), list_headline(text[at + 1 :]))


def has_two_lines(headline: str) -> bool:
    """Tell whether a headline is set in two lines in display sizes."""
    return _break_point(" ".join(headline.split())) is not None


@lru_cache(maxsize=8192)
def list_headline(headline: str) -> str:
    """Return a headline for lists: a run of spaces in it is one space."""
    parts, word = [], False
    for unit in units(" ".join(headline.split())):
        is_space = unit == " "
        if word and not is_space:
            parts.append("<wbr>")
        parts.append(" " if is_space else _unit_html(unit))
        word = not is_space
    return "".join(parts)


def _unit_html(unit: str) -> str:
    """Return a piece as HTML; one that a browser could break is held together by its class.

    Browsers break at spaces, after punctuation, as in “不忘初心、牢记使命”, and before brackets.
    """
    text = escape(unit)
    is_held = " " in unit or BREAKABLE.search(unit) or INNER.search(unit)
    return f'<span class="k">{text}</span>' if is_held else text


def _break_point(text: str) -> int | None:
    """Return the index of the space at which a headline is set in two lines, or None."""
    if " " not in text:
        return None
    found, depth = [], 0
    for at, character in enumerate(text):
        depth += (character in BRACKETS[0]) - (character in BRACKETS[1])
        if character == " " and depth == 0 and HAN.match(text, at - 1) and HAN.match(text, at + 1):
            before, after = count(text[:at]), count(text[at:])
            if before in HALF and after in HALF:
                found.append((abs(before - after), at))
    return min(found)[1] if found else None


def secondary_line(line: str) -> str:
    """Return a kicker or deck without the dashes that tie it to the headline in print."""
    return list_headline(line.strip(DASHES + " \u3000")) if line else ""


def is_short(headline: str) -> bool:
    """Tell whether a headline is set larger for being short."""
    return count(headline) <= 10


def units(headline: str) -> tuple[str, ...]:
    """Cut a headline into pieces that a line may not break; joined again they are the text.

    Words come from a dictionary; a lone character joins its neighbour, punctuation and
    numbers stay with what they belong to. A space between two pieces is a piece of its own.
    """
    pieces: list[str] = []
    for word in _words(headline):
        if pieces and _sticks(pieces[-1], word, is_second=len(pieces) == 1):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(_latin_joined(pieces) if HAN.search(headline) else pieces)


def _latin_joined(pieces: list[str]) -> list[str]:
    """Join each piece without Han characters to the next one, else to the one before.

    So that no line of a headline consists of a Latin word or a figure alone.
    """
    found, ahead = [], deque(pieces)
    while ahead:
        piece = ahead.popleft()
        if HAN.search(piece) or piece == " ":
            found.append(piece)
            continue
        space = " " if ahead and ahead[0] == " " else ""
        after = ahead[len(space)] if len(ahead) > len(space) else ""
        if after and len(piece + space + after) <= LONGEST_JOINED:
            for _ in range(1 + len(space)):
                ahead.popleft()
            ahead.appendleft(piece + space + after)
        else:
            found[:] = _joined_to_last(found, piece)
    return found


def _joined_to_last(pieces: list[str], piece: str) -> list[str]:
    space = " " if pieces and pieces[-1] == " " else ""
    before = pieces[-1 - len(space)] if len(pieces) > len(space) else ""
    joined = before + space + piece
    if not before or len(joined) > LONGEST_JOINED:
        return [*pieces, piece]
    return [*pieces[: -1 - len(space)], joined]


def _words(headline: str, patterns: Sequence[re.Pattern] = (NESTED, NAMED)) -> Iterator[str]:
    """Yield the words of a headline; names in quotes or brackets come whole."""
    if not patterns:
        for word in words.cut(headline, hmm=True):
            yield from _unglued(word)
        return
    for part in filter(None, patterns[0].split(headline)):
        if patterns[0].fullmatch(part) and count(part) <= HELD + 2:
            yield part
        else:
            yield from _words(part, patterns[1:])


def _unglued(word: str) -> list[str]:
    """Return a guessed pair such as 季在 as two words, where the dictionary has no such word."""
    if len(word) == 2 and word[1] in LEANING:
        return words.cut(word, hmm=False)
    return [word]


def _sticks(before: str, word: str, *, is_second: bool) -> bool:
    if word[0] in CLOSING or before[-1] in OPENING or before[-1] == "×":
        return True
    if word.isspace() or before.isspace() or word[0] in OPENING:
        return False
    if before in LEANING or (is_second and len(before) == 1 and before not in CLOSING):
        return True
    if before[-1].isascii() and before[-1].isalnum():
        return len(word) <= 2 or word[0] in MEASURES
    return len(word) == 1 and word not in LEANING and before[-1] not in CLOSING
