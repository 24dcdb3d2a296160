"""What tells a kicker, a headline and a deck apart when they are stacked."""

import re
from functools import lru_cache
from typing import NamedTuple

from . import words
from .grammar import COLUMN_SUFFIX

EVENT = re.compile(
    r"(?:举行|举办|召开|开幕|闭幕|启动|成立|发布|印发|揭晓|落幕|(?<!公)开赛|开播|上线|开展|公布|开通|揭牌|开工|竣工|投产|建成|结束|出台|实施|闭会)$"
)
# How a sentence ends that tells how things stand: it needs no other line to be a headline.
STATE = re.compile(
    r"(?:加快|提速|升级|扩大|提升|改善|好转|见效|增长|增多|上升|下降|减少|回升|回落|回暖|升温|降温|突破|翻番|过半|"
    r"偏[高低多少]|良好|平稳|稳定|有序|顺利|活跃|不减|不断|领先|显著|明显|向好|在即|完成|实现|超额|缓解|推进|落地|"
    r"脱贫|获批|批准|火化)$|抵达.{1,6}$"
)
SPEAKS_ON = re.compile(r"(?:强调|表示|指出|要求|认为|透露|提出|建议|呼吁|[：:])$")
SPEAKS = re.compile(r"强调|表示|指出")
OCCASION = re.compile(
    r"^(?:就|经|由|围绕|针对|应|在|据)|(?:以来|之际|批准|署名文章|重要文章|国务院令|发言人|负责人|委员会|网站|[省市县区部委局院校厅办])$"
)
ATTENDS = re.compile(r"(?:出席|讲话|致辞|主持|批示|贺信|贺电|会见|参加)")
GUEST = re.compile(r"(?:出席|讲话|致辞|主持|会见|参加|宣读|演讲|送别)")
DIGITS = re.compile(r"[\d一二三四五六七八九十百千万亿]{2,}|\d")


def event(text: str) -> str:
    """Say whether a head tells an event, or who attended one."""
    return "E" if EVENT.search(text) else "A" if ATTENDS.search(text) else "-"


def cue(text: str) -> str:
    """Name what marks a kicker (a speaker, an occasion) or a deck (guests, a date in brackets)."""
    if SPEAKS_ON.search(text):
        return "S"
    if OCCASION.search(text):
        return "O"
    if text[0] in "（(":
        return "P"
    return "A" if ATTENDS.search(text[-8:]) else "-"


def digits(text: str) -> str:
    """Say whether a head counts something."""
    return "1" if DIGITS.search(text) else "0"


def state(text: str) -> str:
    """Say whether a head tells how things stand."""
    return "1" if STATE.search(text) else "0"


def clause(text: str) -> str:
    """Say what sort of clause a head is: a name, a deed without a doer, a sentence …"""
    if text[0] in "“‘《":
        return "quote"
    if text[0] in "（(—":
        return "aside"
    if not words.has_verb(text):
        return "name"
    opens = words.first(text)
    if text[0].isdigit() or opens[:1] in "mt":
        return "number"
    if opens == "nr":
        return "person"
    return "deed" if opens[:1] in "vpda" else "sentence"


def part(upper: str, lower: str) -> str:
    """Say what the two are to each other by their wording: a speaker's words, a guest list …"""
    if SPEAKS.search(upper):
        return "speaks"
    if lower[:1] in "（(" and lower[-1:] in "）)":
        return "bracket"
    if words.first(lower) == "nr" and GUEST.search(lower):
        return "guest"
    if not words.has_verb(upper):
        return "noun"
    return "column" if COLUMN_SUFFIX.search(lower) else "-"


class Traits(NamedTuple):
    """What the wording of one head shows."""

    cue: str
    event: str
    state: str
    digits: str
    clause: str


@lru_cache(maxsize=1024)
def traits(text: str) -> Traits:
    """Return what the wording of a head shows."""
    return Traits(cue(text), event(text), state(text), digits(text), clause(text))


@lru_cache(maxsize=1024)
def relation(above: str, below: str) -> tuple[str, ...]:
    """Return what two stacked lines are to each other, one short name for each sign."""
    a, b = traits(above), traits(below)
    return (
        f"cue={a.cue}{b.cue}",
        f"event={a.event}{b.event}",
        f"part={part(above, below)}",
        f"clauses={a.clause}/{b.clause}",
        f"upper={a.clause}",
        f"lower={b.clause}",
        f"states={a.state}{b.state}",
        f"counts={a.state}{b.digits}",
        f"then={a.event}{b.clause}",
    )


def has_cue(upper: str, lower: str) -> bool:
    """Say whether the wording itself shows which of two stacked lines is the headline."""
    if lower.startswith(("——", "（")) or upper.endswith(("——", "：")):
        return True
    return (
        bool(SPEAKS_ON.search(upper))
        or cue(lower) == "A"
        and len(lower) <= 20
        and event(upper) == "E"
    )
