"""Tags as an editor types them in one line. No Django here; the settings name both functions."""

import re
from collections.abc import Iterable

from . import cleaning

SEPARATORS = re.compile("[,，、;；\n]+")
# Full-width letters, digits and the full-width space: one tag, however it was typed.
NARROW = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                           *range(0xFF41, 0xFF5B)]} | {0x3000: 0x20}  # fmt: skip


def names(typed: str) -> list[str]:
    """Return the tags typed in one line, sorted, each once whatever its case.

    Commas and semicolons of either width and 、 separate tags; a space is part of a name.
    """
    found = {}
    for part in SEPARATORS.split(typed or ""):
        name = " ".join(cleaning.printable(part).translate(NARROW).split())
        if name:
            found.setdefault(name.casefold(), name)
    return sorted(found.values())


def line(tags: Iterable) -> str:
    """Return tags (rows with a name) as one line that `names` reads back."""
    return "，".join(sorted(tag.name for tag in tags))
