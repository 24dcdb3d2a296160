"""Which headlines the paper's own Song face can set whole."""

from functools import cache, lru_cache
from pathlib import Path

from .headline_html import HAN

# What `newsroom.dev.font_subset` cuts the face by.
CHARACTERS = Path(__file__).resolve().parents[2] / "static/fonts/characters.txt"


@cache
def covered() -> frozenset[str]:
    """Return the Han characters of the face."""
    return frozenset("".join(CHARACTERS.read_text().split()))


@lru_cache(maxsize=2048)
def is_covered(headline: str) -> bool:
    """Tell whether the face has every Han character of a headline.

    One that it would set in part is set in another face as a whole.
    """
    return covered().issuperset(HAN.findall(headline))
