"""The sample page and the invented hard cases read as they should, learnt_weights or by rule."""

import pytest

from articles.intake.parse.labels.crf import learnt_weights, rule_weights
from articles.intake.parse.parser import parse
from articles.intake.parse.serialization import to_json
from articles.tests.intake_cases import CASES, EXPECTED, PAGE, problems


@pytest.mark.parametrize("weights", [rule_weights, learnt_weights])
def test_sample_page_equals_the_expected_json(weights):
    got = to_json(parse(PAGE, weights=weights()))
    keys = EXPECTED["stories"][0].keys()
    assert [{key: story[key] for key in keys} for story in got["stories"]] == EXPECTED["stories"]
    assert [{"code": w["code"], "text": w["text"]} for w in got["warnings"]] == EXPECTED["warnings"]


def test_sample_page_has_seven_column_breaks():
    page = parse(PAGE)
    joined = [part.lines for article in page.articles for part in article.parts if part.column_ends]
    assert joined == [(9, 11), (13, 15), (17, 19), (31, 33), (35, 37), (45, 47), (57, 59)]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_hard_case(case):
    assert problems(case) == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_hard_case_by_rule_alone(case):
    assert problems(case, rule_weights()) == []


def test_lost_tail_is_offered():
    case = next(case for case in CASES if case["id"] == "H23")
    offered = [
        w["text"] for w in to_json(parse(case["raw"]))["warnings"] if w["code"] == "lost-tail"
    ]
    assert offered == ["河道长效管护。"]


def test_page_furniture_is_read():
    case = next(case for case in CASES if case["id"] == "H21")
    page = to_json(parse(case["raw"]))["page"]
    assert (page["label"], page["name"], page["date"]) == ("A2", "要闻", "2024-07-27")
    assert [(e["role"], e["name"]) for e in page["editors"]] == [
        ("责编", "吴桐"),
        ("版式", "李平"),
        ("责任编辑", "吴桐"),
        ("校对", "王芳"),
    ]


def test_known_column_is_named_with_confidence():
    page = parse(PAGE, columns={"重点项目 进行时"})
    part = page.articles[-1].parts[0]
    assert (part.kind, part.decision.is_doubtful) == ("column", False)
