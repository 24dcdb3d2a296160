"""Columns that belong together though no head is over all of them."""

from articles.intake.parse.page_pdf.types import Shape
from articles.intake.parse.raw_text import squash

from .printed import SIZE, column, printed, read, told

HEAD = printed(150, 60, "甲镇大桥通车", size=20)
FIRST = column(40, 60, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。桥长五百米，")
SECOND = column(
    150, 90, "宽十二米，是全镇最", "长的桥。", "\u3000\u3000大桥分三段施工，", "先通水，再铺路，最"
)
THIRD = column(260, 60, "后补种树木。", "\u3000\u3000计划年内再建三处", "。")
TEXT = [
    "甲镇新建的桥昨天通车，附近居民前来观看。桥长五百米，宽十二米，是全镇最长的桥。",
    "大桥分三段施工，先通水，再铺路，最后补种树木。",
    "计划年内再建三处。",
]


def test_columns_beside_a_head_are_of_its_article_where_a_sentence_goes_on():
    assert told(read(HEAD, FIRST, SECOND, THIRD)) == [("", "甲镇大桥通车", "", TEXT)]


def test_a_column_goes_on_past_a_picture():
    above = column(
        40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。桥长五百米，"
    )
    below = column(40, 195, "宽十二米，是全镇最", "长的桥。")
    head = printed(40, 60, "大桥通车", size=20)
    page = read(head, above, below, pictures=[(40, 130, 130, 192)])
    assert told(page) == [("", "大桥通车", "", [TEXT[0]])]


def test_a_column_of_which_the_first_line_is_indented_stays_apart():
    head = printed(40, 60, "大桥通车", size=20)
    left = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车。", "\u3000\u3000大桥分三段施工。")
    other = printed(150, 60, "乙村修路", size=20)
    right = column(150, 90, "\u3000\u3000乙村修了一条水泥", "路。")
    assert [each[1] for each in told(read(head, left, other, right))] == ["大桥通车", "乙村修路"]


def test_a_head_that_runs_down_at_the_top_of_a_column_is_over_it():
    head = printed(75, 60, "大桥通车", size=20, down=True)
    page = read(head, column(40, 150, "\u3000\u3000甲镇新建的桥昨天", "通车。"))
    assert told(page) == [("", "大桥通车", "", ["甲镇新建的桥昨天通车。"])]


def test_a_kicker_over_any_part_of_the_headline_is_its_kicker():
    kicker = printed(140, 42, "惠及八千人", size=12)
    head = printed(40, 58, "甲镇大桥昨天建成通车", size=20)
    copy = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    assert told(read(kicker, head, copy))[0][:2] == ("惠及八千人", "甲镇大桥昨天建成通车")


def test_a_short_end_of_a_column_is_no_head():
    head = printed(40, 60, "大桥通车", size=20)
    left = column(
        40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。桥长五百米，"
    )
    right = column(150, 90, "\u3000\u3000大桥分三段施工，", "先通水，再铺路，最")
    below = column(150, 195, "后补种树木。", "\u3000\u3000计划年内再建三处", "，覆盖十二个村。")
    page = read(head, left, right, below, pictures=[(150, 120, 240, 192)])
    assert [each[1] for each in told(page)] == ["大桥通车"]


def test_a_few_dense_characters_are_not_taken_for_bold():
    copy = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    last = printed(40, 132, "谢瀚", ink=0.28)
    page = read(printed(40, 60, "大桥通车", size=20), copy, last)
    assert page.articles[0].all("subhead") == []


def test_an_opening_mark_reaches_over_the_dot_before_it():
    head = printed(40, 60, "大桥通车", size=20)
    before, mark = printed(40, 150, "艺术生涯", size=16), printed(102, 150, "“", size=16)
    dot, after = printed(104, 150, "·", size=16), printed(118, 150, "梅花”绽放", size=16)
    copy = column(40, 180, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    page = read(head, column(40, 90, "\u3000\u3000先通水。"), before, mark, dot, after, copy)
    assert [each[1] for each in told(page)] == ["大桥通车", "艺术生涯·“梅花”绽放"]


def test_a_ruled_table_is_read_by_its_rows():
    cells = [["月份", "产量", "增长"], ["一月", "138", "9%"], ["二月", "322", "6%"]]
    words = [
        printed(45 + 80 * x, 205 + 20 * y, text)
        for y, row in enumerate(cells)
        for x, text in enumerate(row)
    ]
    rules = [Shape(40, 200 + 20 * y, 280, 200.5 + 20 * y, 0, True) for y in range(4)]
    rules += [Shape(40 + 80 * x, 200, 40.5 + 80 * x, 260, 0, True) for x in range(4)]
    copy = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    page = read(printed(40, 60, "大桥通车", size=20), copy, *words, shapes=rules)
    assert [each[1] for each in told(page)] == ["大桥通车", ""]
    assert page.articles[1].paragraphs == ["月份 产量 增长", "一月 138 9%", "二月 322 6%"]


def test_a_masthead_with_all_that_stands_beside_it_is_of_no_article():
    name = printed(40, 20, "云溪日报", size=40)
    beside = [
        printed(220, 22, "2026年11月30日 星期一"),
        printed(220, 36, "农历丙午年十月廿二"),
        printed(420, 36, "云溪区委主管主办"),
    ]
    copy = column(40, 120, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    foot = printed(300, 780, "— 6 —")
    page = read(name, *beside, printed(40, 90, "大桥通车", size=20), copy, foot)
    assert [each[1] for each in told(page)] == ["大桥通车"]


def test_a_head_alone_in_its_column_is_over_what_stands_beside_it():
    head = printed(40, 60, "桥通车", size=20)
    copy = column(190, 60, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    assert told(read(head, copy)) == [("", "桥通车", "", ["甲镇新建的桥昨天通车。"])]


def test_a_head_that_runs_down_beside_the_middle_of_a_column_is_its_head():
    head = printed(15, 110, "大桥通车", size=20, down=True)
    byline = printed(65, 60, "本报记者 吴桐")
    copy = column(40, 74, "\u3000\u3000甲镇新建的桥昨天", *["通车，附近居民前来"] * 7, "观看。")
    assert [each[1] for each in told(read(head, byline, copy))] == ["大桥通车"]


def test_a_first_line_as_wide_as_its_column_is_no_deck():
    head = printed(100, 60, "大桥通车", size=20)
    left = column(40, 97, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来")
    right = column(150, 83, "观看，他们说以前要", "\u3000\u3000走半个小时，现在", "下楼就到。")
    assert told(read(head, left, right))[0][2] == ""


def test_a_table_does_not_part_a_paragraph_that_goes_on_in_the_next_column():
    rules = [Shape(40, 200 + 20 * y, 130, 200.5 + 20 * y, 0, True) for y in range(4)]
    rules += [Shape(40 + 30 * x, 200, 40.5 + 30 * x, 260, 0, True) for x in range(4)]
    cells = [printed(45 + 30 * x, 205 + 20 * y, "数") for x in range(3) for y in range(3)]
    left = column(
        40, 153, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。桥长五百米，"
    )
    right = column(150, 153, "宽十二米，是全镇最", "长的桥。")
    head = printed(60, 123, "甲镇大桥通车", size=20)
    page = read(head, left, right, *cells, shapes=rules)
    assert page.articles[0].paragraphs[0] == TEXT[0]


def test_a_deck_over_a_gutter_does_not_join_the_lines_beside_it():
    head = printed(80, 40, "甲镇大桥通车", size=20)
    deck = printed(40, 65, "甲镇大桥昨天通车的详细经过和工程建设侧记")
    left = column(
        40, 79, "通车，附近居民前来", "观看，他们说以前要", "走半个小时。", "桥长五百米。"
    )
    right = column(150, 79, "先通水，再铺路，最", "后补种树木，大桥分", "三段。", "宽十二米。")
    texts = [text for each in told(read(head, deck, left, right)) for text in each[3]]
    assert not any("前来先通水" in text for text in texts)


def test_a_byline_under_a_head_that_runs_down_is_of_its_article():
    head = printed(100, 60, "大桥通车", size=20, down=True)
    byline = printed(55, 152, "吴桐 文", size=SIZE)
    copy = column(40, 166, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    assert [each[1] for each in told(read(head, byline, copy))] == ["大桥通车"]


def test_a_picture_under_a_column_is_of_its_article_unless_a_head_follows():
    copy = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    below = column(40, 206, "\u3000\u3000大桥分三段施工，", "先通水，再铺路。")
    first = printed(40, 60, "大桥通车", size=20)
    picture = (40, 148, 130, 195)
    page = read(first, copy, below, pictures=[picture])
    assert [each[1] for each in told(page)] == ["大桥通车"]
    second = printed(40, 199, "乙村修路", size=20)
    lower = column(40, 228, "\u3000\u3000乙村修了一条水泥", "路。")
    page = read(first, copy, second, lower, pictures=[picture])
    assert [each[1] for each in told(page)] == ["大桥通车", "乙村修路"]


def test_a_kicker_at_the_edge_that_only_sounds_like_a_masthead_is_kept():
    kicker = printed(40, 20, "提高科研院所等自主管理权", size=12)
    head = printed(40, 36, "科技成果再松绑", size=20)
    copy = column(40, 66, "\u3000\u3000甲镇新建的桥昨天", "通车。")
    assert told(read(kicker, head, copy))[0][0] == "提高科研院所等自主管理权"


def test_the_last_character_of_a_head_that_runs_down_may_stand_alone():
    head = printed(80, 60, "大桥通车有", size=20, down=True)
    last = printed(56, 60, "力", size=20)
    copy = column(110, 60, *["\u3000\u3000甲镇新建的桥昨天", "通车。"] * 4)
    assert [squash(each[1]) for each in told(read(head, last, copy))] == ["大桥通车有力"]


def test_a_picture_closer_to_the_head_below_it_is_of_that_article():
    left = column(40, 90, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    picture, head = (150, 60, 240, 120), printed(160, 124, "乙村修路", size=20)
    copy = column(150, 152, "\u3000\u3000乙村修了一条水泥", "路。")
    page = read(printed(40, 60, "大桥通车", size=20), left, head, copy, pictures=[picture])
    assert [(each[1], len(each[3])) for each in told(page)] == [("大桥通车", 1), ("乙村修路", 1)]


def test_a_deck_in_the_type_of_the_copy_is_known_by_its_common_middle():
    head = printed(60, 40, "甲镇大桥昨天通车", size=20)
    deck = [*printed(85, 62, "工程分三段推进先通水"), *printed(105, 74, "附近居民观看")]
    copy = column(40, 92, "\u3000\u3000甲镇新建的桥昨天", "通车，附近居民前来", "观看。")
    assert (
        told(read(head, deck, copy, column(150, 92, "大桥分三段施工，先", "通水，再铺路。")))[0][2]
        == "工程分三段推进先通水 附近居民观看"
    )
