"""Pages with odd characters and damaged bytes: read as meant, and what is wrong is told."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.content import characters
from articles.intake.messages import problem_lines, warning_line
from articles.intake.parse.decoding import decode
from articles.intake.parse.parser import parse
from articles.intake.parse.raw_text import read_lines
from articles.intake.parse.warnings import find_warnings

PAGE = """A2 社会新闻
责任编辑 王甲 美编 李乙

甲镇新建三个便民站点
居民办事不用跑远路

　　本报讯（记者 王甲乙）昨天上午，甲镇三个便民站点同时启用，居民在家门口就能办理社保、医保等业务。
　　站点设在河埠路、东街和新村，每天八点开门。区政务办负责人说，今年还将再建五个站点，预计年底完工。
　　“以前要坐半小时车，现在走五分钟就到。”居民张阿姨说。

乙村稻田迎来丰收

　　本报讯（通讯员 李丙丁）连日来，乙村三百亩稻田进入收割期，村民抢抓晴好天气收割晾晒。
　　据介绍，今年亩产预计达到六百公斤，比去年略有增长。
"""
PLAIN = parse(PAGE)


def warnings(text: str) -> list[str]:
    """Return the lines of all warnings of a page."""
    return [warning_line(each).strip() for each in find_warnings(parse(text).articles)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_whatever_ends_a_line_the_page_is_the_same(end):
    text = decode(PAGE.replace("\n", end).encode()).text
    assert (text, parse(PAGE.replace("\n", end))) == (PAGE, PLAIN)


def test_invisible_characters_are_taken_out_and_told():
    text = PAGE.replace("昨天", "\u202a昨天\u202c").replace("建三个", "建\ufe00三个")
    source = decode(text.encode())
    assert parse(source.text).articles == PLAIN.articles
    assert [*problem_lines(source)] == [
        "不显示的字符，已去掉：字形变体选择符 U+FE00 1 个、书写方向控制符 U+202A 1 个、"
        "书写方向控制符 U+202C 1 个（第 4+7 行）"
    ]


def test_look_alikes_are_told_by_name_and_stay():
    text = PAGE.replace("家门口", "家⾨⼝").replace("年底", "\uf98e底")
    assert warnings(text) == [
        "第 7 行：形似字（部首、兼容字符），不是正字：⾨（U+2FA8）→门 ⼝（U+2F1D）→口",
        "第 8 行：形似字（部首、兼容字符），不是正字：\uf98e（U+F98E）→年",
    ]
    assert "家⾨⼝" in parse(text).articles[0].paragraphs[0]


def test_characters_that_all_stand_twice_are_told():
    doubled = "".join(2 * each for each in "甲镇新建三个便民站点")
    assert warnings(PAGE.replace("甲镇新建三个便民站点", doubled)) == [
        f"第 4 行：每个字都重了：{doubled}"
    ]
    assert warnings(PAGE.replace("昨天", "昨天高高兴兴")) == []


@pytest.mark.parametrize(
    ("printed", "label"), [("Ａ２ 社会新闻", "A2"), ("第２版 社会新闻", "2"), ("Ａ１２", "A12")]
)
def test_a_folio_may_be_full_width(printed, label):
    page = parse(PAGE.replace("A2 社会新闻", printed))
    assert (page.label, page.articles) == (label, PLAIN.articles)


def test_a_jump_may_be_full_width():
    page = parse(PAGE.replace("阿姨说。", "阿姨说。（下转Ａ３版）"))
    assert page.articles[0].jump_to == ("A3",)


def test_one_damaged_byte_of_utf_8_leaves_the_rest():
    raw = PAGE.encode().replace(
        "百公".encode(), "百公".encode()[:1] + b"\xff" + "百公".encode()[2:]
    )
    source = decode(raw)
    assert (source.text, source.problems) == (
        PAGE.replace("百公", "\ufffd公"),
        ("lost-characters",),
    )
    assert warnings(source.text) == ["第 14 行：有字无法识读：\ufffd"]


def test_one_lost_byte_of_gb18030_leaves_the_rest():
    start, end = (each.encode("gb18030") for each in PAGE.split("连"))
    source = decode(start + "连".encode("gb18030")[1:] + end)
    assert (source.text, source.encoding) == (PAGE.replace("连", "\ufffd"), "gb18030")
    assert warnings(source.text) == ["第 13 行：有字无法识读：\ufffd"]


@given(st.integers(0, len(PAGE.encode("gb18030")) - 2), st.sampled_from(["utf-8", "gb18030"]))
def test_a_lost_byte_costs_no_more_than_its_line(at, encoding):
    raw = PAGE.encode(encoding)
    at = min(at, len(raw) - 2)
    if raw[at : at + 1] in b"\n ":
        return
    got, expected = decode(raw[:at] + raw[at + 1 :]).text.split("\n"), PAGE.split("\n")
    assert len(got) == len(expected)
    assert sum(one != other for one, other in zip(got, expected, strict=True)) == 1


@pytest.mark.parametrize(
    "raw", [b"\x81\xff\xff", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n" + bytes(range(256))]
)
def test_what_is_no_text_is_refused(raw):
    assert not decode(raw).is_readable


@given(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u200d\u2028\xad👩\n"),
        max_size=80,
    )
)
@example("👩\u200d👧\u200d\n\u2028")
def test_lines_lose_invisible_characters_and_outer_spaces_only(text):
    lines, removed = read_lines(text)
    rows = characters.clean_text(text).split("\n")
    assert [line.text for line in lines] == [row.strip() for row in rows if row.strip()]
    assert len(removed) == characters.find_invisible(characters.end_lines(text)).total()
