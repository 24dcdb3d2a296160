"""Texts compared character by character."""

from hypothesis import given
from hypothesis import strategies as st

from articles.content.diff import DiffSegment, diff, shorten_same


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


def test_what_is_the_same_is_shortened_to_what_is_around_a_change():
    before = "甲" * 50 + "旧" + "乙" * 50 + "旧" + "丙" * 50
    segments = shorten_same(diff(before, before.replace("旧", "新")), around=2)
    assert "".join(segment.text for segment in segments) == "…甲甲旧新乙乙…乙乙旧新丙丙…"
    assert shorten_same(diff("甲乙", "甲乙丙"), around=2) == diff("甲乙", "甲乙丙")
