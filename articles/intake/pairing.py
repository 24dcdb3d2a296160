"""Which article of a corrected page is which of those that stand: by their words alone."""

from collections.abc import Callable, Iterable, Sequence

from articles import body
from articles.copy import Copy

from .marks import squash

# The share of pairs of neighbouring characters above which two texts are one article.
ALIKE = 0.5


def pairs(fresh: Sequence[Copy], standing: Sequence[Copy]) -> dict[int, int]:
    """Return for each fresh article its number among the standing, where there is one.

    First those of the same text, then those of the same headline, then the most alike.
    """
    found: dict[int, int] = {}
    for key in (_text, _headline):
        _match(found, fresh, standing, key)
    for _, one, other in sorted(_alike(found, fresh, standing), reverse=True):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _text(copy: Copy) -> tuple[str, str]:
    return (squash(copy.headline), squash(body.words(copy.body)))


def _headline(copy: Copy) -> str:
    return squash(copy.headline)


def _match(found: dict[int, int], fresh, standing, key: Callable) -> None:
    """Pair those of equal keys in their order; those already paired are left out."""
    taken = set(found.values())
    free = [number for number in range(len(standing)) if number not in taken]
    for number, copy in enumerate(fresh):
        if number in found or not any(key(copy)):
            continue
        same = next((each for each in free if key(standing[each]) == key(copy)), None)
        if same is not None:
            found[number] = same
            free.remove(same)


def _alike(found: dict[int, int], fresh, standing) -> Iterable[tuple[float, int, int]]:
    taken = set(found.values())
    rest = [(number, _bigrams(copy)) for number, copy in enumerate(standing) if number not in taken]
    for number, copy in enumerate(fresh):
        if number in found:
            continue
        mine = _bigrams(copy)
        for other, theirs in rest:
            share = len(mine & theirs) / max(1, len(mine | theirs))
            if share >= ALIKE:
                yield share, number, other


def _bigrams(copy: Copy) -> set[str]:
    text = squash(copy.headline + body.words(copy.body))
    return {text[at : at + 2] for at in range(len(text) - 1)}
