"""Headlines as HTML that breaks between words. No Django here; the results are safe HTML."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

import rjieba

from .text import count

DASHES = "—－-―─"
# Words that are not separated from what follows them.
LEANING = frozenset("暨和与在将把被对从向让为于及或并超环跨可第不")
MEASURES = "年月日时分秒个亿万千百十元吨亩次名位人岁级度条项届米公里斤件家所户场座辆周期号版倍成小"
OPENING = "“‘《〈（(【「『[{"
CLOSING = "”’》〉）)】」』]}，。、；：！？…—,.;:!?%％·×"
# A short name in quotes or brackets is one piece, as in “青蓝工程”.
NAMED = re.compile(r"([“‘《〈（(【「『][^“‘《〈（(【「『”’》〉）)】」』\s]{1,8}[”’》〉）)】」』])")


def display_headline(headline: str) -> str:
    """Return a headline for display sizes: a space in it is also a line break.

    The text content stays the headline to the character.
    """
    return list_headline(headline, space=" <br>")


@lru_cache(maxsize=8192)
def list_headline(headline: str, *, space: str = " ") -> str:
    """Return a headline for lists: a space in it is just a space."""
    parts = [map(escape, units(part)) for part in headline.split(" ")]
    return space.join("<wbr>".join(part) for part in parts)


def secondary_line(line: str) -> str:
    """Return a kicker or deck without the dashes that tie it to the headline in print."""
    return list_headline(line.strip(DASHES + " \u3000")) if line else ""


def is_short(headline: str) -> bool:
    """Tell whether a headline is set larger for being short."""
    return count(headline) <= 10


def units(headline: str) -> tuple[str, ...]:
    """Cut a headline into pieces that a line may not break; joined again they are the text.

    Words come from a dictionary; a lone character joins its neighbour, punctuation and
    numbers stay with what they belong to.
    """
    pieces: list[str] = []
    for word in _words(headline):
        if pieces and _sticks(pieces[-1], word, is_second=len(pieces) == 1):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(pieces)


def _words(headline: str) -> Iterator[str]:
    """Yield the words of a headline; names in quotes or brackets come whole."""
    for part in NAMED.split(headline):
        if NAMED.fullmatch(part):
            yield part
        elif part:
            for word in rjieba.cut(part, hmm=True):
                yield from _unglued(word)


def _unglued(word: str) -> list[str]:
    """Return a guessed pair such as 季在 as two words, where the dictionary has no such word."""
    if len(word) == 2 and word[1] in LEANING:
        return rjieba.cut(word, hmm=False)
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
