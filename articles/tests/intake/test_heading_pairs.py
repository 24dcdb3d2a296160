"""Features of headings and their weights."""

import pytest

from articles.intake.parse.labels.crf import FORBIDDEN, rule_weights
from articles.intake.parse.labels.features import copy_within
from articles.intake.parse.labels.heading_pairs import heading_pair, traits
from articles.intake.parse.labels.line_joins import LineMetrics
from articles.intake.parse.labels.rules import FORBIDDEN_TRANSITIONS
from newsroom.dev.training.learner import Learner


def measured(text):
    line = LineMetrics(text)
    line.measure()
    return line


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("“云溪号”首发", "quote"),
        ("（2024年7月26日）", "aside"),
        ("云溪日报", "name"),
        ("推动水乡旅游高质量发展", "deed"),
        ("18个项目开工", "number"),
        ("南塘社区启用新食堂", "sentence"),
    ],
)
def test_what_sort_of_clause_a_head_is(head, want):
    assert traits(head).clause == want


@pytest.mark.parametrize(
    ("upper", "lower", "want"),
    [
        ("陈立新在青禾村调研时强调", "把秋收秋种抓实抓细", "speaks"),
        ("云溪区第五届书画展开幕", "陈立新出席并致辞", "guest"),
        ("在全区读书大会上的讲话", "（2024年7月26日）", "bracket"),
    ],
)
def test_what_two_stacked_lines_are_to_each_other(upper, lower, want):
    assert f"part={want}" in heading_pair(upper, lower)


def test_a_head_tells_an_event_or_how_things_stand():
    assert (traits("云溪区第五届书画展开幕").event, traits("云溪羽毛球公开赛").event) == ("E", "-")
    assert (traits("秋粮收购进度加快").state, traits("云溪羽毛球公开赛").state) == ("1", "0")


@pytest.mark.parametrize(
    "text",
    [
        "近日，区图书馆延时开放",
        "老街开街，游客很多，",
        "他说：“老街",
        "一早就来了”",
        "开街。游客很多",
    ],
)
def test_a_piece_of_copy_may_be_no_head(text):
    assert not measured(text).can_be_head


@pytest.mark.parametrize("text", ["老街开街", "这份答卷，你打几分？", "“云溪号”首发", "区水务局："])
def test_a_short_line_may_be_a_head(text):
    assert measured(text).can_be_head


def test_copy_is_compared_over_the_heads_between():
    copy = "云溪区的老街昨天重新开街，四十二户商家迎来第一批客人。"
    lines = [measured(text) for text in (copy, "老街开街", copy + copy)]
    assert copy_within(lines, 2, -1, 500) == lines[0].bigrams() | lines[2].bigrams()
    assert copy_within(lines, 2, -1, 40) == lines[2].bigrams()


def test_what_the_trade_forbids_is_out_of_reach_whatever_was_learnt():
    labels = "KTDSPC"
    for place, pairs in FORBIDDEN_TRANSITIONS.items():
        for table in rule_weights().transition_tables[place].values():
            for pair in pairs.split():
                upper, lower = pair.split(">")
                assert {table[labels.index(a)][labels.index(b)] for a in upper for b in lower} == {
                    FORBIDDEN
                }


def test_a_learner_begins_with_the_rules_and_ends_with_the_mean_of_its_steps():
    learner = Learner(["first", "near=0", "new"], dropout=0.0)
    page = ([["first", "new"], ["new"]], ["none", "stop"], [1, 4])
    assert learner.mean_weights()[0]["first"] == [2, 3, -9, -4, -1, -6]
    for _ in range(20):
        learner.step(page)
    taught, last = learner.mean_weights()[0]["new"], learner.rows[learner.places["new"]]
    assert 0 < taught[4] < last[4]
    assert learner.mean_weights()[0]["near=0"] == [2, 2, 0, -1, 0, 0]
