"""What clipboards hold becomes the stored form, and what is not the text is left out and told.

The table of cases is that of the browser too: articles/tests/browser/article/test_paste.py.
"""

import json
from collections import Counter

import pytest
from hypothesis import given, settings

from articles.content import article_html
from articles.content.html_tokens import tokens
from articles.content.sanitizer import sanitize, sanitize_and_report
from articles.tests.source_tree import ROOT
from articles.tests.strategies import clipboards

CASES = json.loads((ROOT / "articles/tests/samples/paste_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_clipboard_is_stored_as_the_author_meant_it(case):
    found = sanitize_and_report(case["clipboard"])
    assert found.html == case["body"]
    assert [[each.kind, each.text] for each in found.omissions] == case["left_out"]
    assert sanitize(found.html) == found.html


@pytest.mark.parametrize(
    ("stored", "plain"),
    [
        ("10<sup>8</sup>个", "10⁸个"),
        ("m<sup>2</sup>、CO<sub>2</sub>、10<sup>−3</sup>", "m²、CO₂、10⁻³"),
        ("距今2<sup>[3]</sup>年", "距今2^[3]年"),
        ("a<sub>甲&amp;</sub>", "a_甲&"),
        ('<a href="/articles/1/"><strong>m<sup>2</sup></strong></a>', "m²"),
    ],
)
def test_raised_characters_stay_raised_in_plain_text(stored, plain):
    assert article_html.plain_text(stored) == plain


def test_raised_characters_are_counted_as_typed():
    assert article_html.plain_text("2<sup>[3]</sup>年", as_typed=True) == "2[3]年"


def test_a_list_is_one_block_with_its_attributes():
    stored = '<ol start="3" type="A"><li>甲<ol><li value="7">乙</li></ol></li></ol><p>丙</p>'
    found = article_html.blocks(stored)
    assert [block.tag for block in found] == ["ol", "p"]
    assert "".join(block.html for block in found) == stored
    assert article_html.paragraphs(stored) == ["甲", "乙", "丙"]


def test_ten_thousand_nested_tags_are_read():
    assert sanitize("<b><i>" * 5_000 + "字") == "<p><strong>字</strong></p>"


@pytest.mark.slow
@given(clipboards)
@settings(max_examples=400, deadline=None)
def test_every_chinese_character_of_a_clipboard_is_stored_or_told(clipboard):
    found = sanitize_and_report(clipboard)
    assert sanitize(found.html) == found.html
    told = article_html.plain_text(found.html, as_typed=True) + "".join(
        each.text for each in found.omissions
    )
    assert _han("".join(each.text for each in tokens(clipboard))) - _han(told) == Counter()


def _han(text: str) -> Counter[str]:
    return Counter(character for character in text if "\u4e00" <= character <= "\u9fff")
