"""What tells a kicker, a headline and a deck apart when they are stacked."""

import re

EVENT = re.compile(
    r"(?:举行|举办|召开|开幕|闭幕|启动|成立|发布|印发|揭晓|落幕|开赛|开播|上线|开展|公布|开通|揭牌|开工|竣工|投产|建成|结束|出台|实施|闭会)$"
)
SPEAKS_ON = re.compile(r"(?:强调|表示|指出|要求|认为|透露|提出|建议|呼吁|[：:])$")
OCCASION = re.compile(
    r"^(?:就|经|由|围绕|针对|应|在|据)|(?:以来|之际|批准|署名文章|重要文章|国务院令|发言人|负责人|委员会|网站|[省市县区部委局院校厅办])$"
)
ATTENDS = re.compile(r"(?:出席|讲话|致辞|主持|批示|贺信|贺电|会见|参加)")
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
