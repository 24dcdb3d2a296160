"""The terms under which a text is indexed: its characters and its overlapping pairs."""

from collections.abc import Iterable, Iterator
from operator import add

# No query holds them: normalised text has no control characters.
PARAGRAPH_END, SECTION_END, FACET_JOINT = "\x01", "\x02", "\x03"


def pairs(text: str) -> Iterator[str]:
    """Iterate over the overlapping pairs of characters of a text: 中华人 → 中华, 华人."""
    return map(add, text, text[1:])


def terms_of(word: str) -> list[str]:
    """Return the terms that a text with a word has: its pairs, or itself if it is one character."""
    return [*pairs(word)] if len(word) > 1 else [word]


def distinct_terms(paragraphs: Iterable[str]) -> set[str]:
    """Return every character and every pair of some paragraphs, each once."""
    found: set[str] = set()
    for paragraph in paragraphs:
        found.update(paragraph)
        found.update(pairs(paragraph))
    return found


def facet(kind: str, name: object) -> str:
    """Return a facet of an entry, such as its column: no word of a query is found in it."""
    return FACET_JOINT.join(f"{kind}{name}")
