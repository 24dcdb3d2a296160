"""Headings: kicker, headline and deck stacked over each other, or a heading alone in the copy."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from articles.intake.parse.patterns import COLUMN_SUFFIX, QUOTED

from .line_joins import LineMetrics, Lines, bucket, first_class, has_verb, last_class

EVENT = re.compile(
    r"(?:举行|举办|召开|开幕|闭幕|启动|成立|发布|印发|揭晓|落幕|(?<!公)开赛|开播|上线|开展|公布|开通|揭牌|开工|竣工|投产|建成|结束|出台|实施|闭会)$"
)
# The endings of a sentence that states a situation: it needs no other line to be a headline.
STATE = re.compile(
    r"(?:加快|提速|升级|扩大|提升|改善|好转|见效|增长|增多|上升|下降|减少|回升|回落|回暖|升温|降温|突破|翻番|过半|"
    r"偏[高低多少]|良好|平稳|稳定|有序|顺利|活跃|不减|不断|领先|显著|明显|向好|在即|完成|实现|超额|缓解|推进|落地|"
    r"脱贫|获批|批准|火化)$|抵达.{1,6}$"
)
SPEAKER_END = re.compile(r"(?:强调|表示|指出|要求|认为|透露|提出|建议|呼吁|[：:])$")
SPEECH_VERB = re.compile(r"强调|表示|指出")
OCCASION = re.compile(
    r"^(?:就|经|由|围绕|针对|应|在|据)|(?:以来|之际|批准|署名文章|重要文章|国务院令|发言人|负责人|委员会|网站|[省市县区部委局院校厅办])$"
)
ATTENDS = re.compile(r"(?:出席|讲话|致辞|主持|批示|贺信|贺电|会见|参加)")
GUEST = re.compile(r"(?:出席|讲话|致辞|主持|会见|参加|宣读|演讲|送别)")
DIGITS = re.compile(r"[\d一二三四五六七八九十百千万亿]{2,}|\d")
SERIES_REACH = 12  # lines looked through for another heading of the same series


class HeadingTraits(NamedTuple):
    """What the wording of one heading shows."""

    cue: str
    event: str
    state: str
    digits: str
    clause: str


@lru_cache(maxsize=1024)
def traits(text: str) -> HeadingTraits:
    """Return what the wording of a heading shows."""
    return HeadingTraits(
        cue=_cue(text),
        event=_event(text),
        state="1" if STATE.search(text) else "0",
        digits="1" if DIGITS.search(text) else "0",
        clause=_clause(text),
    )


def _event(text: str) -> str:
    """Return E for a heading that reports an event, A for one about who attended."""
    return "E" if EVENT.search(text) else "A" if ATTENDS.search(text) else "-"


def _cue(text: str) -> str:
    """Return the mark of a kicker (S speaker, O occasion) or of a deck (P bracket, A guests)."""
    if SPEAKER_END.search(text):
        return "S"
    if OCCASION.search(text):
        return "O"
    if text[0] in "（(":
        return "P"
    return "A" if ATTENDS.search(text[-8:]) else "-"


def _clause(text: str) -> str:
    """Return what sort of clause a heading is: a name, a deed without a subject, a sentence …"""
    if text[0] in "“‘《":
        return "quote"
    if text[0] in "（(—":
        return "aside"
    if not has_verb(text):
        return "name"
    first = first_class(text)
    if text[0].isdigit() or first[:1] in "mt":
        return "number"
    if first == "nr":
        return "person"
    return "deed" if first[:1] in "vpda" else "sentence"


def _wording(upper: str, lower: str) -> str:
    """Return what two stacked headings are by their wording: a speaker's words, a guest list …"""
    if SPEECH_VERB.search(upper):
        return "speaks"
    if lower[:1] in "（(" and lower[-1:] in "）)":
        return "bracket"
    if first_class(lower) == "nr" and GUEST.search(lower):
        return "guest"
    if not has_verb(upper):
        return "noun"
    return "column" if COLUMN_SUFFIX.search(lower) else "-"


@lru_cache(maxsize=1024)
def heading_pair(upper: str, lower: str) -> tuple[str, ...]:
    """Return the features of two stacked lines, by their wording."""
    a, b = traits(upper), traits(lower)
    return (
        f"cue={a.cue}{b.cue}",
        f"event={a.event}{b.event}",
        f"part={_wording(upper, lower)}",
        f"clauses={a.clause}/{b.clause}",
        f"upper={a.clause}",
        f"lower={b.clause}",
        f"states={a.state}{b.state}",
        f"counts={a.state}{b.digits}",
        f"then={a.event}{b.clause}",
    )


