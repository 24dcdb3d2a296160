"""A newsroom's own score: pages as they were read, against their corrected galleys."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.intake import raw_pages
from articles.intake.parse.corrections import Correction
from articles.intake.parse.types import Decision, ParsedBlock
from articles.intake.persistence import save_drafts
from articles.intake.raw_pages import ParsedSource
from articles.intake.reading_scores import score_reading
from articles.tests.factories import make_issue, make_page

pytestmark = pytest.mark.django_db
SURE, DOUBTED = Decision("print-largest", 0.97), Decision("print-alone", 0.8)


def block(line: int, kind: str, text: str, decision=SURE, *, starts: bool = False) -> ParsedBlock:
    return ParsedBlock(line, text, kind, decision, starts)


BLOCKS = (
    block(1, "headline", "甲镇大桥通车", starts=True),
    block(2, "headline", "惠及八千人"),
    block(3, "body", "大桥昨天通车。", DOUBTED),
    block(4, "body", "附近居民前来观看。"),
    block(5, "headline", "乙村修路", starts=True),
    block(6, "body", "乙村修了一条路。"),
)


def stored(*corrections: Correction, is_looked_through: bool = True):
    """Return a page that was read, corrected and made into drafts."""
    raw = raw_pages.create_raw_page(
        make_page(issue=make_issue(released_at=None), label="A1"),
        ParsedSource("甲".encode(), "pdf", BLOCKS, ()),
        by=None,
    )
    for version, each in enumerate(corrections):
        raw_pages.apply_correction(raw, each, version=version)
    if is_looked_through:
        save_drafts(raw, by=None)
    return raw


def printed(*options: str) -> tuple[list[str], int]:
    out = StringIO()
    try:
        call_command("score_readings", *options, stdout=out)
    except SystemExit as left:
        return out.getvalue().splitlines(), left.code
    return out.getvalue().splitlines(), 0


def test_a_page_that_nobody_corrected_was_read_rightly():
    score = score_reading(BLOCKS, BLOCKS)
    assert {kind: score.f1(kind) for kind in score.there} == dict.fromkeys(score.there, 1.0)
    assert (score.there["article"], score.marks, score.unmarked) == (2, 1, 0)


def test_what_was_corrected_counts_as_read_wrongly():
    after = (*BLOCKS[:1], BLOCKS[1].corrected(kind="deck"), *BLOCKS[2:])
    score = score_reading(BLOCKS, after)
    assert (score.right["deck"], score.there["deck"], score.right["article"]) == (0, 1, 1)
    assert (score.right["paragraph"], score.unmarked) == (3, 1)


def test_the_score_is_printed_with_what_is_wanted():
    raw = stored(Correction("reclassify", 1, "deck"))
    lines, status = printed()
    assert status == 1
    assert lines == [
        f"{raw.page}：2 篇稿件中 1 篇与校正后一致；标出存疑 1 处，未标出而校正的 1 处",
        "",
        "1 个版",
        "主题  100.00%  2/2  (≥ 99.0%)",
        "引题  100.00%  0/0  (≥ 98.0%)",
        "副题    0.00%  0/1  (≥ 98.0%)",
        "段落  100.00%  3/3  (≥ 98.5%)",
        "图说  100.00%  0/0  (≥ 97.0%)",
        "完整的稿件   50.00%  1/2  (≥ 92.0%)",
        "平均每版存疑：1.0 处",
        "未标出而校正的：1 处",
    ]


def test_pages_that_nobody_looked_through_do_not_count():
    stored(is_looked_through=False)
    with pytest.raises(CommandError, match="小样") as error:
        printed()
    assert error.value.returncode == 2


def test_pages_are_chosen_by_issue_and_kind():
    raw = stored()
    day = raw.page.issue.issued_on.isoformat()
    assert printed("--issue", day, "--pages", "3")[1] == 0
    for options in (("--issue", "1990-01-01"), ("--texts",)):
        with pytest.raises(CommandError):
            printed(*options)
