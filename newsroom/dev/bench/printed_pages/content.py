"""The articles of pages that are printed for measuring: from an archive, or invented."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from articles.intake.parse.raw_text import squash
from newsroom.dev.bench.invented import DID, WHAT, WHO, sentence

LONGEST, SHORTEST = 2_200, 120  # characters of an article
CHARACTERS = 6_000  # of a page
NAMES = ["徐芊卉", "朱吉鹏", "严格", "李文", "王一川", "陈小雨", "欧阳明", "周舟"]
SCENES = ["居民在新启用的便民服务点办事", "施工人员铺设步道", "孩子们在图书流动站看书"]


@dataclass(frozen=True)
class Picture:
    """A picture of an article with its caption and credit, as printed."""

    key: str
    caption: str
    credit: str


@dataclass(frozen=True)
class KnownArticle:
    """An article as it must be read."""

    headline: str
    paragraphs: list[str]
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    jump: str = ""
    pictures: list[Picture] = field(default_factory=list)


def of_archive(rows: Sequence[dict]) -> list[KnownArticle]:
    """Return the articles of an archive that are plain copy, in its order."""
    return [_known(row) for row in rows if _is_usable(row)]


def _is_usable(row: dict) -> bool:
    length = sum(map(len, row["paragraphs"]))
    is_plain = all(map(_is_plain, row["paragraphs"]))
    return bool(row["headline"]) and SHORTEST <= length <= LONGEST and is_plain


def _is_plain(text: str) -> bool:
    """Tell whether a paragraph is copy or a subhead: no credit, no label of a drawing."""
    return text[-1] in "。！？”）…；：" and len(text) > 11 or text.isalpha() and len(text) > 3


def _known(row: dict) -> KnownArticle:
    return KnownArticle(
        headline=row["headline"],
        paragraphs=[" ".join(text.split()) for text in row["paragraphs"]],
        kicker=row["kicker"],
        deck=row["deck"],
    )


def invented(chance: random.Random) -> KnownArticle:
    """Return an invented article."""
    place, done, thing = chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
    count = chance.randint(2, 6)
    paragraphs = [
        "".join(sentence(chance) for _ in range(chance.randint(1, 4))) for _ in range(count)
    ]
    paragraphs[0] = f"本报讯（记者 {chance.choice(NAMES)}）" + paragraphs[0]
    return KnownArticle(
        headline=f"{place}{done}{thing}",
        paragraphs=paragraphs,
        kicker=f"{chance.choice(WHAT)}连成网" if chance.random() < 0.3 else "",
        deck=f"——{chance.choice(WHO)}{chance.choice(DID)}纪实" if chance.random() < 0.3 else "",
    )


def page_articles(source: Sequence[KnownArticle], seed: int) -> Iterator[KnownArticle]:
    """Yield the articles of one page: `source` is an archive's, or else they are invented."""
    chance, length, seen = random.Random(seed), 0, set()
    most = CHARACTERS * chance.uniform(0.5, 1.0)
    while length < most:
        article = chance.choice(source) if source else invented(chance)
        if squash(article.headline) in seen:
            continue
        seen.add(squash(article.headline))
        length += sum(map(len, article.paragraphs))
        yield _with_extras(article, chance, f"p{len(seen)}")


def _with_extras(article: KnownArticle, chance: random.Random, key: str) -> KnownArticle:
    """Give some articles a picture, a byline or a jump."""
    if chance.random() < 0.35:
        article = replace(article, pictures=[_picture(chance, key)])
    if not article.paragraphs[0].startswith(("本报", "新华社", "据")) and chance.random() < 0.7:
        role = chance.choice(["本报记者 ", "记者 ", "□本报记者 ", "本报记者　", "通讯员 "])
        article = replace(article, byline=role + chance.choice(NAMES))
    if chance.random() < 0.06:
        article = replace(article, jump=f"（下转第{chance.randint(2, 8)}版）")
    return article


def _picture(chance: random.Random, key: str) -> Picture:
    words = f"图为{chance.choice(WHO)}{chance.choice(SCENES)}。"
    if chance.random() < 0.4:
        words += f"{chance.choice(WHO)}的{chance.choice(WHAT)}日前{chance.choice(DID)}。"
    name = chance.choice(NAMES)
    credit = chance.choice([f"{name} 摄", f"（{name} 摄）", f"本报记者 {name} 摄", f"{name}　摄"])
    return Picture(key, words, credit)
