"""Characters of running text that no line may part, held together by mark-up. No Django here.

A browser breaks a line before and behind the point of a foreign name, 史蒂夫·乔布斯, and leaves one
character on the last line of a paragraph. A class holds them together, so that what is copied from
the page is what is stored.
"""

import re

HELD = '<span class="h">{}</span>'
POINTS = "·•・‧"
# No semicolon of ASCII: an entity may end with it.
ENDS = "，。、：；！？…—”’》〉）】」』%％.,!?)"
LETTER = rf"[^\s&;<>{POINTS}{ENDS}]"
NAME = re.compile(rf"{LETTER}(?:[{POINTS}]{LETTER})+")
LAST = re.compile(rf"(?:(?:{LETTER}[{POINTS}])+{LETTER}{{1,3}}|{LETTER}{{2}})[{ENDS}]*$")
TAG = re.compile(r"(<[^>]*>)")
# A paragraph of fewer characters is one line, even in large type on a phone.
LINE = 15


def held_text(words: str) -> str:
    """Return a piece of escaped text, the last of a paragraph at some width, with what is held."""
    last = LAST.search(words) if len(words) > LINE else None
    if last is None:
        return _held_names(words)
    return _held_names(words[: last.start()]) + HELD.format(last[0])


def held_body(markup: str) -> str:
    """Return the HTML of a body in which names are held, and the ends of its paragraphs."""
    parts = TAG.split(markup)
    ends = {at - 1 for at, part in enumerate(parts) if part == "</p>"}
    texts = range(0, len(parts), 2)
    for at in texts:
        parts[at] = held_text(parts[at]) if at in ends else _held_names(parts[at])
    return "".join(parts)


def _held_names(words: str) -> str:
    return NAME.sub(lambda name: HELD.format(name[0]), words)