def has_cue(upper: str, lower: str) -> bool:
    """Tell whether the wording itself shows which of two stacked lines is the headline."""
    if lower.startswith(("——", "（")) or upper.endswith(("——", "：")):
        return True
    is_guest_list = traits(lower).cue == "A" and len(lower) <= 20
    return bool(SPEAKER_END.search(upper)) or is_guest_list and traits(upper).event == "E"


def stack_places(lines: Lines) -> list[tuple[int, int]]:
    """Return for each line its place in a stack of short lines and the length of that stack."""
    places, start = [(0, 0)] * len(lines), 0
    for i in range(len(lines) + 1):
        if i == len(lines) or not lines[i].can_be_head or lines[i].above:
            for k in range(start, i):
                places[k] = (k - start, i - start)
            start = i if i < len(lines) and lines[i].can_be_head else i + 1
    return places


def heading_features(lines: Lines, i: int, place: int, total: int) -> list[str]:
    """Return the features of a short line as a heading; `place` of `total` is its stack's."""
    line, text = lines[i], lines[i].text
    under = _under_stack(lines, i + total - place)
    found = [
        f"run={min(place, 3)}/{min(total, 4)}",
        f"run-end={min(place, 3)}/{min(total, 4)}-{line.end}",
    ]
    if COLUMN_SUFFIX.search(text):
        found.append("column-suffix")
    if QUOTED.match(text):
        found.append("quoted")
    found += [
        f"pos-last={last_class(text)}",
        f"pos-first={first_class(text)}",
        f"verb={int(has_verb(text))}-{min(total, 3)}",
        f"run-{under}={min(place, 2)}/{min(total, 3)}",
        *(_under_line(lines[i - 1], line) if place else ()),
        *(_over_line(line, lines[i + 1]) if place + 1 < total else ()),
    ]
    if under == "lead":
        found.append(f"lead-in={min(total - place, 4)}")
        found.append(f"lead-run={min(place, 3)}/{min(total, 4)}")
    return found


def _under_stack(lines: Lines, at: int) -> str:
    """Return what is under a stack: a lead-in, a byline, copy, or nothing."""
    if at >= len(lines):
        return "end"
    if lines[at].is_lead_in:
        return "lead"
    return "byline" if lines[at].above == "byline" else "copy"


def _under_line(upper: LineMetrics, line: LineMetrics) -> Iterator[str]:
    """Yield the features of a line for the line of its stack above it."""
    yield "under-longer" if upper.length > line.length else "under-shorter"
    if upper.end == "dash":
        yield "under-dash"
    if COLUMN_SUFFIX.search(upper.text):
        yield "under-column-suffix"
    yield f"above-z2={upper.text[-2:]}"
    yield from _pair(upper, line, "under")


def _over_line(line: LineMetrics, lower: LineMetrics) -> Iterator[str]:
    """Yield the features of a line for the line of its stack below it."""
    yield "over-longer" if lower.length > line.length else "over-shorter"
    if lower.text.startswith("——"):
        yield "over-dash"
    if COLUMN_SUFFIX.search(lower.text):
        yield "over-column-suffix"
    yield f"below-z2={lower.text[-2:]}"
    yield from _pair(line, lower, "over")


def _pair(upper: LineMetrics, lower: LineMetrics, side: str) -> Iterator[str]:
    shared = bucket(overlap(lower.bigrams(), upper.bigrams()), (0, 0.1, 0.3))
    yield from (f"{side}-{feature}" for feature in heading_pair(upper.text, lower.text))
    yield f"{side}-shared={shared}"


def overlap(own: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of one set is in the other, 0 to 1."""
    return len(own & other) / len(own) if own else 0.0


def series_features(lines: Lines, i: int) -> list[str]:
    """Return the features of a lone short line with its like near by: subheads come in series."""
    line, found = lines[i], []
    for others, name in (
        (reversed(lines[max(0, i - SERIES_REACH) : i]), "up"),
        (lines[i + 1 : i + 1 + SERIES_REACH], "down"),
    ):
        other = next((each for each in others if _is_alike(line, each)), None)
        if other:
            is_near = abs(other.length - line.length) <= 2
            found.append(f"sister-{name}={'same' if is_near else 'other'}-{line.end}")
            if _are_parallel(line.text, other.text):
                found.append("parallel")
    return found


def _is_alike(line: LineMetrics, other: LineMetrics) -> bool:
    return other.can_be_head and other.end == line.end != "stop" and not other.above


def _are_parallel(one: str, other: str) -> bool:
    """Tell whether two headings are as long, with the same characters in the same places."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return abs(len(one) - len(other)) <= 1 and same * 4 >= len(one)
