"""Names out of printed photo credits. No Django here."""

import re

VERBS = re.compile(r"(?:摄影报道|图片报道|供图|提供|制图|绘图|摄影|摄|绘|画)$")
BOTH = re.compile(r"文/图|图/文|文/摄|摄/文")
ROLE = re.compile(r"(?:记者|通讯员|实习生|摄影|编辑|作者)$")
PARTS = re.compile(r"[\s、，,/／|()（）：:]+")
# Roles of bylines for pictures alone; 文/图, 图/文 and 摄影报道 are for words too.
PICTURE_ROLES = frozenset(["摄", "摄影", "供图", "制图", "绘", "画"])


def photographers(credit: str) -> list[str]:
    """Return the names in a credit as printed: 本报记者 徐芊卉 王 一 摄 → 徐芊卉, 王一."""
    names: list[str] = []
    letter = ""
    for part in PARTS.split(BOTH.sub(" ", credit)):
        name = VERBS.sub("", part)
        if not name or ROLE.search(name):
            letter = ""
        elif letter and len(name) == 1:  # A name of two characters is printed apart: 王 一.
            names.append(letter + name)
            letter = ""
        elif len(name) == 1:
            letter = name
        else:
            names.append(name)
            letter = ""
    return list(dict.fromkeys(names))
