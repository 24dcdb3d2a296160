"""Printed pages laid out as blocks; every character is in one of them, once."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.page_pdf.process import read_pages
from articles.intake.parse.page_pdf import pieces, reading
from articles.intake.parse.page_pdf.reading import read_printed_page
from articles.intake.parse.page_pdf.types import PrintedPage, Shape, TooComplexError
from articles.intake.parse.parser import assemble
from articles.intake.parse.raw_text import squash

from . import pdf_files
from .printed import LEFT, RIGHT, column, printed, read, told


def test_a_head_stands_over_all_its_columns():
    page = read(printed(80, 60, "甲镇大桥通车", size=20), LEFT, RIGHT)
    first = "甲镇新建的桥昨天通车，附近居民前来观看。桥长五百米，宽十二米。"
    assert told(page) == [("", "甲镇大桥通车", "", [first, "大桥分三段施工，先通水，再铺路。"])]


def test_the_order_in_the_file_does_not_matter():
    head = printed(80, 60, "甲镇大桥通车", size=20)
    assert told(read(RIGHT, LEFT, head)) == told(read(head, LEFT, RIGHT))


def test_kicker_and_deck_stand_over_and_under_the_headline_in_smaller_type():
    page = read(
        printed(85, 40, "惠及八千人", size=14),
        printed(80, 56, "甲镇大桥通车", size=20),
        printed(90, 79, "——通车记", size=12),
        LEFT,
    )
    assert told(page)[0][:3] == ("惠及八千人", "甲镇大桥通车", "——通车记")


def test_a_headline_over_two_lines_is_one():
    page = read(
        printed(60, 40, "甲镇大桥昨天", size=20), printed(80, 64, "建成通车", size=20), LEFT
    )
    assert told(page)[0][1] == "甲镇大桥昨天 建成通车"


def test_a_headline_runs_down_beside_its_columns():
    page = read(printed(10, 100, "甲镇大桥", size=20, down=True), LEFT, RIGHT)
    assert [(each[1], len(each[3])) for each in told(page)] == [("甲镇大桥", 2)]


def test_a_bold_headline_may_be_as_small_as_the_copy():
    page = read(printed(80, 80, "甲镇大桥通车", ink=0.3), LEFT, RIGHT)
    assert [(each[1], len(each[3])) for each in told(page)] == [("甲镇大桥通车", 2)]


def test_a_paragraph_goes_on_in_the_next_column():
    more = column(150, 100, "他们说，以前要走半", "个小时。")
    page = read(
        printed(80, 60, "甲镇大桥通车", size=20),
        column(40, 100, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来"),
        more,
    )
    part = page.articles[0].all("body")[0]
    assert part.text == "甲镇新建的桥昨天通车，附近居民前来他们说，以前要走半个小时。"
    assert part.column_ends == (17,)


def test_articles_in_boxes_are_apart():
    box = Shape(30, 50, 290, 170)
    under = column(40, 240, "\u3000\u3000乙村修了一条水泥", "路。")
    page = read(
        printed(80, 60, "甲镇大桥通车", size=20),
        LEFT,
        RIGHT,
        printed(50, 200, "乙村修路", size=20),
        under,
        shapes=[box],
    )
    assert [(each[1], len(each[3])) for each in told(page)] == [
        ("甲镇大桥通车", 2),
        ("乙村修路", 1),
    ]


def test_the_words_under_a_picture_are_its_caption_and_credit():
    (page,) = read_pages(pdf_files.sound_pdf())
    reading = read_printed_page(page)
    (picture,) = reading.pictures
    assert picture.box == (333, 125, 567, 188)
    words = [(b.kind, b.text) for b in reading.blocks if b.line in picture.lines]
    assert words == [("caption", "图为便民服务点。"), ("credit", "吴桐 摄")]


def test_a_page_is_read_with_its_folio_and_nothing_to_look_at():
    (printed_page,) = read_pages(pdf_files.sound_pdf())
    reading = read_printed_page(printed_page)
    page = assemble(reading.blocks)
    assert (page.label, page.name, page.date) == ("A2", "要闻", "2026-11-30")
    (article,) = page.articles
    assert article.first("headline") == pdf_files.HEADLINE
    assert [(who.role, who.name) for who in article.bylines] == [("记者", "吴桐")]
    assert article.paragraphs == [
        "昨天，河埠街道的便民服务点启用，附近居民前来办事，窗口的工作人员逐一作了解答。",
        "工程分三段推进，先通水，再铺路，最后补种树木。",
        "计划年内再建三处，覆盖十二个村。",
    ]
    assert article.doubtful == []
    assert reading.places[3] == [150, 76, 553, 103]


def test_a_bold_line_in_a_column_is_a_subhead():
    column_one = column(40, 100, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    subhead = printed(65, 142, "分三段施工", ink=0.3)
    rest = column(40, 156, "\u3000\u3000先通水，再铺路，", "最后补种树木。")
    page = read(printed(50, 60, "大桥通车", size=20), column_one, subhead, rest)
    (article,) = page.articles
    assert [part.text for part in article.all("subhead")] == ["分三段施工"]
    assert len(article.paragraphs) == 3


def test_a_caption_in_the_type_of_the_copy_ends_with_its_credit():
    words = column(40, 205, "图为通车现场。本报", "记者 吴桐 摄")
    after = column(40, 235, "\u3000\u3000大桥分三段施工，", "先通水，再铺路。")
    characters = [*printed(50, 60, "大桥通车", size=20), *LEFT, *words, *after]
    page = PrintedPage(600, 800, tuple(characters), (), ((40, 160, 130, 202),))
    reading = read_printed_page(page)
    texts = {block.line: block.text for block in reading.blocks}
    (picture,) = reading.pictures
    assert "".join(texts[line] for line in picture.lines) == "图为通车现场。本报记者 吴桐 摄"


def test_a_line_with_wide_gaps_is_one_where_its_column_runs_on():
    wide = [*printed(40, 114, "通车"), *printed(90, 114, "附近居民")]
    lines = [
        *column(40, 100, "\u3000\u3000甲镇新建的桥昨天"),
        *wide,
        *column(40, 128, "前来观看，他们说以前", "要走半个小时。"),
    ]
    page = read(printed(50, 60, "大桥通车", size=20), lines)
    assert [squash(text) for text in page.articles[0].paragraphs] == [
        "甲镇新建的桥昨天通车附近居民前来观看，他们说以前要走半个小时。"
    ]


def test_the_name_of_a_standing_column_is_known():
    characters = printed(80, 60, "民生速递", size=20) + LEFT
    page = PrintedPage(600, 800, tuple(characters))
    assert read_printed_page(page, columns=["民生速递"]).blocks[0].kind == "column"


def test_an_advertisement_is_furniture():
    box = Shape(30, 300, 290, 400)
    advert = [printed(40, 310, "广告"), printed(60, 340, "青禾家具城周年庆", size=20)]
    page = read(printed(80, 60, "甲镇大桥通车", size=20), LEFT, *advert, shapes=[box])
    assert [piece.text for piece in page.furniture] == ["广告", "青禾家具城周年庆"]


def test_a_character_turned_beside_the_folio_is_furniture_once():
    turned = replace(printed(400, 20, "甲")[0], angle=90)
    page = read(printed(40, 20, "第3版"), [turned], LEFT)
    assert [piece.text for piece in page.furniture] == ["第3版", "甲"]


def test_a_page_of_more_pictures_or_stacks_than_any_has_is_refused_before_it_costs(monkeypatch):
    def too_late(*given):
        raise AssertionError("too late")

    monkeypatch.setattr(reading, "find_captions", too_late)
    with pytest.raises(TooComplexError):
        read(LEFT, pictures=[(0, n, 100, n + 100) for n in range(601)])
    monkeypatch.undo()
    monkeypatch.setattr(pieces, "_promoted", too_late)
    with pytest.raises(TooComplexError):
        read([each for n in range(601) for each in printed(20 * n, 25 * n, "甲")])


places = st.tuples(
    st.floats(0, 560), st.floats(0, 780), st.sampled_from([8.0, 10.0, 10.0, 16.0, 30.0])
)
texts = st.text("甲镇的桥，。“”（）—·Ab12广告", min_size=1, max_size=12)
lines = st.lists(st.tuples(places, texts, st.booleans(), st.sampled_from([0.1, 0.2, 0.3])))
sides = st.tuples(*[st.floats(0, 600)] * 4)
boxes = st.lists(sides.map(lambda b: (*b[:2], b[0] + b[2], b[1] + b[3])), max_size=3)


@settings(max_examples=150, deadline=None)
@given(lines.filter(bool), boxes, boxes)
def test_every_character_is_in_one_block(lines, areas, pictures):
    characters = tuple(
        each
        for (x, y, size), text, down, ink in lines
        for each in printed(x, y, text, size=size, ink=ink, down=down)
    )
    shapes = tuple(Shape(*box) for box in areas)
    page = PrintedPage(600, 800, characters, shapes, tuple(pictures))
    reading = read_printed_page(page)
    kept = "".join(block.text for block in reading.blocks)
    assert Counter(squash(kept)) == Counter(each.text for each in characters)
    assert [block.line for block in reading.blocks] == [*range(1, len(reading.blocks) + 1)]
    assert sorted(reading.places) == [block.line for block in reading.blocks]
    parsed = assemble(reading.blocks)
    told = [
        *(part.text for a in parsed.articles for part in a.parts),
        *(p.text for p in parsed.furniture),
    ]
    assert Counter(squash("".join(told))) == Counter(squash(kept))
