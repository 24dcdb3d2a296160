"""Match the articles of a raw page to those that exist already, by their words alone."""

from collections.abc import Callable, Iterator, Sequence

from articles.content import article_html
from articles.content.copy import Copy

from .parse.raw_text import squash

# The share of common bigrams from which two texts are one article.
SIMILAR = 0.5


def match_articles(fresh: Sequence[Copy], existing: Sequence[Copy]) -> dict[int, int]:
    """Return for each fresh article the number of its existing one, where there is one.

    First those of the same text, then those of the same headline, then the most similar.
    """
    found: dict[int, int] = {}
    for key in (_text, _headline):
        _match_equal(found, fresh, existing, key)
    for _, one, other in sorted(_similar(found, fresh, existing), reverse=True):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _text(copy: Copy) -> tuple[str, str]:
    return (squash(copy.headline), squash(article_html.words(copy.body)))


def _headline(copy: Copy) -> str:
    return squash(copy.headline)


def _match_equal(
    found: dict[int, int], fresh: Sequence[Copy], existing: Sequence[Copy], key: Callable
) -> None:
    """Match those of equal keys in their order; those already matched are left out."""
    matched = set(found.values())
    free = [number for number in range(len(existing)) if number not in matched]
    for number, copy in enumerate(fresh):
        if number in found or not any(key(copy)):
            continue
        same = next((each for each in free if key(existing[each]) == key(copy)), None)
        if same is not None:
            found[number] = same
            free.remove(same)


def _similar(
    found: dict[int, int], fresh: Sequence[Copy], existing: Sequence[Copy]
) -> Iterator[tuple[float, int, int]]:
    """Yield the similarity of each two articles that are not matched yet, with their numbers."""
    matched = set(found.values())
    rest = [(n, _bigrams(copy)) for n, copy in enumerate(existing) if n not in matched]
    for number, copy in enumerate(fresh):
        own = set() if number in found else _bigrams(copy)
        for other, theirs in rest if own else ():
            share = len(own & theirs) / len(own | theirs)
            if share >= SIMILAR:
                yield share, number, other


def _bigrams(copy: Copy) -> set[str]:
    text = squash(copy.headline + article_html.words(copy.body))
    return {text[at : at + 2] for at in range(len(text) - 1)}
