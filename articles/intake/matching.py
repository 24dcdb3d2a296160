"""Match the articles of a raw page to those that exist already, by their words alone."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil

from articles.content import article_html
from articles.content.copy import Copy

from .parse.raw_text import squash

# The share of common bigrams from which two texts are one article.
SIMILAR = 0.5
Bigrams = frozenset[str]


def match_articles(fresh: Sequence[Copy], existing: Sequence[Copy]) -> dict[int, int]:
    """Return for each fresh article the number of its existing one, where there is one.

    First those of the same text, then those of the same headline, then the most similar.
    """
    found: dict[int, int] = {}
    for key in (_text, _headline):
        _match_equal(found, fresh, existing, key)
    matched = set(found.values())
    for _, one, other in sorted(_similar(found, fresh, existing), reverse=True):
        if one not in found and other not in matched:
            found[one] = other
            matched.add(other)
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
    free: dict = defaultdict(deque)
    for number, copy in enumerate(existing):
        if number not in matched:
            free[key(copy)].append(number)
    for number, copy in enumerate(fresh):
        if number in found or not any(own := key(copy)):
            continue
        if same := free.get(own):
            found[number] = same.popleft()


def _similar(
    found: dict[int, int], fresh: Sequence[Copy], existing: Sequence[Copy]
) -> Iterator[tuple[float, int, int]]:
    """Yield the similarity of each two similar articles not matched yet, with their numbers.

    Only those that share a rare bigram are compared; no similar two are without one (`_rarest`).
    """
    matched = set(found.values())
    rest = {n: _bigrams(copy) for n, copy in enumerate(existing) if n not in matched}
    own = {n: _bigrams(copy) for n, copy in enumerate(fresh) if n not in found}
    numbers = Counter(pair for pairs in (*rest.values(), *own.values()) for pair in pairs)
    holders: dict[str, list[int]] = defaultdict(list)
    for other, theirs in rest.items():
        for pair in _rarest(theirs, numbers):
            holders[pair].append(other)
    for number, pairs in own.items():
        near = {other for pair in _rarest(pairs, numbers) for other in holders.get(pair, ())}
        for other in near:
            share = _share(pairs, rest[other])
            if share >= SIMILAR:
                yield share, number, other


def _rarest(pairs: Bigrams, numbers: Mapping[str, int]) -> list[str]:
    """Return the rarest bigrams of a text, enough that a similar text has one of them.

    Two texts as similar as SIMILAR share that part of the bigrams of each, so not all of what is
    shared can be among the commoner ones (the prefix filter of set similarity joins).
    """
    enough = len(pairs) - ceil(SIMILAR * len(pairs)) + 1
    return sorted(pairs, key=lambda pair: (numbers[pair], pair))[:enough]


def _share(own: Bigrams, theirs: Bigrams) -> float:
    """Return the share of the bigrams of two texts that both have."""
    return len(own & theirs) / len(own | theirs)


def _bigrams(copy: Copy) -> Bigrams:
    text = squash(copy.headline + article_html.words(copy.body))
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
