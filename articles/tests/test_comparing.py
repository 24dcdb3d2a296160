"""Texts compared character by character."""

from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import Stretch, compare


def joined(stretches, *kinds):
    return "".join(stretch.text for stretch in stretches if stretch.kind in kinds)


@given(st.text(alphabet="武进区村\n。，a"), st.text(alphabet="武进区村\n。，a"))
def test_both_texts_can_be_read_back_from_the_comparison(before, after):
    stretches = compare(before, after)
    assert joined(stretches, "same", "gone") == before
    assert joined(stretches, "same", "new") == after


def test_one_changed_character_is_one_stretch():
    assert compare("稳扎稳打强体", "稳扎稳打强实体") == [
        Stretch("same", "稳扎稳打强"),
        Stretch("new", "实"),
        Stretch("same", "体"),
    ]


def test_a_very_long_change_is_shown_as_replaced():
    before, after = "甲" * 5000, "乙" * 5000
    assert compare(before, after) == [Stretch("gone", before), Stretch("new", after)]
