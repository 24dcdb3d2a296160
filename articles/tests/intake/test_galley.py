"""The galley: a parsed page laid out for review."""

import pytest

from articles.intake import raw_pages
from articles.intake.galley import Galley, ReviewItem
from articles.intake.parse.corrections import Correction
from articles.models import RawPage
from articles.tests.factories import make_page
from articles.tests.intake_cases import CASES, PAGE

pytestmark = pytest.mark.django_db
# Its four lines are read as verse, with some doubt.
POEM = next(case["raw"] for case in CASES if case["id"] == "H25")


@pytest.fixture
def raw():
    return raw_pages.import_text(make_page(), PAGE.encode(), by=None)


def imported(text, label="A1"):
    return raw_pages.import_text(make_page(label=label), text.encode(), by=None)


def at(raw, words) -> int:
    """Return the number of the block that begins with some words."""
    blocks = raw_pages.corrected_blocks(raw)
    return next(n for n, block in enumerate(blocks) if block.text.startswith(words))


def test_the_lines_are_those_of_the_source_in_its_order(raw):
    lines = Galley.of(raw).lines
    printed = [line for line in PAGE.splitlines() if line.strip()]
    assert "".join(line.block.text for line in lines) == "".join(printed)
    assert [line.index for line in lines] == [*range(len(lines))]
    assert (lines[0].kind, lines[0].block.line) == ("主题", 3)


def test_the_articles_show_where_columns_ended_and_the_lead_in(raw):
    galley = Galley.of(raw)
    assert [(item.number, item.kind) for item in galley.items] == [
        (1, "报道"),
        (2, "报道"),
        (3, "报道"),
        (4, "报道"),
        (5, "图片新闻"),
    ]
    broken = [part for item in galley.items for part in item.parts if len(part.pieces) > 1]
    seams = [[piece.text[:4] for piece in part.pieces if not piece.is_lead_in] for part in broken]
    assert ["活动中，", "展示厅揭"] in seams and ["全会充分", "体，自立"] in seams
    lead = galley.items[1].parts[1].pieces[0]
    assert (lead.text, lead.is_lead_in, lead.index) == (
        "本报讯（记者 张可馨）",
        True,
        at(raw, "本报讯（记者 张"),
    )


def test_each_word_of_an_article_is_in_its_parts(raw):
    for item, article in zip(
        Galley.of(raw).items, raw_pages.corrected_page(raw).articles, strict=True
    ):
        shown = "".join(piece.text for part in item.parts for piece in part.pieces)
        assert shown.replace(" ", "") == "".join(p.text for p in article.parts).replace(" ", "")


def test_what_to_look_at_comes_in_its_order(raw):
    items = Galley.of(raw).review_items
    assert [(item.what, item.words) for item in items[:2]] == [
        ("词语重复", "贯彻贯彻"),
        ("栏尾可能丢字或多字", "稳扎稳打强体"),
    ]
    assert all(item.is_doubt for item in items[2:])
    assert (
        ReviewItem(
            "栏目？把握 70%，依据：位于图片新闻之上",
            "重点项目 进行时",
            at(raw, "重点项目"),
            is_doubt=True,
        )
        in items
    )


def test_what_bars_the_drafts_comes_first():
    raw = imported("A2 要闻\n\n书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆。\n")
    assert Galley.of(raw).review_items[0] == ReviewItem(
        "文中写的是 A2 版，不是 A1 版。", is_barring=True
    )


def test_a_problem_of_the_file_is_told():
    raw = imported("书画馆\u200b开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆。\n")
    assert "不显示的字符" in Galley.of(raw).review_items[0].what


def test_a_page_without_doubts_begins_with_its_first_line():
    galley = Galley.of(imported("2024年7月27日 星期六\n"))
    assert (galley.items, galley.review_items, galley.first_doubt) == ([], [], 0)


def test_the_next_doubt_comes_round_to_the_first():
    galley = Galley.of(imported(POEM))
    doubts = [line.index for line in galley.lines if line.is_doubtful]
    assert galley.doubt_after(-1) == doubts[0]
    assert galley.doubt_after(doubts[0]) == doubts[1]
    assert galley.doubt_after(doubts[-1]) == doubts[0]


@pytest.mark.parametrize(
    ("act", "value", "told"),
    [
        ("part", "", "第 33 行已另起一段。"),
        ("join", "", "第 33 行已接到上行。"),
        ("reclassify", "subhead", "第 33 行已改为：小标题。"),
        ("split", "5", "第 33 行已拆成两行。"),
        ("begin", "", "从第 33 行起另成一篇。"),
        ("merge", "", "第 33 行已并入上篇。"),
        ("move", "0", "第 33 行已移动。"),
        ("confirm", "", "第 33 行已确认无误。"),
    ],
)
def test_the_last_step_is_told_until_it_is_undone(raw, act, value, told):
    raw_pages.apply_correction(raw, Correction(act, at(raw, "展示厅"), value), version=0)
    galley = Galley.of(RawPage.objects.get())
    assert (galley.last_correction, galley.can_undo, galley.can_redo) == (told, True, False)
    raw_pages.undo(raw, version=1)
    undone = Galley.of(raw)
    assert (undone.last_correction, undone.can_undo, undone.can_redo) == ("", False, True)


def test_laying_out_asks_nothing_of_the_database(raw, django_assert_num_queries):
    raw = RawPage.objects.select_related("page__issue").get()
    with django_assert_num_queries(0):
        Galley.of(raw)
