"""Texts compared character by character."""

from hypothesis import given
from hypothesis import strategies as st

from articles.content.diff import DiffSegment, diff


def joined(segments, *kinds):
    return "".join(segment.text for segment in segments if segment.kind in kinds)


@given(st.text(alphabet="武进区村\n。，a"), st.text(alphabet="武进区村\n。，a"))
def test_both_texts_can_be_read_back_from_the_comparison(before, after):
    segments = diff(before, after)
    assert joined(segments, "same", "gone") == before
    assert joined(segments, "same", "new") == after


def test_one_changed_character_is_one_stretch():
    assert diff("稳扎稳打强体", "稳扎稳打强实体") == [
        DiffSegment("same", "稳扎稳打强"),
        DiffSegment("new", "实"),
        DiffSegment("same", "体"),
    ]


def test_a_very_long_change_is_shown_as_replaced():
    before, after = "甲" * 5000, "乙" * 5000
    assert diff(before, after) == [DiffSegment("gone", before), DiffSegment("new", after)]
