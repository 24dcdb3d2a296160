"""Tags as they are typed in one line."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taggit import utils

from articles.content.copy import format_tags, parse_tags


@dataclass
class Named:
    name: str


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("民生,交通，教育、医疗；环境;河埠路", ["交通", "医疗", "教育", "民生", "河埠路", "环境"]),
        ("重点项目 进行时，民生", ["民生", "重点项目 进行时"]),
        ("ＡＩ，ai，AI", ["AI"]),
        ("５Ｇ　专网", ["5G 专网"]),
        ("，， 、;", []),
        ("", []),
        (None, []),
        ("\x00民\u200b生\n交通", ["交通", "民生"]),
        ("“十四五”，(半角)", ["(半角)", "“十四五”"]),
    ],
)
def test_a_line_of_tags_is_read_as(typed, names):
    assert parse_tags(typed) == names


@given(st.text())
def test_tags_written_out_are_read_back_the_same(typed):
    names = parse_tags(typed)
    assert parse_tags(format_tags([Named(name) for name in names])) == names


def test_the_tagging_package_reads_and_writes_tags_our_way():
    assert utils.parse_tags("民生、交通 出行") == ["交通 出行", "民生"]
    assert utils.edit_string_for_tags([Named("民生"), Named("交通 出行")]) == "交通 出行，民生"
