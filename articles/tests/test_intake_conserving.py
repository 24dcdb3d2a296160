"""No input loses a character or raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.conserving import is_conserved
from articles.intake.parsing import parse
from articles.intake.printing import to_json
from articles.intake.weights import by_rule

from .intake_cases import CASES, PAGE

SCRAPS = [
    "本报讯（记者 张可馨）",
    "（下转A2版）",
    "（上接A1版）",
    "详见A2版",
    "\n云溪区推进会暨\n启动仪式举行\n本报讯 昨天",
    "■ 简讯",
    "短评：",
    "招租公告",
    "陈立新出席并讲话",
    "（作者为云溪区文化馆馆员）",
    "特此公告。",
    "图为",
    "摄",
    " 摄影报道",
    "□ ",
    "——",
    "“",
    "”",
    "（",
    "）",
    "2024年7月27日",
    "编者按",
    "责编 ",
    "A2 要闻",
    "。",
    "，",
    "：",
    "\n",
    "\n\n\n\n",
    "\u3000\u3000",
    "\r\n",
    "\ufeff",
    "\u200b",
    "新华社北京7月26日电",
    "记者",
    "更正",
    "\ud800",
    "\x00",
    "\x1c",
    "\u2028",
    "\x0b",
    "\x85",
    "שלום",
    "😀",
    "é",
    "𬭎",
    "\ue000",
    "(",
    "1.",
    "10",
    "云溪区",
    "王 芳",
]
scraps = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=12)), max_size=60).map(
    "".join
)
anything = st.text(st.characters(), max_size=400)


@settings(max_examples=300, deadline=None)
@given(st.one_of(scraps, anything))
def test_any_text_is_conserved(text):
    assert is_conserved(text, parse(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
def test_any_piece_of_a_page_is_conserved(start, end):
    assert is_conserved(PAGE[start:end], parse(PAGE[start:end]))


@settings(max_examples=100, deadline=None)
@given(scraps)
def test_a_reading_is_pure(text):
    assert to_json(parse(text, weights=by_rule())) == to_json(parse(text, weights=by_rule()))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_hard_cases_are_conserved(case):
    assert is_conserved(case["raw"], parse(case["raw"]))


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
    assert is_conserved(text, parse(text))
