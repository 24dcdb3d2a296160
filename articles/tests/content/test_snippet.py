"""What is shown of a text around a word that was found."""

import pytest

from articles.content.snippet import AROUND, snippet

LONG = "一" * AROUND


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("昨天启用", ["启用"], ("昨天", "启用", "")),
        ("昨天启用", ["没有", "昨天"], ("", "昨天", "启用")),
        (f"头{LONG}启用{LONG}尾", ["启用"], (f"…{LONG}", "启用", f"{LONG}…")),
        ("WTO 规则", ["wto"], ("", "WTO", " 规则")),
        ("昨天启用", ["没有"], None),
        ("昨天启用", [], None),
        ("İ启用", ["启用"], None),
    ],
)
def test_the_first_word_found_is_shown_with_its_surroundings(text, words, expected):
    assert snippet(text, words) == expected
