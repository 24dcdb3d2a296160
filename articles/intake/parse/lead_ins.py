"""Lead-ins (本报讯（记者 吴桐）, 新华社酒泉7月26日电), bylines, credits: roles and names."""

import re
from dataclasses import dataclass

from .types import ParsedByline

HOUSE = (
    r"(?:本报|新华社|中新社|中新网|新华网|人民日报|人民网|央视新闻|光明日报|经济日报|"
    r"[\u4e00-\u9fff]{2,4}[日晚]报)"
)
PLACE = r"(?:(?!记者|消息|\d|讯)[\u4e00-\u9fff、·/]){0,24}"
DAY = r"\s*(?:(?:\d{4}年)?\s*\d{1,2}\s*月\s*)?\d{1,2}\s*日\s*"
WIRE = rf"(?:{PLACE}{DAY}(?:专|综合)?电|(?:{PLACE})?(?:专|综合)?电(?=[\s（(：:]|$))"
LEAD_IN = re.compile(
    rf"(?P<dateline>(?:综合)?(?:据)?{HOUSE}(?:[（(][^（()）]{{1,8}}[）)])?(?:(?:综合)?(?:讯|消息)(?=[\s（(：:]|记者|\S)|{WIRE}))"
    r"(?P<white>\s*)(?P<bracket>[（(](?P<inside>[^（()）]{1,120})[）)])?\s*"
)
LEAD_IN_START = re.compile(rf"(?:综合)?(?:据)?{HOUSE}")

BYLINE_HOUSE = (
    r"(?P<house>本报|新华社|人民网|中新社|新华网|中新网|央视|本台|[\u4e00-\u9fff]{2,4}[日晚]报)?"
)
STATION = r"(?:驻[\u4e00-\u9fff]{1,6}?)?"
RANK = r"(?:首席|全媒体|融媒体?|见习|实习|特约|特派|特邀|通讯|摄影|文字|图片|资深|高级|联合)*"
OFFICE = (
    r"(?:记者|通讯员|实习生|撰稿人?|评论员|编辑|采写|参与采写|撰文|执笔|整理|作者|报道组|策划|统筹)"
)
ROLE = re.compile(rf"{BYLINE_HOUSE}(?P<role>{STATION}{RANK}{OFFICE})[：:]?")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•．A-Za-z.]{1,12}$")
NOT_NAMES = re.compile(
    "见图|上图|下图|左图|右图|附图|题图|资料|资料图片|综合|说|节选|摘要|全文|续完|简讯|"
    "快讯|短讯|要闻|导读|链接|新闻链接|相关链接|背景|提示|短评|快评|声音|便民|信息|"
    "便民信息|动态"
)
NAME_SEPARATOR = re.compile(r"[\s\u3000、，,；;/]+")
VERBS_AFTER = re.compile(r"(?:摄影报道|图片报道|参与采写|整理|报道|采写|文并摄|摄影|供图)$")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The printed lead-in, its dateline and bylines; the copy begins at character `end`."""

    printed: str
    dateline: str
    bylines: tuple[ParsedByline, ...]
    end: int


def parse_lead_in(text: str) -> LeadIn | None:
    """Return the lead-in with which a paragraph opens, or None."""
    match = LEAD_IN.match(text[:260])
    if not match:
        return None
    found = parse_bylines(match["inside"]) if match["bracket"] else ()
    end = match.end() if found or not match["bracket"] else match.start("bracket")
    return LeadIn(text[:end].strip(), match["dateline"].strip(), found or (), end)


def may_be_lead_in(text: str, after: str = "") -> bool:
    """Tell whether a line opens with a lead-in, even one cut by the end of a column.

    `after` is the beginning of the next line.
    """
    if not LEAD_IN_START.match(text):
        return False
    if LEAD_IN.match(text[:260]):
        return True
    return len(text) < 40 and bool(LEAD_IN.match((text + after)[:260]))


def text_after_lead_in(text: str) -> str:
    """Return what follows the lead-in of a line; nothing where it has no complete one."""
    match = LEAD_IN.match(text[:260])
    return text[match.end() :] if match else ""


def parse_bylines(text: str) -> tuple[ParsedByline, ...] | None:
    """Return roles and names; None where the words are not a list of names."""
    found, last = [], 0
    house = role = ""
    for match in ROLE.finditer(text):
        names = split_names(text[last : match.start()])
        if names is None:
            return None
        found += [ParsedByline(role, name, house) for name in names]
        house, role, last = match["house"] or "", match["role"], match.end()
    rest = text[last:].strip()
    names = split_names(rest[: verb.start()] if (verb := VERBS_AFTER.search(rest)) else rest)
    if names is None:
        return None
    role = role or (verb.group() if verb else "")
    return tuple(found + [ParsedByline(role, name, house) for name in names])


def parse_credit(names: str, verb: str) -> tuple[ParsedByline, ...]:
    """Return the names before a credit verb (徐芊卉 摄); the verb is their role."""
    listed = parse_bylines(names.strip(" \u3000/（("))
    return tuple(ParsedByline(verb, person.name, person.house) for person in listed or ())


def split_names(text: str) -> list[str] | None:
    """Split names; two neighbours of one character are one padded name (王 芳)."""
    tokens = [token for token in NAME_SEPARATOR.split(text) if token]
    if any(not NAME.match(token) or NOT_NAMES.fullmatch(token) for token in tokens):
        return None
    names, i = [], 0
    while i < len(tokens):
        is_padded = len(tokens[i]) == 1 and i + 1 < len(tokens) and len(tokens[i + 1]) == 1
        names.append(tokens[i] + tokens[i + 1] if is_padded else tokens[i])
        i += 2 if is_padded else 1
    return names


def are_plausible_names(found: tuple[ParsedByline, ...] | None) -> bool:
    """Tell whether there is a name and each has a likely length."""
    return bool(found) and all(2 <= len(b.name) <= 6 or "·" in b.name for b in found)
