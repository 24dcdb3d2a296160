"""The words of an article as a value."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from articles.copy import NAMES, Copy, PictureWords, SignedName, changed, merge

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


@given(copies, copies, copies)
def test_a_merge_keeps_what_each_side_changed_or_says_that_they_disagree(before, mine, theirs):
    merged = merge(before=before, mine=mine, theirs=theirs)
    for name in NAMES:
        was, my, their = (getattr(copy, name) for copy in (before, mine, theirs))
        now = getattr(merged.copy, name)
        if name in merged.disputed:
            assert my != was != their != my
        elif my != was:
            assert now == my
        else:
            assert now == their


def test_two_editors_of_different_fields_lose_nothing():
    before = Copy(headline="旧题", body="<p>旧文</p>")
    mine, theirs = replace(before, headline="新题"), replace(before, body="<p>新文</p>")
    merged = merge(before=before, mine=mine, theirs=theirs)
    assert (merged.copy, merged.disputed) == (Copy(headline="新题", body="<p>新文</p>"), ())
