"""Names of people in the text of a page: in lead-ins and lines of credits. No Django here.

Back issues often have no bylines but what is printed: （记者于洋、万宇）, 本报记者 余建斌, 郑 鹏摄.
"""

import re

HAN = "[\u3400-\u9fff]"
BLANK = "[\\s\u00a0\u3000]"
# What is looked at: brackets, and short texts between tags that are no sentence.
BRACKET = re.compile(r"（([^（）<>。]{2,400})）")
LINE = re.compile(r">([^<>，。！？“”]{2,60})<")
ROLE = r"(?:记者|通讯员|实习生|采写|摄影|设计|责编|编辑|作者|文/图|图/文)"
AFTER_ROLE = re.compile(rf"{ROLE}{BLANK}*[：:]?")
LISTED = re.compile(rf"(?:{HAN}|[·•、]|{BLANK})+")
# Who took a picture: the name before 摄 or 供图.
CREDITED = re.compile(rf"({HAN}{{2,4}}|{HAN}{BLANK}+{HAN})(?=摄|绘|供图)")
# What follows the last name.
VERBS = re.compile(r"(?:摄影报道|采访整理|参与采写|采写|整理|报道|摄影|摄|供图|文/图|图/文)$")
SEPARATOR = re.compile(rf"(?:、|{BLANK})+")
PADDED = re.compile(rf"(?<!{HAN})({HAN}{BLANK}+{HAN})(?!{HAN})")
FOREIGN = "·•"
NO_NAMES = frozenset(["本版", "本报", "版式", "新华社", "参与", "综合"])
LONGEST = 4


def printed_names(html: str) -> set[str]:
    """Return what is printed as the names of people who wrote or took pictures.

    A name padded to the width of three characters is returned with its blanks.
    """
    found: set[str] = set()
    for text in BRACKET.findall(html):
        if "记者" in text or "通讯员" in text or "实习生" in text:
            found |= _listed(text)
    for text in LINE.findall(html):
        found |= _listed(text)
        found.update(name.removeprefix("记者") for name in CREDITED.findall(text))
    return {name for name in found if name and name not in NO_NAMES}


def _listed(text: str) -> set[str]:
    """Return the names that follow roles in a text."""
    names: set[str] = set()
    for part in AFTER_ROLE.split(text)[1:]:
        if listed := LISTED.match(part):
            rest = VERBS.sub("", listed[0].strip())
            names.update(PADDED.findall(rest))
            names.update(filter(_is_name, SEPARATOR.split(PADDED.sub("、", rest))))
    return names


def _is_name(token: str) -> bool:
    is_short = 2 <= len(token) <= LONGEST and token not in NO_NAMES
    return is_short or any(dot in token for dot in FOREIGN)
