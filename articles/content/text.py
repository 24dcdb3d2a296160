"""Plain text as a newsroom counts and cuts it: 字, sentences, excerpts. No Django here."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# A sentence ends after 。！？ and their closing quotes.
# As many digits as fit every column of keys.
ID = re.compile(r"[0-9]{1,18}")
SENTENCE = re.compile(r".*?[。！？][”’』」）》]*|.+$", re.S)
CLAUSE_END = re.compile(r"[，。；：！？—]")
FULL_STOP = re.compile("[。！？]")
FULL_STOPS = ("。", "！", "？")


def parse_id(text: object) -> int | None:
    """Return the number that a text from outside is, such as a key; None for anything else."""
    return int(str(text)) if ID.fullmatch(str(text)) else None


def count(text: str) -> int:
    """Return the number of 字: every character but white space, punctuation included."""
    return sum(map(len, text.split()))


def opening(text: str, *, least: int = 8) -> str:
    """Return the first clause of at least `least` characters, without its final mark."""
    for end in CLAUSE_END.finditer(text):
        if end.start() >= least:
            return text[: end.start()]
    return text


def excerpt(paragraphs: Iterable[str], budget: int) -> tuple[str, ...]:
    """Return the opening paragraphs of a text, at most about `budget` 字.

    Takes whole paragraphs, then whole sentences; skips paragraphs without 。！？ (subheads). The
    first sentence is included whatever its length. Paragraphs are read only as far as needed.
    """
    found: list[str] = []
    for paragraph in paragraphs:
        if not FULL_STOP.search(paragraph):
            continue
        if count(paragraph) > budget or not ends_well(paragraph):
            opening = _whole_sentences(paragraph, budget, is_first=not found)
            return (*found, opening) if opening else tuple(found)
        found.append(paragraph)
        budget -= count(paragraph)
    return tuple(found)


class Sentence(NamedTuple):
    """A sentence: its words, whether it opens a paragraph, whether an excerpt may end there."""

    words: str
    is_opening: bool
    is_end: bool


def sentences(paragraphs: Iterable[str], most: int) -> list[Sentence]:
    """Return the sentences of which an excerpt is made, up to about `most` 字, the last one an end.

    Paragraphs without 。！？ (subheads) are skipped, but for one that ends in ：, which is taken
    with the next. Words after the last full stop of a paragraph are taken with the next, too. A
    text without any full stop, such as a poem, is taken by whole paragraphs.
    """
    paragraphs, found = list(paragraphs), []
    for paragraph in paragraphs:
        if not FULL_STOP.search(paragraph) and not _announces(paragraph):
            if found and _announces(found[-1].words):
                break
            continue
        for at, words in enumerate(SENTENCE.findall(paragraph)):
            found.append(Sentence(words, at == 0, ends_well(words)))
        most -= count(paragraph)
        if most <= 0 and found[-1].is_end:
            break
    while found and not found[-1].is_end:
        found.pop()
    return found or [Sentence(words, True, True) for words in paragraphs if words.strip()]


def _announces(paragraph: str) -> bool:
    """Tell whether a paragraph ends in a colon: what it announces is in the next one."""
    return paragraph.rstrip().endswith("：")


def ends_well(paragraph: str) -> bool:
    """Tell whether a paragraph ends with a full stop, closing quotes aside."""
    return paragraph.rstrip().rstrip("”’』」）》").endswith(FULL_STOPS)


def _whole_sentences(paragraph: str, budget: int, *, is_first: bool) -> str:
    found = ""
    for sentence in SENTENCE.findall(paragraph):
        budget -= count(sentence)
        if not ends_well(sentence) or (budget < 0 and (found or not is_first)):
            break
        found += sentence
    return found
