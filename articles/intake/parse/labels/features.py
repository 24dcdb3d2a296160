"""Features of the lines of a page, by which the conditional random field labels them.

A feature is a short name such as `end=stop` or `next-lead`. There are those of the line itself,
of its neighbours, of its joins, of headings (`heading_pairs`), of the topic of the copy around a
heading, and of the characters. The names are data: learnt.json and rules.py hold their weights.
"""

import re
from collections.abc import Iterator
from math import sqrt

from articles.intake.parse.patterns import NOTICE, NUMBERED, RUBRIC, SIDEBAR
from articles.intake.parse.raw_text import closes_unopened, is_han

from .heading_pairs import heading_features, overlap, series_features, stack_places
from .line_joins import (
    COMPARED,
    TIME,
    LineJoins,
    LineMetrics,
    Lines,
    bucket,
    first_class,
    opens_with_time,
)

LENGTHS = (4, 7, 9, 11, 14, 17, 20, 24, 28, 34, 40, 50, 60, 90, 150)
FUNCTION_WORDS = frozenset("的和与在将为对从向以及把被由并且或而是了着让使给于")
WORDINGS = {"notice": NOTICE, "sidebar": SIDEBAR, "rubric": RUBRIC}
NEVER_FIRST = frozenset("的了着过们等及者性化度率地得里中上下内外后前时间员")
TRANSITION = re.compile(
    r"^(?:同时|此外|另外|其中|因此|为此|对此|然而|但|不过|而|也|还|他|她|它|他们|这|这些|这样|与此同时|首先|其次|此后|随后|于是|所以|正是|可见|事实上|一方面|下一步)"
)
TOPIC_REACH = 30  # lines looked through for copy above or below a heading
ABOVE, BELOW = 500, 400  # characters of copy that are compared across a heading
SIMILARITY = (0.005, 0.01, 0.016, 0.023, 0.031, 0.04, 0.052, 0.07, 0.1)
OVERLAP = (0, 0.1, 0.2, 0.35, 0.5)
HEADING_ENDS = ("none", "quote", "title", "paren")


def features(lines: Lines, joins: LineJoins) -> list[list[str]]:
    """Return the features of every line of a page."""
    places = stack_places(lines)
    return [_features(lines, i, places[i], joins) for i in range(len(lines))]


def _features(lines: Lines, i: int, place: tuple[int, int], joins: LineJoins) -> list[str]:
    line = lines[i]
    found = _own(line) + _neighbours(lines, i) + _joins(lines, i, joins)
    if line.can_be_head:
        found += heading_features(lines, i, *place) + _topic(lines, i, *place)
    return found + _characters(line)


def _own(line: LineMetrics) -> list[str]:
    text = line.text
    size = bucket(line.length, LENGTHS)
    found = ["bias", f"len={size}", f"end={line.end}", f"len-end={size}-{line.end}"]
    inner = text[:-1]
    commas = inner.count("，")
    found.append(f"commas={min(commas, 3)}")
    if line.is_short:
        found.append(f"short-commas={min(commas, 2)}-{line.end}")
    if "。" in inner or "！" in inner or "？" in inner:
        found.append("inner-stop")
    if "；" in inner:
        found.append("inner-semicolon")
    if line.has_open:
        found.append("left-open")
    if closes_unopened(text):
        found.append("closes-unopened")
    if " " in text or "\u3000" in text or "\xa0" in text:
        found.append("has-space" if line.is_short else "long-space")
    found += _opening(line)
    return found


def _opening(line: LineMetrics) -> list[str]:
    text, found = line.text, []
    if line.is_indented:
        found.append("indented")
    if text.startswith("——"):
        found.append("starts-dash")
    elif text[0] in "“‘":
        found.append("starts-quote")
    elif text[0] in "（(":
        found.append("starts-paren")
    elif text[0].isascii():
        found.append("starts-ascii")
    if NUMBERED.match(text):
        found.append("numbered")
    if line.is_lead_in:
        found.append("lead")
    if line.is_short and opens_with_time(text):
        found.append("opens-with-time")
    if text[0] in NEVER_FIRST:
        found.append("starts-particle")
    if line.can_be_head and line.length <= 30:
        found += [name for name, wording in WORDINGS.items() if wording.search(text)]
    return found


def _neighbours(lines: Lines, i: int) -> list[str]:
    line = lines[i]
    found = [*(_after(lines[i - 1], line) if i else ["first"])]
    found += _before(line, lines[i + 1]) if i + 1 < len(lines) else ["last"]
    if line.gap >= 2 and i:
        found.append("gap")
    if line.above:
        found.append("above=" + line.above)
    if line.below:
        found.append("below=" + line.below)
    return found


def _after(last: LineMetrics, line: LineMetrics) -> list[str]:
    found = ["prev-end=" + last.end, f"prev-len={bucket(last.length, (10, 20, 40, 60))}-{last.end}"]
    if line.is_quoted:
        found.append("carried" if line.text[0] not in "“‘" else "carried-again")
    if last.text[-1] in FUNCTION_WORDS:
        found.append("prev-ends-function")
    if line.is_short:
        found.append("short-prev-end=" + last.end)
    return found


