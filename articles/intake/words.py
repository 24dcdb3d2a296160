"""What sort of word a heading begins and ends with; `?` where there is no word."""

from functools import lru_cache

import rjieba


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[str, ...]:
    """Return the sort of every word of a short text, marks left out."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return tuple(
        tag[:2] if tag[:1] in "nv" else tag[:1]
        for _, tag in rjieba.tag(clean)
        if tag[:1] not in "xw"
    )


def first(text: str) -> str:
    """Return the sort of the first word."""
    return next(iter(tagged(text)), "?")


def last(text: str) -> str:
    """Return the sort of the last word."""
    tags = tagged(text)
    return tags[-1] if tags else "?"


@lru_cache(maxsize=1024)
def has_verb(text: str) -> int:
    """Return 1 if a verb is among the words, else 0."""
    return int(any(tag[0] == "v" for tag in tagged(text)))
