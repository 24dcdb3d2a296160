"""Who is named: bylines and credits, with the role as printed and the name without padding."""

import re

from .paper import Byline

HOUSE = (
    r"(?P<house>本报|新华社|人民网|中新社|新华网|中新网|央视|本台|[\u4e00-\u9fff]{2,4}[日晚]报)?"
)
STATION = r"(?:驻[\u4e00-\u9fff]{1,6}?)?"
RANK = r"(?:首席|全媒体|融媒体?|见习|实习|特约|特派|特邀|通讯|摄影|文字|图片|资深|高级|联合)*"
OFFICE = (
    r"(?:记者|通讯员|实习生|撰稿人?|评论员|编辑|采写|参与采写|撰文|执笔|整理|作者|报道组|策划|统筹)"
)
ROLE = re.compile(rf"{HOUSE}(?P<role>{STATION}{RANK}{OFFICE})[：:]?")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•．A-Za-z.]{1,12}$")
NO_NAMES = {
    "见图", "上图", "下图", "左图", "右图", "附图", "题图", "资料", "资料图片", "综合", "说",
    "节选", "摘要", "全文", "续完", "简讯", "快讯", "短讯", "要闻", "导读", "链接", "新闻链接",
    "相关链接", "背景", "提示", "短评", "快评", "声音", "便民", "信息", "便民信息", "动态",
}  # fmt: skip
SPLIT = re.compile(r"[\s\u3000、，,；;/]+")
VERBS_AFTER = re.compile(r"(?:摄影报道|图片报道|参与采写|整理|报道|采写|文并摄|摄影|供图)$")


def people(text: str) -> tuple[Byline, ...] | None:
    """Read roles and names; return None where the words are not a list of names."""
    found, last = [], 0
    house = role = ""
    for match in ROLE.finditer(text):
        names = _names(text[last : match.start()])
        if names is None:
            return None
        found += [Byline(role, name, house) for name in names]
        house, role, last = match["house"] or "", match["role"], match.end()
    rest = text[last:].strip()
    verb = VERBS_AFTER.search(rest)
    names = _names(rest[: verb.start()] if verb else rest)
    if names is None:
        return None
    role = role or (verb.group() if verb else "")
    return tuple(found + [Byline(role, name, house) for name in names])


def credited(names: str, verb: str) -> tuple[Byline, ...]:
    """Read the names before a credit verb; the verb is their role."""
    listed = people(names.strip(" \u3000/（("))
    return tuple(Byline(verb, person.name, person.house) for person in listed or ())


def _names(text: str) -> list[str] | None:
    """Split names; two neighbours of one character are one padded name."""
    tokens = [token for token in SPLIT.split(text) if token]
    if any(not NAME.match(token) or token in NO_NAMES for token in tokens):
        return None
    names, i = [], 0
    while i < len(tokens):
        pair = len(tokens[i]) == 1 and i + 1 < len(tokens) and len(tokens[i + 1]) == 1
        names.append(tokens[i] + tokens[i + 1] if pair else tokens[i])
        i += 2 if pair else 1
    return names


def is_plausible(found: tuple[Byline, ...] | None) -> bool:
    """Say whether these look like names: none too long, at least one."""
    return bool(found) and all(2 <= len(b.name) <= 6 or "·" in b.name for b in found)
