"""Line ends end lines, invisible characters go, look-alikes are found; nothing else changes."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import characters, copy

TABLE = [
    chr(code)
    for ranges in characters.CLASSES.values()
    for first, last in ranges
    for code in range(first, min(last, first + 40) + 1)
]
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(TABLE),
        st.sampled_from([*characters.LOOK_ALIKES, "\r\n", "\u20e3", "7", "甲", "👩", "🏴", "ب"]),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
).map("".join)
FAMILY = "👨\u200d👩\u200d👧"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("甲\u00ad镇\u200e开\u2060工\u202a张\u202c三\u200c李\ufffc四", "甲镇开工张三李四"),
        ("建\ufe00启\U000e0100葛\ufe0f", "建启葛"),
        ("\x00甲\x1c\x7f\x9f乙\ufeff\u200b", "甲乙"),
        ("甲\x0b乙\x0c丙\u2028丁\u2029戊\x85己\r\n庚\r辛", "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛"),
        (
            f"{FAMILY}❤\ufe0f7\ufe0f\u20e3{SCOTLAND}☎\ufe0e",
            f"{FAMILY}❤\ufe0f7\ufe0f\u20e3{SCOTLAND}☎\ufe0e",
        ),
        ("👩\u200b\u200d👧 👨\u200d \u200d👧 7\ufe0f", "👩👧 👨 👧 7"),
        ("می\u200cخواهم\u200c", "می\u200cخواهم"),
        (
            "　半角(括号)  Ａ２ ﹝ ㎡ ⺠年\ue000\ufffd\t",
            "　半角(括号)  Ａ２ ﹝ ㎡ ⺠年\ue000\ufffd\t",
        ),
    ],
)
def test_a_text_loses_invisible_characters_and_keeps_what_has_a_meaning(typed, stored):
    assert characters.clean_text(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("　两办 印发　通知\x00 ", "两办 印发　通知"),
        ("重点\u200b项目\r\n进行时", "重点项目 进行时"),
        ("重点\u2028项目\x0b\u200b\t进行时\x85", "重点 项目 进行时"),
        ("(半角)&<b>", "(半角)&<b>"),
        ("　\u2060", ""),
    ],
)
def test_a_line_loses_invisible_characters_and_outer_spaces_only(typed, stored):
    assert characters.clean_line(typed) == stored


def test_lines_lose_indents_and_empty_lines_only():
    assert (
        characters.clean_lines("　　第一行 \r\n\r\n \x07第二　行\u2028三\n")
        == "第一行 \n第二　行\n三"
    )


def test_a_tag_ends_where_a_line_ends():
    assert copy.parse_tags("民\u200b生\u2028教育") == ["教育", "民生"]


def test_what_is_taken_out_is_counted_by_kind():
    found = characters.find_invisible(f"甲\u00ad乙\u00ad\u202a丙\ufe00{FAMILY}\n\u2028")
    assert found == {"\u00ad": 2, "\u202a": 1, "\ufe00": 1}
    assert [*map(characters.invisible_kind, found)] == [
        *("soft-hyphen", "direction", "variation-selector")
    ]
    assert characters.code("\u00ad") == "U+00AD"


@given(TEXTS)
def test_no_other_character_changes(text):
    ended, removed = characters.end_lines(text), characters.find_invisible(text)
    cleaned = characters.clean_text(text)
    assert Counter(ended) - removed == Counter(cleaned)
    assert _others(cleaned, removed) == _others(ended, removed)
    assert characters.clean_text(cleaned) == cleaned


def _others(text: str, removed: Counter) -> list[str]:
    """Return the characters of which none was taken out, in their order."""
    return [each for each in text if each not in removed]


@given(TEXTS)
def test_a_line_has_no_line_end_and_lines_only_new_lines(text):
    line, lines = characters.clean_line(text), characters.clean_lines(text)
    assert "\n" not in line and not characters.LINE_END.search(line + lines)
    assert characters.clean_line(line) == line and characters.clean_lines(lines) == lines


@given(TEXTS)
def test_look_alikes_are_replaced_one_for_one_and_nothing_else_is(text):
    found, replaced = characters.find_look_alikes(text), characters.replace_look_alikes(text)
    assert len(replaced) == len(text) and not characters.find_look_alikes(replaced)
    changed = [before for before, after in zip(text, replaced, strict=True) if before != after]
    assert sorted(changed) == sorted(found.elements())


def test_radicals_and_compatibility_characters_have_the_right_character():
    text = "⺠⻋⼝⼩⽤⾛⾨便⽅⼾\uf98e\uf9e8︵"
    right = "民车口小用走门便方户年裡（"
    assert characters.replace_look_alikes(text) == right
    assert characters.find_look_alikes("民车Ａ２﹝㎡①") == {}


def test_a_look_alike_is_a_character_and_its_replacement_another():
    for look_alike, right in characters.LOOK_ALIKES.items():
        assert (len(look_alike), len(right)) == (1, 1) and look_alike != right
        assert unicodedata.category(right) in ("Lo", "Po", "Ps", "Pe", "Pd", "Pc")
