"""Write the table of invisible characters for the browser, from articles/content/characters.py.

`python -m newsroom.dev.character_module` writes the module; a test fails where it is stale.
"""

import textwrap
from itertools import starmap
from pathlib import Path

from articles.content import characters

MODULE = Path(__file__).resolve().parents[2] / "static/js/desk/body_editor/character_table.js"
TEMPLATE = """\
// Line ends and invisible characters, as articles/content/characters.py has them. Do not edit:
// `python -m newsroom.dev.character_module` writes this file.

%(classes)s
export const LINE_END = new RegExp(String.raw`%(line_end)s`, "gu")
// The first group is what is kept.
export const INVISIBLE = new RegExp(String.raw`%(invisible)s`, "gu")

export const KINDS = [
%(kinds)s
]
"""
WIDEST = 100


def module_text() -> str:
    """Return the text of the module."""
    names = {name: f"${{{name.upper()}_CLASS}}" for name in characters.CLASSES}
    return TEMPLATE % {
        "kinds": "\n".join(starmap(_kind, characters.INVISIBLE_KINDS.items())),
        "classes": "\n".join(starmap(_constant, characters.CLASSES.items())),
        "line_end": _escaped(characters.LINE_END_PATTERN) % names,
        "invisible": "`\n  + String.raw`|".join(_escaped(characters.INVISIBLE_PATTERN).split("|"))
        % names,
    }


def _constant(name: str, ranges: characters.Ranges) -> str:
    """Return the inside of a class as a constant of short lines."""
    rows = textwrap.wrap(_class(ranges).replace("\\u", " \\u"), WIDEST)
    text = ",\n".join(f"  String.raw`{row.replace(' ', '')}`" for row in rows)
    return f'const {name.upper()}_CLASS = [\n{text},\n].join("")'


def _kind(name: str, ranges: characters.Ranges) -> str:
    """Return the name of a kind with the pattern of its characters."""
    return f'  ["{name}", /[{_class(ranges)}]/u],'


def _class(ranges: characters.Ranges) -> str:
    return "".join(
        f"\\u{{{first:x}}}" + (f"-\\u{{{last:x}}}" if last > first else "")
        for first, last in ranges
    )


def _escaped(pattern: str) -> str:
    """Return a pattern with every character that is not printable ASCII as an escape."""
    return "".join(each if " " <= each <= "~" else f"\\u{{{ord(each):x}}}" for each in pattern)


if __name__ == "__main__":
    MODULE.write_text(module_text())
