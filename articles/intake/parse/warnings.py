"""Warnings about a parsed page: words or characters that may be lost, doubled or misplaced."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

from articles.content import characters

from .raw_text import CLOSERS, PAIRS, ending, left_open
from .types import ParsedArticle, ParsedPart, ParseWarning

PROSE = ("body", "summary", "source")
DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
REDUPLICATED = re.compile(
    "研究|讨论|商量|考虑|学习|休息|锻炼|打听|了解|介绍|体验|交流|准备|活动|收拾|打扫|品尝|"
    "感受|比划|意思|热闹|凉快|高兴|非常|很多|许多|好多|多少|等等|哈哈|嘿嘿|呵呵|咚咚|轰隆|"
    "咔嚓|滴答|哗啦|叮当|加油|谢谢|辛苦|欢迎|你好|不对|不行|可以|知道|看看|想想|慢慢|渐渐|"
    "常常|往往|沙沙|某某|认识|宣传|见识|表现|切磋|放松|调整|修改|整理|照顾|尝试|回忆|琢磨"
)
# Bold type made by printing twice: 甲甲镇镇开开工工.
DOUBLED_CHARACTERS = re.compile(r"(?:([\u4e00-\u9fff])\1){4,}")
UNREADABLE = re.compile(r"[\ufffd〓\ue000-\uf8ff]|\(cid:\d+\)")
PHRASE_END = re.compile(r"[，。；：！？、“”‘’（）《》\s]+")

# The most endings that are offered for one that is lost: more than a page has articles.
MOST_ENDINGS = 40
ShortEnding = tuple[int, ParsedPart]


def find_warnings(articles: Sequence[ParsedArticle]) -> list[ParseWarning]:
    """Return every warning of a page, by code and then in printed order."""
    return sorted(_warnings(articles), key=lambda warning: warning.code)


def warnings_by_article(articles: Sequence[ParsedArticle]) -> list[list[ParseWarning]]:
    """Return for each article the warnings about its own lines."""
    owners: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        for lines in {part.lines for part in article.parts}:
            owners[lines].append(number)
    found: list[list[ParseWarning]] = [[] for _ in articles]
    for warning in find_warnings(articles):
        for number in owners.get(warning.lines, ()):
            found[number].append(warning)
    return found


def _warnings(articles: Sequence[ParsedArticle]) -> Iterator[ParseWarning]:
    endings = [*_short_endings(articles)]
    for number, article in enumerate(articles):
        for part in article.parts:
            yield from _in_text(part)
            yield from _at_column_ends(part)
        yield from _unbalanced_quotations(article)
        yield from _lost_endings(article, number, endings)


def _in_text(part: ParsedPart) -> Iterator[ParseWarning]:
    for match in DOUBLED_WORD.finditer(part.text):
        word = match[1]
        if not REDUPLICATED.fullmatch(word) and word[0] != "一" and len(set(word)) > 1:
            yield ParseWarning("doubled-word", match.group(), part.lines)
    for match in DOUBLED_CHARACTERS.finditer(part.text):
        yield ParseWarning("doubled-characters", match.group(), part.lines)
    if found := characters.find_look_alikes(part.text):
        yield ParseWarning("look-alike", " ".join(map(_pair, found)), part.lines)
    for match in UNREADABLE.finditer(part.text):
        yield ParseWarning("unreadable-character", match.group(), part.lines)


def _pair(wrong: str) -> str:
    """Return a look-alike by name with the right character: they may look the same."""
    return f"{wrong}（{characters.code(wrong)}）→{characters.LOOK_ALIKES[wrong]}"


def _at_column_ends(part: ParsedPart) -> Iterator[ParseWarning]:
    for at in part.column_ends if part.kind in (*PROSE, "note") else ():
        before, after = part.text[max(0, at - 60) : at], part.text[at : at + 60]
        if words := _overlap(before, after):
            detail = "the same words end one column and begin the next"
            yield ParseWarning("overlap", words, part.lines, detail)
        if phrase := _odd_phrase(before, after):
            detail = "a character may be lost at the end of a column"
            yield ParseWarning("parallel-phrase", phrase, part.lines, detail)


def _overlap(before: str, after: str) -> str:
    """Return the words that end one column and begin the next, if they are the same."""
    for size in range(min(12, len(before), len(after)), 1, -1):
        words = after[:size]
        if before.endswith(words) and words.isalnum() and not words.isascii():
            return words
    return ""


def _odd_phrase(before: str, after: str) -> str:
    """Return the phrase across a column end if it misses its neighbours' equal length by one."""
    head, tail = PHRASE_END.split(before), PHRASE_END.split(after)
    phrase = head[-1] + tail[0]
    if not (head[-1] and tail[0] and all("\u4e00" <= c <= "\u9fff" for c in phrase)):
        return ""
    left = [len(each) for each in head[-4:-1]]
    right = [len(each) for each in tail[1:4]]
    for taken in range(4):
        near = (left[len(left) - taken :] if taken else []) + right[: 3 - taken]
        is_parallel = len(near) == 3 and len(set(near)) == 1 and 5 <= near[0] <= 9
        if is_parallel and abs(len(phrase) - near[0]) == 1:
            return phrase
    return ""


def _unbalanced_quotations(article: ParsedArticle) -> Iterator[ParseWarning]:
    """Warn of paragraphs with an unpaired mark; a quotation may run over several paragraphs."""
    prose = article.all(*PROSE, "caption", "note")
    for part, after in zip(prose, [*prose[1:], None], strict=False):
        left, goes_on = left_open(part.text), bool(after) and after.text[0] in "“‘"
        if left and not (goes_on and left in ("“", "‘", "“‘")):
            yield ParseWarning("unbalanced-quotation", left, part.lines, part.text[-20:])
        elif right := _unopened(part.text):
            yield ParseWarning("unbalanced-quotation", right, part.lines, part.text[:20])


def _unopened(text: str) -> str:
    return "".join(right for left, right in PAIRS.items() if text.count(right) > text.count(left))


def _lost_endings(
    article: ParsedArticle, number: int, endings: Sequence[ShortEnding]
) -> Iterator[ParseWarning]:
    """Warn of an article that stops in mid-sentence without a jump, and of possible endings."""
    prose = article.all("body")
    if not prose or article.jump_to or article.kind in ("verse", "notice"):
        return
    last = prose[-1]
    if article.parts[-1].kind == "body" and ending(last.text) in ("none", "pause"):
        detail = "the story stops in mid-sentence"
        yield ParseWarning("mid-sentence", last.text[-20:], last.lines, detail)
        detail = "may be the end of the story that stops at " + last.text[-8:]
        for part in _nearest(number, endings):
            yield ParseWarning("lost-tail", part.text, part.lines, detail)


def _short_endings(articles: Sequence[ParsedArticle]) -> Iterator[ShortEnding]:
    """Yield the short last paragraphs that end a sentence, with the numbers of their articles."""
    for number, prose in enumerate(article.all("body") for article in articles):
        is_short = len(prose) > 1 and len(prose[-1].text) <= 60
        if is_short and prose[-1].text.rstrip(CLOSERS)[-1:] == "。":
            yield number, prose[-1]


def _nearest(number: int, endings: Sequence[ShortEnding]) -> Iterator[ParsedPart]:
    """Yield the endings of the articles around one, in printed order: all those of a page."""
    at = bisect_left(endings, number, key=itemgetter(0))
    first = max(0, min(at - MOST_ENDINGS // 2, len(endings) - MOST_ENDINGS))
    yield from (part for _number, part in endings[first : first + MOST_ENDINGS])
