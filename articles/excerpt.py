"""The opening of an article, cut after a whole sentence to the space it has. No Django here."""

import re
from collections.abc import Iterable, Iterator

from articles import body, text

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
FULL_STOP = re.compile("[。！？]")
FULL_STOPS = ("。", "！", "？")


def paragraphs(markup: str) -> Iterator[str]:
    """Yield the words of each paragraph of a stored body, read only as far as they are asked."""
    for found in PARAGRAPH.finditer(markup):
        yield body.plain(found[1])


def excerpt(paragraphs: Iterable[str], budget: int) -> tuple[str, ...]:
    """Return the opening paragraphs of a text, at most about `budget` 字.

    Whole paragraphs are taken, then whole sentences; a paragraph without 。！？ (a subhead, a
    list of key words) is skipped. The first sentence is taken whatever its length. Paragraphs
    are read only as far as they are needed.
    """
    taken: list[str] = []
    for paragraph in paragraphs:
        if not FULL_STOP.search(paragraph):
            continue
        length = text.count(paragraph)
        if length > budget or not ends_well(paragraph):
            opening = _whole_sentences(paragraph, budget, is_first=not taken)
            return (*taken, opening) if opening else tuple(taken)
        taken.append(paragraph)
        budget -= length
    return tuple(taken)


def ends_well(paragraph: str) -> bool:
    """Tell whether a paragraph ends with a full stop, closing quotes aside."""
    return paragraph.rstrip().rstrip("”’』」）》").endswith(FULL_STOPS)


def _whole_sentences(paragraph: str, budget: int, *, is_first: bool) -> str:
    taken = ""
    for sentence in text.sentences(paragraph):
        budget -= text.count(sentence)
        if not ends_well(sentence) or (budget < 0 and (taken or not is_first)):
            break
        taken += sentence
    return taken
