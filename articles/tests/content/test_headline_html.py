"""Headlines break between words and keep every character."""

import re
from html import unescape

import pytest

from articles.content import headline_html

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
    assert whole in units


def test_a_space_is_a_line_break_in_display_sizes():
    shown = headline_html.display_headline("办好实事 惠及百姓")
    assert shown == "办好<wbr>实事 <br>惠及<wbr>百姓"
    assert re.sub("<[^>]+>", "", shown) == "办好实事 惠及百姓"


def test_a_space_stays_a_space_in_lists():
    assert headline_html.list_headline("办好实事 惠及百姓") == "办好<wbr>实事 惠及<wbr>百姓"


def test_mark_up_in_a_headline_is_text():
    shown = headline_html.display_headline("<script>alert('1')</script> & 其他")
    assert "<script" not in shown
    assert unescape(re.sub("<(?:wbr|br)>", "", shown)) == "<script>alert('1')</script> & 其他"


def test_the_dashes_that_tie_a_kicker_to_its_headline_are_not_shown():
    assert headline_html.secondary_line("——写在开馆之际——").replace("<wbr>", "") == "写在开馆之际"
    assert headline_html.secondary_line("甲——乙").replace("<wbr>", "") == "甲——乙"


def test_ten_characters_are_a_short_headline():
    assert headline_html.is_short("我国选手佳绩频传再夺冠") is False
    assert headline_html.is_short("我国选手佳绩频传 夺冠")
