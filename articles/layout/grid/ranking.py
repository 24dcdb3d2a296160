"""The rank of each article of a page: what editors gave, and what follows from place and length.

Any value with `rank`, `kind`, `length` and `has_picture` can be ranked. No Django here.
"""

from collections.abc import Sequence
from typing import Protocol

ARTICLE, PHOTO, DOCUMENT, ADVERTISEMENT = "article", "photo", "document", "advertisement"
LEAD, SECOND, STANDARD, BRIEF = 1, 2, 3, 4

SHORT_OF_STANDARD = 400
FEW = 6


class Ranked(Protocol):
    """What ranking must know of an article."""

    rank: int | None
    kind: str
    length: int
    has_picture: bool


def ranks(articles: Sequence[Ranked]) -> list[int]:
    """Return the rank of each article of a page, in order, exactly one of them 1.

    What editors left open follows from place and length.
    """
    if not articles:
        return []
    lead = _lead(articles)
    found = [article.rank and max(SECOND, article.rank) for article in articles]
    found[lead] = LEAD
    seconds = (1 if len(articles) <= FEW else 2) - found.count(SECOND)
    for at, article in enumerate(articles):
        if found[at] is None:
            found[at] = _open_rank(article, at, len(articles), seconds)
            seconds -= found[at] == SECOND
    return found


def _lead(articles: Sequence[Ranked]) -> int:
    """Return the index of the lead: ranked so, or the first open one with words, or the best.

    An advertisement leads only a page that has nothing else.
    """

    def is_paid(at: int) -> bool:
        return articles[at].kind == ADVERTISEMENT

    given = [None if is_paid(at) else each.rank for at, each in enumerate(articles)]
    if LEAD in given:
        return given.index(LEAD)
    for at, article in enumerate(articles):
        if article.rank is None and article.kind not in (PHOTO, ADVERTISEMENT):
            return at
    return min(range(len(articles)), key=lambda at: (is_paid(at), given[at] or STANDARD, at))


def _open_rank(article: Ranked, at: int, total: int, seconds: int) -> int:
    if article.kind != ARTICLE:
        return STANDARD
    if article.length < SHORT_OF_STANDARD and total > FEW and at * 2 >= total:
        return BRIEF
    return SECOND if seconds > 0 else STANDARD
