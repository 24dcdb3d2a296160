"""The accuracy of the parser is measured on days that nothing was learnt from."""

import gzip
import json
from collections import Counter
from datetime import date, timedelta

import pytest

from articles.intake.parse.labels.crf import Weights, rule_weights
from articles.intake.parse.parser import parse
from articles.intake.parse.raw_text import squash
from newsroom.dev.bench import accuracy
from newsroom.dev.bench.evaluation import Evaluation, archived_lead_in, evaluate, is_same_paragraph

LEAD = "本报讯（记者 吴桐）"
COPY = (
    "昨天，云溪区第{}届书画展在老街书画馆开幕，三百件展品与市民见面，展览持续到月底，全程免费开放。"
)


def article(day=1, page="A1", order=1, **fields):
    """Return one invented article of an archive."""
    return {
        "date": str(date(2024, 7, 1) + timedelta(days=day - 1)),
        "page": page,
        "order": order,
        "kicker": "",
        "headline": f"第{order}届书画展今日开幕",
        "deck": "",
        "paragraphs": [LEAD + COPY.format(order), COPY.format(day) + COPY.format(order)],
    } | fields


def archive(days=8, pages=1):
    """Return an invented archive of two articles a page."""
    return [
        article(day, f"A{page}", order)
        for day in range(1, days + 1)
        for page in range(1, pages + 1)
        for order in (1, 2)
    ]


def evaluated(text, *wanted):
    """Return the evaluation of a page parsed by the rules alone."""
    return evaluate("2024-07-01-A1", text, wanted, parse(text, weights=rule_weights()))


def printed(*rows):
    """Return the unbroken raw text of articles."""
    return "\n\n".join(
        text
        for row in rows
        for text in (row["kicker"], row["headline"], row["deck"], *row["paragraphs"])
        if text
    )


def test_blocks_are_days_in_a_row_and_share_none():
    blocks = accuracy.blocks(archive(days=10))
    days = [[row["date"] for row in block] for block in blocks]
    assert len(blocks) == accuracy.BLOCKS
    assert sum(days, []) == sorted(sum(days, []))
    assert all(max(one) < min(after) for one, after in zip(days, days[1:], strict=False))


def test_few_days_make_few_blocks():
    assert [len(block) for block in accuracy.blocks(archive(days=2))] == [2, 2]


def test_no_day_is_read_with_what_it_taught(monkeypatch):
    taught, rows = [], archive()
    monkeypatch.setattr(accuracy, "train", lambda others, table: taught.append(others) or {})
    monkeypatch.setattr(accuracy, "evaluate_days", lambda block, weights: block)
    for (_, block), others in zip(accuracy.held_out(rows), taught, strict=True):
        assert not {row["date"] for row in block} & {row["date"] for row in others}
        assert len(block) + len(others) == len(rows)


def test_the_weights_at_hand_are_not_measured_on_their_own_days():
    weights = Weights({"days": ["2024-07-01", "2024-07-06"]})
    days = [name for name, _ in accuracy.shipped(archive(days=8), weights)]
    assert days == ["2024-07-07 to 2024-07-07", "2024-07-08 to 2024-07-08"]
    assert list(accuracy.shipped(archive(days=6), weights)) == []


def test_pages_keep_every_word_of_their_articles():
    for _, text, wanted in accuracy.pages(archive(), seed=3):
        assert squash(text) == squash(printed(*wanted))


def test_columns_are_never_broken_where_a_compositor_would_not():
    rows = [article(day, order=order) for day in range(1, 40) for order in (1, 2)]
    broken = 0
    for _, text, wanted in accuracy.pages(rows, seed=5):
        whole = {squash(text) for row in wanted for text in [row["headline"], *row["paragraphs"]]}
        pieces = [line for line in text.split("\n\n") if squash(line) not in whole]
        broken += len(pieces)
        assert all(len(piece) >= 6 and piece[0] not in "，。：”）、" for piece in pieces)
    assert broken > 20


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": ""},
        {"headline": "图片报道"},
        {"paragraphs": [COPY]},
        {"paragraphs": ["短", COPY]},
    ],
)
def test_a_page_of_one_plain_article_is_left_out(fields):
    assert list(accuracy.pages([article(order=1), article(order=2, **fields)], seed=1)) == []


def test_a_right_reading_has_full_marks():
    rows = [article(order=1), article(order=2)]
    evaluation = evaluated(printed(*rows), *rows)
    assert evaluation.failures == []
    assert evaluation.headline_f1 == 1.0
    assert evaluation.share("paragraphs right", "paragraphs wanted") == 1.0
    assert (evaluation.counts["lead-ins stated"], evaluation.counts["lead-ins right"]) == (2, 2)
    assert (evaluation.counts["decisions"], evaluation.counts["decisions wrong"]) == (6, 0)


