"""The words of an article as a value."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.copy import Copy, PictureWords, SignedName, changed, signed

words = st.text(max_size=12)
copies = st.builds(
    Copy,
    kicker=words,
    headline=words,
    deck=words,
    dateline=words,
    bylines=st.lists(st.builds(SignedName, words, words), max_size=3).map(tuple),
    body=words,
    captions=st.lists(st.builds(PictureWords, words, words, words), max_size=2).map(tuple),
    column=words,
    tags=st.lists(words, max_size=3).map(tuple),
)


@given(copies)
def test_json_gives_back_every_word(copy):
    assert Copy.from_json(copy.as_json()) == copy


@given(copies, copies)
def test_equal_words_and_only_they_have_equal_digests(one, other):
    assert (one.digest == other.digest) == (one == other)


@given(copies, copies)
def test_changed_names_exactly_the_fields_that_differ(one, other):
    named = changed(one, other)
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
)  # fmt: skip
def test_bylines_stand_in_one_line_and_a_shared_role_stands_once(bylines, line):
    assert signed(SignedName(*byline) for byline in bylines) == line
