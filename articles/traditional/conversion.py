"""Text in traditional characters, by OpenCC, with protected names. No Django here."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = "[\u3400-\u9fff]"
# A name of two characters is often a part of other words (于海 in 由于海水): unless the desk lists
# it, it is only taken for a name where it stands alone, or between these.
BEFORE = "记者|采写|设计|讯员|习生|编辑|作者|审核|责编|校对|美编|摄影"
AFTER = "摄|绘|报道|供图|制图|采写|采访|整理|参与"


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    """Return the converter: traditional characters in their most usual forms, words untouched."""
    return import_module("opencc").OpenCC("s2tw")  # Loaded by the first page that needs it.


@lru_cache(maxsize=65_536)
def convert(text: str) -> str:
    """Return a text in traditional characters, no name protected."""
    return _converter().convert(text)


def converter_for(
    html: str, names: Mapping[str, str], alone: Collection[str] = ()
) -> Callable[[str], str]:
    """Return a function that converts texts of a page and writes each name as the mapping has it.

    Those of `alone` are not taken for names within other words. Only names that stand somewhere
    in the page cost anything afterwards.
    """
    written = {name: names[name] for name in names if name in html and convert(name) != names[name]}
    if not written:
        return convert
    pattern = _pattern(written, alone)

    def convert_text(text: str) -> str:
        """Convert what is between the names."""
        parts = pattern.split(text)
        return "".join(
            written[part] if at % 2 else convert(part) if part else ""
            for at, part in enumerate(parts)
        )

    return convert_text


def _pattern(names: Iterable[str], alone: Collection[str]) -> re.Pattern[str]:
    """Return a pattern with one group: any of the names, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    alternatives = [_alone(name) if name in alone else re.escape(name) for name in ordered]
    return re.compile(f"({'|'.join(alternatives)})")


def _alone(name: str) -> str:
    """Return the pattern of a name that is not within other words."""
    before = "|".join(f"(?<={word})" for word in BEFORE.split("|"))
    return f"(?:(?<!{HAN})|{before}){re.escape(name)}(?=$|(?!{HAN})|{AFTER})"
