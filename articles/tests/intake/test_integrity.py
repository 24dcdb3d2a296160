"""No input loses a character or raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.parse.integrity import is_complete
from articles.intake.parse.labels.crf import rule_weights
from articles.intake.parse.parser import parse
from articles.intake.parse.serialization import to_json
from articles.tests.intake_cases import CASES, PAGE
from articles.tests.strategies import SCRAPS

scraps = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=12)), max_size=60).map(
    "".join
)
anything = st.text(st.characters(), max_size=400)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.one_of(scraps, anything))
def test_any_text_is_conserved(text):
    assert is_complete(text, parse(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
def test_any_piece_of_a_page_is_conserved(start, end):
    assert is_complete(PAGE[start:end], parse(PAGE[start:end]))


@settings(max_examples=100, deadline=None)
@given(scraps)
def test_a_reading_is_pure(text):
    assert to_json(parse(text, weights=rule_weights())) == to_json(
        parse(text, weights=rule_weights())
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_hard_cases_are_conserved(case):
    assert is_complete(case["raw"], parse(case["raw"]))


LARGE = {
    "one line": "云" * 1_000_000,
    "one line of sentences": "云溪区的河。" * 170_000,
    "one line of opening marks": "“（" * 500_000,
    "one line of names": "王芳 摄 " * 200_000,
    "one line of digits": "1" * 1_000_000,
    "one line of spaces and letters": "a " * 500_000,
    "many short lines": "云\n" * 500_000,
    "headlines over copy": "\n".join(
        f"第{i}届书画展开幕\n本报讯（记者 王芳）{'云溪区的河。' * 20}" for i in range(7_000)
    ),
    "the sample page again and again": PAGE * 330,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_a_megabyte_is_conserved(text):
    assert is_complete(text, parse(text))
