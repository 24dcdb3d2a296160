from hypothesis import given
from hypothesis import strategies as st

from articles.content.display_type import covered, is_covered
from articles.content.headline_html import HAN


def test_a_headline_of_covered_characters_is_set_whole():
    assert is_covered("武进日报 2024年 “新”")
    assert is_covered("")


def test_a_headline_with_one_rare_character_is_set_in_another_face_as_a_whole():
    assert "龘" not in covered()
    assert not is_covered("武进日报龘")
    assert not is_covered("武进日报㛃") and not is_covered("武进日报𠮷")


@given(st.text())
def test_only_han_characters_decide(text):
    assert is_covered(text) == (set(HAN.findall(text)) <= covered())
