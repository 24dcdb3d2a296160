"""What no line may part is held together, and every character of the text stays."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content.line_holds import LINE, held_body, held_text

HELD = re.compile('<span class="h">([^<]*)</span>')
LONG = "昨天，工程分三段推进，先通水，再铺路，最后"
WORDS = st.text(st.sampled_from("甲乙丙丁AB7 ·•，。”）&<;！"), max_size=40)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        (LONG + "补种树木。", ["树木。"]),
        (LONG + "补种“树木”。", ["树木”。"]),
        (LONG + "他叫史蒂夫·乔布斯吗？" + LONG + "补种树", ["夫·乔", "种树"]),
        (LONG + "弗·伊·列宁说", ["弗·伊·列宁说"]),
        (LONG + "R&amp;D", []),
        ("史蒂夫·乔布斯。", ["夫·乔"]),
        ("先通水，再铺路。", []),
    ],
)
def test_names_with_a_point_and_the_last_two_characters_hold_together(words, held):
    assert HELD.findall(held_text(words)) == held


def test_a_body_holds_the_end_of_each_paragraph_and_leaves_its_tags_alone():
    link = '<a href="https://example.org/甲·乙">公告</a>'
    markup = f"<h2>先通水</h2><p>{LONG}补种<strong>树木</strong>。</p><p>见{link}{LONG}公告。</p>"
    held = held_body(markup)
    assert HELD.findall(held) == ["公告。"]
    assert HELD.sub(r"\1", held) == markup


@given(WORDS)
def test_every_character_of_a_text_stays(words):
    held = held_text(escape(words))
    assert HELD.sub(r"\1", held) == escape(words)
    assert unescape(HELD.sub(r"\1", held)) == words
    assert len(words) > LINE or "·" in words or "•" in words or "<" not in held


@given(st.lists(WORDS, max_size=3))
def test_every_character_of_a_body_stays(paragraphs):
    markup = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    assert HELD.sub(r"\1", held_body(markup)) == markup
