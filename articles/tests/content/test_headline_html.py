"""Headlines break between words and keep every character."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import headline_html

TAG = re.compile("<(?:wbr|/?span[^>]*)>")
PIECE = re.compile('<span class="k">([^<]*)</span>|([^<> ]+)(?=<wbr>| |$)')
FIRST_LINE_END = re.compile(" </span>(?=[^<]|<span|<wbr)")
HEADLINES = [
    ("第五届海峡两岸青年环太湖交流活动暨太湖湾仲夏堰潮流文化季在我区启动", "暨太湖湾"),
    ("武进区村(社区)干部“青蓝工程”开展第三期调研活动", "“青蓝工程”"),
    ("我区将投入30亿元治水", "30亿元"),
    ("粮食产量增长3.5%", "3.5%"),
    ("云溪区宣传《民法典》", "《民法典》"),
    ("养老服务设施与社区食堂同步开放", "与社区"),
    ("4×100米接力今天开赛", "4×100米"),
    ("旅客列车超9000列", "超9000列"),
    ("多部门联合检查", "多部门"),
]


@pytest.mark.parametrize(("headline", "whole"), HEADLINES)
def test_a_headline_is_not_cut_inside_what_belongs_together(headline, whole):
    units = headline_html.units(headline)
    assert "".join(units) == headline
    assert any(whole in unit for unit in units)


def test_a_space_between_two_halves_is_a_line_break_in_display_sizes():
    shown = headline_html.display_headline("办好实事 惠及百姓")
    assert shown == '<span class="b">办好<wbr>实事 </span>惠及<wbr>百姓'
    assert headline_html.has_two_lines("办好实事 惠及百姓")
    assert not headline_html.has_two_lines("办好实事")


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("盛赞辉煌成就  共祝美好未来", ["盛赞辉煌成就", "共祝美好未来"]),
        ("盛赞辉煌成就　　共祝美好未来", ["盛赞辉煌成就", "共祝美好未来"]),
        ("奋斗的史诗 复兴的伟力（社论）", ["奋斗的史诗", "复兴的伟力（社论）"]),
        ("华润集团 引领商业进步 共创美好生活", ["华润集团 引领商业进步", "共创美好生活"]),
        ("办好 实事惠及百姓", ["办好 实事惠及百姓"]),
        ("AI 与 5G 时代的 IT", ["AI 与 5G 时代的 IT"]),
        ("新能源汽车 SUV 销量增长", ["新能源汽车 SUV 销量增长"]),
        ("主题教育（守初心强担当 担使命抓落实）", ["主题教育（守初心强担当 担使命抓落实）"]),
        (
            "抓落实 " + "在新的起点上不断开创各项工作新局面",
            ["抓落实 在新的起点上不断开创各项工作新局面"],
        ),
    ],
)
def test_a_headline_breaks_where_the_house_prints_two_lines_and_nowhere_else(headline, lines):
    shown = headline_html.display_headline(headline).replace('<span class="b">', "")
    halves = [unescape(TAG.sub("", half)) for half in shown.split(" </span>")]
    assert halves == lines


@pytest.mark.parametrize(
    ("headline", "pieces"),
    [
        ("AI 与 5G 时代的 IT", ["AI 与", "5G 时代的 IT"]),
        ("国产飞机 C919", ["国产", "飞机 C919"]),
        ("年轻人的（Z 世代）新消费", ["年轻人的", "（Z 世代）", "新", "消费"]),
    ],
)
def test_a_latin_word_or_a_figure_stands_on_no_line_alone(headline, pieces):
    shown = headline_html.list_headline(headline)
    assert [held or free for held, free in PIECE.findall(shown)] == pieces


def test_a_bracket_of_ten_characters_holds_together_and_a_longer_one_breaks():
    ten, longer = "（守初心 担使命找差距抓）", "（守初心 担使命找差距抓落实）"
    held, broken = (headline_html.list_headline("教育" + text) for text in (ten, longer))
    assert held == f'教育<wbr><span class="k">{ten}</span>'
    assert "<wbr>" in broken.partition("（")[2] and " " in broken
    assert headline_html.list_headline("“不忘初心、牢记使命”") == (
        '<span class="k">“不忘初心、牢记使命”</span>'
    )
    for text in ("“美食+安全”", "大师(26)）"):
        assert f'<span class="k">{text}</span>' in headline_html.list_headline(f"走近{text}")
    assert headline_html.units("光纤（新中国的“第一”）")[-1] == "（新中国的“第一”）"


@given(st.text(st.sampled_from("甲乙丙丁戊己AB7 　“”（）《》，—·<&"), max_size=40))
def test_whatever_a_headline_holds_its_characters_and_its_one_break_stay(headline):
    shown = headline_html.display_headline(headline)
    assert unescape(TAG.sub("", shown)) == " ".join(headline.split())
    assert shown.count('class="b"') <= 1 and "<wbr><wbr>" not in shown
    assert headline_html.has_two_lines(headline) is ('class="b"' in shown)
    if 'class="b"' in shown:
        before, after = (unescape(TAG.sub("", half)) for half in FIRST_LINE_END.split(shown))
        assert headline_html.HAN.match(before[-1]) and headline_html.HAN.match(after[0])
        assert all(4 <= len(half.replace(" ", "")) <= 16 for half in (before, after))


def test_a_space_stays_a_space_in_lists():
    for spaces in (" ", "  ", "\u3000\u3000"):
        shown = headline_html.list_headline(f"办好实事{spaces}惠及百姓")
        assert shown == "办好<wbr>实事 惠及<wbr>百姓"


def test_mark_up_in_a_headline_is_text():
    shown = headline_html.display_headline("<script>alert('1')</script> & 其他")
    assert "<script" not in shown
    told = unescape(TAG.sub("", shown))
    assert told == "<script>alert('1')</script> & 其他"


def test_the_dashes_that_tie_a_kicker_to_its_headline_are_not_shown():
    assert headline_html.secondary_line("——写在开馆之际——").replace("<wbr>", "") == "写在开馆之际"
    assert headline_html.secondary_line("甲——乙").replace("<wbr>", "") == "甲——乙"


def test_ten_characters_are_a_short_headline():
    assert headline_html.is_short("我国选手佳绩频传再夺冠") is False
    assert headline_html.is_short("我国选手佳绩频传 夺冠")
