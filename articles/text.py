"""Words as a newsroom counts and cuts them: 字, sentences, word boundaries. No Django here."""

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

SENTENCE = re.compile(r".*?[。！？][”’』」）》]*|.+$", re.S)
CLAUSE_END = re.compile(r"[，。；：！？—]")


def count(text: str) -> int:
    """Return the number of 字: every character but white space, punctuation included."""
    return sum(map(len, text.split()))


def sentences(text: str) -> list[str]:
    """Cut text after 。！？ and their closing quotes; joined again they are the text."""
    return SENTENCE.findall(text)


def opening(text: str, *, least: int = 8) -> str:
    """Return the first clause of at least `least` characters, without its final mark."""
    for end in CLAUSE_END.finditer(text):
        if end.start() >= least:
            return text[: end.start()]
    return text


# Words that stand with what follows them, in headlines.
LEANING = frozenset("暨和与在将把被对从向让为于及或并超环跨可第不")
MEASURES = "年月日时分秒个亿万千百十元吨亩次名位人岁级度条项届米公里斤件家所户场座辆周期号版倍成小"
OPENING = "“‘《〈（(【「『[{"
CLOSING = "”’》〉）)】」』]}，。、；：！？…—,.;:!?%％·×"
# A short name in quotes or brackets is one piece, as in “青蓝工程”.
NAMED = re.compile(r"([“‘《〈（(【「『][^“‘《〈（(【「『”’》〉）)】」』\s]{1,8}[”’》〉）)】」』])")


@lru_cache(maxsize=8192)
def units(text: str) -> tuple[str, ...]:
    """Cut a headline into pieces that a line may not break; joined again they are the text.

    Words come from a dictionary; a lone character joins its neighbour, punctuation and
    numbers stay with what they belong to.
    """
    pieces: list[str] = []
    for word in _words(text):
        if pieces and _sticks(pieces[-1], word, is_second=len(pieces) == 1):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(pieces)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text; names in quotes or brackets come whole."""
    for part in NAMED.split(text):
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