def _before(line: LineMetrics, after: LineMetrics) -> list[str]:
    size = bucket(after.length, (10, 20, 40, 60))
    found = [f"next-len={size}", f"end-next={line.end}-{size}-{after.end}"]
    if after.is_lead_in:
        found.append("next-lead")
    elif line.is_short and not after.is_short:
        found.append(f"next-opens={_opens(after.text)}")
    if line.end == "none" and line.text[-1] in FUNCTION_WORDS:
        found.append("ends-function")
    if after.text[0] in NEVER_FIRST:
        found.append("next-particle")
    if closes_unopened(after.text):
        found.append("next-closes-unopened")
    if line.can_be_head and line.text[:3] == after.text[:3]:
        found.append("next-repeats")
    first = _first_sentence(after.text)
    if first <= 7:
        found.append(f"next-first={first}")
    if line.end == "none" and _first_sentence(after.text, "。！？") <= 7:
        found.append("tail-next")
    return found


def _opens(text: str) -> str:
    """Return how copy opens: with a time, a word of transition, a quotation, or what word."""
    if TIME.match(text):
        return "time"
    if TRANSITION.match(text):
        return "on"
    return "quote" if text[0] in "“‘" else first_class(text[:24])


def _first_sentence(text: str, marks: str = "。，；、！？") -> int:
    ends = [at for at in (text.find(c, 0, 12) for c in marks) if at >= 0]
    return min(ends, default=12)


def _joins(lines: Lines, i: int, joins: LineJoins) -> list[str]:
    found = []
    if i and lines[i - 1].end != "stop":
        names = joins.between(lines[i - 1].text, lines[i].text)
        found += [f"seam-above={name}" for name in names]
    if i + 1 < len(lines) and lines[i].end != "stop":
        names = joins.between(lines[i].text, lines[i + 1].text)
        found += [f"seam-below={name}" for name in names]
    return [*found, f"opens={joins.opening(lines[i].text)}"]


def _characters(line: LineMetrics) -> list[str]:
    """Return the first and last characters; only weights learnt from an archive know them."""
    text = line.text
    kind = "s" if line.is_short else "l"
    found = [f"a1{kind}={text[0]}", f"a2{kind}={text[:2]}"]
    if line.end != "stop":
        found += [f"z1{kind}={text[-1]}", f"z2{kind}={text[-2:]}"]
    if line.is_short and is_han(text[0]):
        found.append(f"a3={text[:3]}")
    return found


def _topic(lines: Lines, i: int, place: int, total: int) -> list[str]:
    """Compare the words of a heading with the copy above and below its stack, and these two."""
    over, under = i - place - 1, i - place + total
    own, found = lines[i].bigrams(), []
    if below := _nearest_copy(lines, under, 1):
        found.append(f"echo-below={bucket(overlap(own, below), OVERLAP)}")
    if above := _nearest_copy(lines, over, -1):
        found.append(f"echo-above={bucket(overlap(own, above), OVERLAP)}")
    above, below = copy_within(lines, over, -1, ABOVE), copy_within(lines, under, 1, BELOW)
    if above and below:
        similarity = len(above & below) / sqrt(len(above) * len(below))
        found.append(f"near={bucket(similarity, SIMILARITY)}")
    found += _item_above(lines, over, below, min(total, 2))
    return found + (series_features(lines, i) if total == 1 else [])


def _item_above(lines: Lines, at: int, below: frozenset[str], size: int) -> list[str]:
    """Return how the item above began, and whether the copy below still speaks of its heading."""
    found, heads = [], 0
    for line in reversed(lines[max(0, at - TOPIC_REACH + 1) : at + 1]):
        if line.is_lead_in:
            return [*found, f"item-lead={heads}-{size}"]
        if line.can_be_head and line.end in HEADING_ENDS:
            if heads:
                break
            found.append(f"head-below={bucket(overlap(line.bigrams(), below), OVERLAP)}")
            heads = 1
    return [*found, f"item-none-{size}"]


def _in_reach(lines: Lines, at: int, step: int) -> Iterator[LineMetrics]:
    """Yield the lines from one on, upwards (step -1) or downwards (1)."""
    for k in range(at, at + step * TOPIC_REACH, step):
        if not 0 <= k < len(lines):
            return
        yield lines[k]


def _nearest_copy(lines: Lines, at: int, step: int, *, most: int = 3) -> frozenset[str]:
    """Return the bigrams of the nearest lines of copy in a direction, up to the next heading."""
    found: list[frozenset[str]] = []
    for line in _in_reach(lines, at, step):
        if len(found) == most or line.can_be_head and found:
            break
        if not line.can_be_head:
            found.append(line.bigrams())
    return frozenset().union(*found)


def copy_within(lines: Lines, at: int, step: int, most: int) -> frozenset[str]:
    """Return the bigrams of about `most` characters of copy in a direction, across headings."""
    found, taken = [], 0
    for line in _in_reach(lines, at, step):
        if taken >= most:
            break
        if not line.can_be_head:
            found.append(line.bigrams())
            taken += min(line.length, COMPARED)
    return frozenset().union(*found)
