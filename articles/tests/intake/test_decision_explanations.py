"""Explanations of the parser's decisions."""

import pytest

from articles.intake import decision_explanations
from articles.intake.parse.parser import parse
from articles.intake.parse.types import Decision
from articles.tests.intake_cases import CASES, PAGE


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("first end=none", "版面首行、结尾无标点"),
        ("lead-run=0/1 next-lead", "下面紧接电头"),
        ("closes-unopened carried", "闭合了上文的引号或括号、上文引号或括号未闭合"),
        ("by-hand", "人工改定"),
        ("a1l=云", "用语"),
        ("", "用语"),
    ],
)
def test_a_reason_is_told_in_chinese(reason, told):
    assert decision_explanations.explain(Decision(reason)) == told


def test_every_reading_has_a_reason():
    texts = [PAGE, *(case["raw"] for case in CASES)]
    decisions = [block.decision for text in texts for block in parse(text).blocks]
    assert all(decision_explanations.explain(decision) for decision in decisions)
    silent = [each for each in decisions if decision_explanations.explain(each) == "用语"]
    assert len(silent) < len(decisions) / 20
