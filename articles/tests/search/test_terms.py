"""Normalising, parsing and marking, whatever the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.terms.marks import marked, snippet
from articles.search.terms.normal import normalise, normalise_with_places
from articles.search.terms.query import FIELD_NAMES, Query, parse, write

pytestmark = pytest.mark.no_database
texts = st.text(st.one_of(st.characters(), st.sampled_from("中國 　１a北Ａ\n“”「」−-:：.0")))


@given(texts)
def test_normalising_twice_changes_nothing_and_every_character_has_a_place(text):
    normal, places = normalise_with_places(text)
    assert normal == normalise(text) == normalise(normal)
    assert len(places) == len(normal) + 1
    assert places == sorted(places)


def test_no_character_is_converted_for_ever():
    for code in [*range(0x2E80, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0, 7)]:
        normal = normalise(chr(code))
        assert normalise(normal) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣", "台湾"),
        ("ＡＢＣ１２", "abc12"),
        ("北 京\n2024 年", "北京2024年"),
        ("Hello  World", "hello world"),
        ("10⁸", "108"),
        ("café", "CAFE"),
        ("㎡", "m2"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_what_reads_alike_is_found_alike(one, other):
    assert normalise(one) == normalise(other)


@given(texts)
def test_any_query_is_parsed_and_what_is_written_of_it_reads_the_same(text):
    query = parse(text)
    words = [*query.words, *query.without]
    for name in FIELD_NAMES:
        words += getattr(query, name)
    assert all(words)
    assert words == [normalise(word) for word in words]
    if not any(quote in word for word in words for quote in '”"「“」'):
        again = parse(write(query)) if len(write(query)) <= 100 else query
        assert (again.words, again.without) == (query.words, query.without)
        assert all(getattr(again, name) == getattr(query, name) for name in FIELD_NAMES)


@pytest.mark.parametrize("typed", ["0571-88888888", "2024-1-2-3", "2024-", "1-2024-07", "2024"])
def test_numbers_with_hyphens_that_are_no_date_are_words(typed):
    assert parse(typed) == Query(words=(typed,))
    assert parse(typed).problems == ()


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2024-7", date(2024, 7, 1), date(2024, 7, 31)),
        ("2024-07-05", date(2024, 7, 5), date(2024, 7, 5)),
        ("2023..2024-02", date(2023, 1, 1), date(2024, 2, 29)),
        ("..2024-02-03", None, date(2024, 2, 3)),
    ],
)
def test_months_days_and_ranges_are_dates(typed, since, until):
    assert parse(f"{typed} 河") == Query(words=("河",), since=since, until=until)


@given(texts, st.lists(texts, max_size=3))
def test_marking_loses_no_character_and_marks_only_words(text, words):
    words = [normal for word in words if (normal := normalise(word))]
    pieces = marked(text, words)
    assert "".join(part for part, _ in pieces) == text
    assert any(is_marked for _, is_marked in pieces) == any(
        word in normalise(text) for word in words
    )


@given(st.lists(texts, max_size=3), texts)
def test_a_snippet_is_a_part_of_a_paragraph_with_the_word(paragraphs, word):
    word = normalise(word)
    pieces = snippet(paragraphs, [word]) if word else []
    if pieces:
        whole = "".join(part for part, _ in pieces)
        assert any(whole.strip("…") in paragraph for paragraph in paragraphs)
