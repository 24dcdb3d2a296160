"""Invented words, as many as are wanted, the same every time. No Django here."""

import random

LENGTH = 1000
WHO = ["云溪区", "河埠街道", "青禾镇", "石桥村", "柳湾社区", "区水务局", "南浦小学", "东塘工业园"]
DID = ["启用", "完成", "公布", "修缮", "调整", "新建", "验收", "开放"]
WHAT = [
    "便民服务点",
    "滨河步道",
    "老旧小区管网",
    "公交线路",
    "社区食堂",
    "图书流动站",
    "排涝泵站",
    "口袋公园",
]
TAIL = [
    "附近居民前来办事，窗口的工作人员逐一作了解答",
    "工程分三段推进，先通水，再铺路，最后补种树木",
    "记者在现场看到，施工人员正在清理最后一段路面",
    "负责人介绍，计划年内再建三处，覆盖十二个村（社区）",
    "“以前要走半个小时，现在下楼就到。”一位居民说",
]


def sentence(chance: random.Random) -> str:
    """Return one invented sentence of about 45 字."""
    day = f"{chance.randint(1, 28)}日"
    place, done, thing = chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
    return f"{day}，{place}{done}{chance.randint(2, 60)}处{thing}，{chance.choice(TAIL)}。"


def paragraphs(chance: random.Random) -> list[str]:
    """Return about a thousand invented 字 in paragraphs."""
    found = []
    while sum(map(len, found)) < LENGTH:
        found.append("".join(sentence(chance) for _ in range(3)))
    return found
