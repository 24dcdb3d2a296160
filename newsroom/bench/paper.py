"""Fills the scratch database: the sample issue, and one page of 25 long articles a day later."""

import random
from datetime import date

from django.core.management import call_command

from articles.models import Article, Genre
from articles.tests import make

EXTRA_DAY = date(2024, 7, 28)
ARTICLES = 25
PHOTOS = (2, 9, 17)
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


def fill() -> str:
    """Make the issue of 25 articles, three of them with a photo; return the lead's address."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "sample_issue", verbosity=0)
    chance = random.Random(20240728)
    page = make.make_page(issue=make.make_issue(issued_on=EXTRA_DAY))
    column, writer = make.make_column(), make.make_contributor()
    for number in range(ARTICLES):
        place, done, thing = chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
        article = make.make_article(
            page=page,
            headline=f"{place}{done}{chance.randint(2, 60)}处{thing} 方便居民出行",
            kicker=f"“{thing}”三年行动进入第二年" if number % 5 == 0 else "",
            deck=f"年内再{done}一批，覆盖全部村（社区）" if number % 7 == 0 else "",
            dateline="本报讯",
            genre=Genre.PHOTO if number in PHOTOS else Genre.NEWS,
            column=column if number % 6 == 1 else None,
            paragraphs=paragraphs(chance),
        )
        make.make_byline(article=article, contributor=writer)
        make.make_byline(article=article, role="通讯员", name="周一鸣")
        article.tags.add("民生", thing)
        if number in PHOTOS:
            make.make_caption(article=article, photo=make.make_photo(size=(1200, 800)))
    return Article.objects.get(page=page, position=1).get_absolute_url()
