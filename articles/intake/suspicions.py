"""What may have gone wrong on the way from print: named for a person, never mended."""

import re
from collections.abc import Iterator, Sequence

from .marks import CLOSERS, PAIRS, ending, left_open
from .paper import Article, Part, Warning

PROSE = ("body", "summary", "source")
DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
WORDS_DOUBLED_RIGHTLY = {
    "研究", "讨论", "商量", "考虑", "学习", "休息", "锻炼", "打听", "了解", "介绍", "体验", "交流",
    "准备", "活动", "收拾", "打扫", "品尝", "感受", "比划", "意思", "热闹", "凉快", "高兴", "非常",
    "很多", "许多", "好多", "多少", "等等", "哈哈", "嘿嘿", "呵呵", "咚咚", "轰隆", "咔嚓", "滴答",
    "哗啦", "叮当", "加油", "谢谢", "辛苦", "欢迎", "你好", "不对", "不行", "可以", "知道", "看看",
    "想想", "慢慢", "渐渐", "常常", "往往", "沙沙", "某某", "认识", "宣传", "见识", "表现", "切磋",
    "放松", "调整", "修改", "整理", "照顾", "尝试", "回忆", "琢磨",
}  # fmt: skip
LOST = re.compile(r"[\ufffd〓\ue000-\uf8ff]|\(cid:\d+\)")
PHRASE = re.compile(r"[，。；：！？、“”‘’（）《》\s]+")


def suspicions(articles: Sequence[Article]) -> list[Warning]:
    """Return every warning of a page, by code and then in printed order."""
    return sorted(_found(articles), key=lambda warning: warning.code)


def _found(articles: Sequence[Article]) -> Iterator[Warning]:
    for i, article in enumerate(articles):
        for part in article.parts:
            yield from _in_words(part)
            yield from _at_seams(part)
        yield from _quotations(article)
        yield from _tails(articles, i)


def _in_words(part: Part) -> Iterator[Warning]:
    for match in DOUBLED.finditer(part.text):
        word = match[1]
        if word not in WORDS_DOUBLED_RIGHTLY and word[0] != "一" and len(set(word)) > 1:
            yield Warning("doubled-word", match.group(), part.lines)
    for match in LOST.finditer(part.text):
        yield Warning("unreadable-character", match.group(), part.lines)


def _at_seams(part: Part) -> Iterator[Warning]:
    for seam in part.seams if part.kind in (*PROSE, "note") else ():
        before, after = part.text[max(0, seam - 60) : seam], part.text[seam : seam + 60]
        if again := _overlap(before, after):
            yield Warning(
                "overlap", again, part.lines, "the same words end one column and begin the next"
            )
        if phrase := _odd_phrase(before, after):
            yield Warning(
                "parallel-phrase",
                phrase,
                part.lines,
                "a character may be lost at the end of a column",
            )


def _overlap(before: str, after: str) -> str:
    """Return the words that end one column and begin the next, if they are the same."""
    for size in range(min(12, len(before), len(after)), 1, -1):
        words = after[:size]
        if before.endswith(words) and words.isalnum() and not words.isascii():
            return words
    return ""


def _odd_phrase(before: str, after: str) -> str:
    """Return the phrase over a seam if its three neighbours share a length it misses by one."""
    head, tail = PHRASE.split(before), PHRASE.split(after)
    broken = head[-1] + tail[0]
    if not (head[-1] and tail[0] and all("\u4e00" <= c <= "\u9fff" for c in broken)):
        return ""
    left = [len(phrase) for phrase in head[-4:-1]]
    right = [len(phrase) for phrase in tail[1:4]]
    for taken in range(4):
        near = (left[len(left) - taken :] if taken else []) + right[: 3 - taken]
        if (
            len(near) == 3
            and len(set(near)) == 1
            and 5 <= near[0] <= 9
            and abs(len(broken) - near[0]) == 1
        ):
            return broken
    return ""


def _quotations(article: Article) -> Iterator[Warning]:
    """Name paragraphs that do not close what they open; a quotation may run over several."""
    prose = article.all(*PROSE, "caption", "note")
    for part, after in zip(prose, [*prose[1:], None], strict=False):
        left, running = left_open(part.text), bool(after) and after.text[0] in "“‘"
        if left and not (running and left in ("“", "‘", "“‘")):
            yield Warning("unbalanced-quotation", left, part.lines, part.text[-20:])
        elif lone := _unopened(part.text):
            yield Warning("unbalanced-quotation", lone, part.lines, part.text[:20])


def _unopened(text: str) -> str:
    return "".join(right for left, right in PAIRS.items() if text.count(right) > text.count(left))


def _tails(articles: Sequence[Article], i: int) -> Iterator[Warning]:
    """Name a story that stops in mid-sentence without a jump, and offer stray ends."""
    article = articles[i]
    prose = article.all("body")
    if not prose or article.jump_to or article.kind in ("verse", "notice"):
        return
    last = prose[-1]
    if article.parts[-1].kind == "body" and ending(last.text) in ("none", "pause"):
        yield Warning(
            "mid-sentence", last.text[-20:], last.lines, "the story stops in mid-sentence"
        )
        for part in _orphans(articles, i):
            yield Warning(
                "lost-tail",
                part.text,
                part.lines,
                "may be the end of the story that stops at " + last.text[-8:],
            )


def _orphans(articles: Sequence[Article], i: int) -> Iterator[Part]:
    for k, other in enumerate(articles):
        prose = other.all("body")
        if (
            k != i
            and len(prose) > 1
            and len(prose[-1].text) <= 60
            and prose[-1].text.rstrip(CLOSERS)[-1:] == "。"
        ):
            yield prose[-1]