def test_each_fault_is_named_with_its_page():
    row, other = article(order=1), article(order=2)
    text = printed(row, other)
    said = {**other, "headline": "另一个标题", "paragraphs": [*other["paragraphs"], COPY]}
    evaluation = evaluated(text, row, said)
    assert evaluation.failures == [
        "2024-07-01-A1  headline missed, joined or cut: 另一个标题",
        "2024-07-01-A1  headline made of a piece: 第2届书画展今日开幕",
        f"2024-07-01-A1  paragraph not rejoined: {COPY[:16]} … {COPY[-12:]}",
        "2024-07-01-A1  wrong, not marked: headline 第2届书画展今日开幕",
    ]


@pytest.mark.parametrize(
    ("wanted", "read", "is_same"),
    [
        (LEAD + COPY, COPY, True),
        (COPY, COPY.replace("，", " ，"), True),
        (LEAD + COPY, COPY[1:], True),
        (COPY, COPY[1:], False),
        (LEAD + COPY, COPY[:-1], False),
        (COPY, "", False),
    ],
)
def test_a_paragraph_is_the_same_though_its_lead_in_became_data(wanted, read, is_same):
    assert is_same_paragraph(wanted, read) == is_same


@pytest.mark.parametrize(
    ("opening", "want"),
    [
        ("本报讯（记者 吴桐）昨天", ("本报讯", ("吴桐",))),
        (
            "新华社北京7月26日电  （记者王甲、李丙丁）记者",
            ("新华社北京7月26日电", ("李丙丁", "王甲")),
        ),
        ("本报南塘7月26日电  （王甲、李丙丁）昨天", ("本报南塘7月26日电", ("李丙丁", "王甲"))),
        ("据新华社酒泉7月26日电 记者26日从", ("据新华社酒泉7月26日电", ())),
        ("本报讯（见2024年专题）昨天", ("本报讯", ())),
        ("昨天，本报讯", None),
    ],
)
def test_what_an_archive_states_of_a_lead_in(opening, want):
    assert archived_lead_in({"paragraphs": [opening]}) == want


def test_marks_add_up():
    total = Evaluation()
    for right in (1, 3):
        counts = {"headlines wanted": 4, "headlines read": 4, "headlines right": right}
        total.add(Evaluation(Counter(counts)))
    assert total.headline_f1 == pytest.approx(2 * 4 / (8 + 8))


def test_the_report_says_what_failed_and_that_a_limit_is_broken(capsys):
    row, other = article(order=1), article(order=2, headline="另一个标题")
    evaluation = evaluated(printed(row, article(order=2)), row, other)
    assert not accuracy.report([("a week", evaluation)], of="on days held out", spent=1)
    out = capsys.readouterr().out
    assert "headlines, F1                       50.0%          92%" in out
    assert "2024-07-01-A1  headline missed, joined or cut: 另一个标题" in out


def test_many_failures_are_shown_in_full_only_if_asked(capsys):
    evaluation = Evaluation(Counter(pages=1), [f"failure {i:03d}" for i in range(60)])
    accuracy.report([("a week", evaluation)], of="on days held out", spent=1)
    assert "… and 20 more: make bench ALL=1 shows them." in capsys.readouterr().out
    accuracy.report([("a week", evaluation)], of="on days held out", spent=1, is_full=True)
    assert "failure 059" in capsys.readouterr().out


def test_without_an_archive_the_bench_says_that_it_did_not_measure(capsys):
    assert accuracy.measure(None)
    assert capsys.readouterr().out == (
        "\nHow rightly pages are read was not measured: make bench ARCHIVE=month.jsonl.gz\n"
    )


def test_nothing_read_is_no_success(tmp_path, capsys):
    file = tmp_path / "month.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(article()).encode()))
    assert not accuracy.measure(file, is_shipped=True)
    assert "Nothing was left to read." in capsys.readouterr().out


@pytest.mark.slow
def test_an_archive_is_measured_from_its_file(tmp_path, capsys):
    file = tmp_path / "month.jsonl.gz"
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in archive(days=20, pages=3))
    file.write_bytes(gzip.compress(lines.encode()))
    assert accuracy.measure(file)
    out = capsys.readouterr().out
    assert "Reading of 60 pages of the archive, on days held out" in out
    assert "2024-07-01 to 2024-07-05: headlines 100.0%, paragraphs 100.0%" in out
