"""Headlines as HTML that breaks between words. No Django here; the results are safe HTML."""

from functools import lru_cache
from html import escape

from articles import text

DASHES = "—－-―─"


@lru_cache(maxsize=8192)
def displayed(headline: str) -> str:
    """Return a headline for display sizes: a space in it is also a line break.

    The text content stays the headline to the character.
    """
    return " <br>".join(_breakable(part) for part in headline.split(" "))


@lru_cache(maxsize=8192)
def listed(headline: str) -> str:
    """Return a headline for lists: a space in it is just a space."""
    return " ".join(_breakable(part) for part in headline.split(" "))


def undashed(line: str) -> str:
    """Return a kicker or deck without the dashes that tie it to the headline in print."""
    return line.strip(DASHES + " \u3000")


def is_short(headline: str) -> bool:
    """Tell whether a headline is set larger for being short."""
    return text.count(headline) <= 10


def _breakable(words: str) -> str:
    return "<wbr>".join(escape(unit) for unit in text.units(words))
