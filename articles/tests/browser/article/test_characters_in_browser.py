"""Browser and server take the same characters out of a text."""

import random

import pytest

from articles.content import characters

PIECES = [
    *(chr(code) for code in (0x00, 0x0B, 0x0C, 0x1C, 0x7F, 0x85, 0x86, 0x9F, 0xAD, 0x61C)),
    *(chr(code) for code in (*range(0x2000, 0x2070), 0xFEFF, 0xFFF9, 0xFFFC, 0xFFFD)),
    *("\ufe00", "\ufe0e", "\ufe0f", "\ufe10", "\U000e0100", "\U000e0001", "\U000e01f0"),
    *(
        "\r\n",
        "\r",
        "\n",
        "7\ufe0f\u20e3",
        "👨\u200d👩",
        "❤\ufe0f",
        "می\u200cخ",
        "👩",
        "7",
        "ب",
        "क",
    ),
    *(
        "🏴\U000e0067\U000e007f",
        "\u200d",
        "\u200d",
        "\ufe0f",
        "甲",
        "乙",
        " ",
        "　",
        "a",
        "⺠",
        "年",
    ),
]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_browser_and_server_clean_the_same_text_alike(tab, live_server):
    dice = random.Random(8)
    texts = ["".join(dice.choices(PIECES, k=dice.randrange(12))) for _ in range(3000)]
    tab.goto(f"{live_server.url}/admin/login/")
    found = tab.evaluate(
        """async (texts) => {
            const { lines, stripInvisible, findInvisible } = await import(
                "/static/js/desk/body_editor/characters.js")
            return texts.map((text) => [lines(text).map(stripInvisible).join("\\n"),
                                        findInvisible(text).sort().join("")])
        }""",
        texts,
    )
    assert found == [
        [
            "\n".join(map(characters.strip_invisible, characters.end_lines(text).split("\n"))),
            "".join(sorted(characters.find_invisible(text).elements(), key=_utf16)),
        ]
        for text in texts
    ]


def _utf16(character: str) -> bytes:
    """Return the key by which JavaScript sorts."""
    return character.encode("utf-16-be")
