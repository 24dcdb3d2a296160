"""The words of an article as a value."""

from dataclasses import replace

import pytest
from hypothesis import given

from articles.content.copy import BylineText, Copy, changed_fields, format_bylines
from articles.tests.strategies import copies


@given(copies)
def test_json_gives_back_every_word(copy):
    assert Copy.from_json(copy.as_json()) == copy


@pytest.mark.slow
@given(copies, copies)
def test_equal_words_and_only_they_have_equal_digests(one, other):
    assert (one.digest == other.digest) == (one == other)


@given(copies, copies)
def test_changed_names_exactly_the_fields_that_differ(one, other):
    named = changed_fields(one, other)
    assert replace(one, **{name: getattr(other, name) for name in named}) == other
    assert all(getattr(one, name) != getattr(other, name) for name in named)


@pytest.mark.parametrize(
    ("bylines", "line"),
    [
        ([], ""),
        ([("记者", "张可馨")], "记者 张可馨"),
        ([("实习生", "徐帆"), ("记者", "徐梦超")], "实习生 徐帆 记者 徐梦超"),
        ([("记者", "王芳"), ("记者", "赵昂"), ("编辑", "吴桐")], "记者 王芳 赵昂 编辑 吴桐"),
        ([("", "林晓禾"), ("", "周一鸣")], "林晓禾 周一鸣"),
        ([("摄", "徐芊卉")], "徐芊卉 摄"),
    ],
)
def test_bylines_stand_in_one_line_and_a_shared_role_stands_once(bylines, line):
    assert format_bylines(BylineText(*byline) for byline in bylines) == line
