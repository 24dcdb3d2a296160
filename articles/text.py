"""Words as a newsroom counts and cuts them: 字, sentences, word boundaries. No Django here."""

import re
from functools import lru_cache

import rjieba

SENTENCE = re.compile(r".*?[。！？][”’』」）》]*|.+$", re.S)
CLAUSE_END = re.compile(r"[，。；：！？—]")


def count(text: str) -> int:
    """Return the number of 字: every character but white space, punctuation included."""
    return len(text) - sum(map(str.isspace, text))


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
LEANING = frozenset("暨和与在将把被对从向让为于及或并的")
OPENING = "“‘《〈（(【「『[{"
CLOSING = "”’》〉）)】」』]}，。、；：！？…—,.;:!?%％"


@lru_cache(maxsize=8192)
def units(text: str) -> tuple[str, ...]:
    """Cut a headline into pieces that a line may not break; joined again they are the text.

    Words come from a dictionary; a lone character joins its neighbour, punctuation and
    numbers stay with what they belong to.
    """
    pieces: list[str] = []
    for word in rjieba.cut(text, hmm=True) if text else []:
        if pieces and _sticks(pieces[-1], word):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(pieces)


def _sticks(before: str, word: str) -> bool:
    if word[0] in CLOSING or before[-1] in OPENING:
        return True
    if word.isspace() or before.isspace() or word[0] in OPENING:
        return False
    if before in LEANING:
        return True
    if before[-1].isascii() and before[-1].isalnum():
        return True
    return len(word) == 1 and word not in LEANING and before[-1] not in CLOSING
