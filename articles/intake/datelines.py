"""The lead-in of a report: 本报讯（记者 吴桐）, 新华社酒泉7月26日电; where the copy begins."""

import re
from dataclasses import dataclass

from .names import people
from .paper import Byline

HOUSE = (
    r"(?:本报|新华社|中新社|中新网|新华网|人民日报|人民网|央视新闻|光明日报|经济日报|"
    r"[\u4e00-\u9fff]{2,4}[日晚]报)"
)
PLACE = r"(?:(?!记者|消息|\d|讯)[\u4e00-\u9fff、·/]){0,24}"
DAY = r"\s*(?:(?:\d{4}年)?\s*\d{1,2}\s*月\s*)?\d{1,2}\s*日\s*"
WIRE = rf"(?:{PLACE}{DAY}(?:专|综合)?电|(?:{PLACE})?(?:专|综合)?电(?=[\s（(：:]|$))"
LEAD = re.compile(
    rf"(?P<dateline>(?:综合)?(?:据)?{HOUSE}(?:[（(][^（()）]{{1,8}}[）)])?(?:(?:综合)?(?:讯|消息)(?=[\s（(：:]|记者|\S)|{WIRE}))"
    r"(?P<white>\s*)(?P<bracket>[（(](?P<inside>[^（()）]{1,120})[）)])?\s*"
)
UNBRACKETED = re.compile(
    r"(?P<inside>(?:本报)?(?:实习生|通讯员|记者)[\s\u3000]+[\u4e00-\u9fff]{2,3}(?:[\s\u3000、]+[\u4e00-\u9fff]{2,3})*)[\s\u3000]*(?:报道|报道：)"
)
STARTS = re.compile(rf"(?:综合)?(?:据)?{HOUSE}")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The printed lead-in, its dateline and who signed; `end` is where the copy begins."""

    printed: str
    dateline: str
    bylines: tuple[Byline, ...]
    end: int


def lead_in(text: str) -> LeadIn | None:
    """Return the lead-in that a paragraph opens with, or None."""
    match = LEAD.match(text[:260])
    if not match:
        return None
    found = people(match["inside"]) if match["bracket"] else ()
    end = match.end() if found or not match["bracket"] else match.start("bracket")
    return LeadIn(text[:end].strip(), match["dateline"].strip(), found or (), end)


def may_lead(text: str, after: str = "") -> bool:
    """Say whether a line opens with a lead-in, be it one that a column end has cut."""
    if not STARTS.match(text):
        return False
    if LEAD.match(text[:260]):
        return True
    return len(text) < 40 and bool(LEAD.match((text + after)[:260]))


def copy_under(text: str) -> str:
    """Return what of a line follows its lead-in; one that a column end cut has no copy yet."""
    match = LEAD.match(text[:260])
    return text[match.end() :] if match else ""
