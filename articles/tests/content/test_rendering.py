"""The running text of an article as it is set."""

from uuid import UUID

from articles.content.article_html import html_from_paragraphs, render_body, render_lead_in

FOUR = html_from_paragraphs(["一。", "二。", "三。", "四。"])


def parts(markup, *, lead="", figures=0):
    """Return the pieces of a text with pictures whose place the layout decides."""
    photos = [str(UUID(int=number)) for number in range(figures)]
    pieces = render_body(markup, lead_in=lead, photos=photos, table_label="表格")
    assert [number for _, number in pieces] == [*range(figures), None]
    return [text for text, _ in pieces]


def test_without_pictures_the_text_is_one_piece_as_stored():
    assert parts(FOUR) == [FOUR]


def test_nothing_is_set_for_an_empty_body():
    assert parts("") == [""]


def test_the_first_picture_follows_the_second_paragraph():
    assert parts(FOUR, figures=1) == ["<p>一。</p><p>二。</p>", "<p>三。</p><p>四。</p>"]


def test_the_only_paragraph_stands_before_the_picture():
    assert parts("<p>一。</p>", figures=1) == ["<p>一。</p>", ""]


def test_further_pictures_are_spread_over_the_rest():
    set_ = parts(html_from_paragraphs([f"{each}。" for each in "甲乙丙丁戊己庚"]), figures=3)
    assert [piece.count("<p>") for piece in set_] == [2, 2, 2, 1]


def test_more_pictures_than_paragraphs_lose_none():
    assert len(parts(FOUR, figures=9)) == 10
    assert "".join(parts(FOUR, figures=9)) == FOUR


def test_pictures_without_a_text_follow_one_another():
    assert parts("", figures=3) == ["", "", "", ""]


def test_no_picture_parts_a_subhead_from_its_text():
    body = "<p>一。</p><h2>小标题</h2><p>二。</p><p>三。</p>"
    assert parts(body, figures=1)[0] == "<p>一。</p><h2>小标题</h2><p>二。</p>"


def test_the_lead_in_opens_the_first_paragraph():
    assert (
        render_lead_in("本报讯", "（记者 林晓禾）")
        == '<b class="lead-in">本报讯</b>（记者 林晓禾）'
    )
    assert parts(FOUR, lead="甲乙")[0].startswith("<p>甲乙一。</p><p>二。</p>")


def test_a_dateline_without_bylines_keeps_its_distance():
    assert render_lead_in("本报讯", "") == '<b class="lead-in">本报讯</b> '


def test_there_is_no_lead_in_without_a_dateline():
    assert render_lead_in("", "（记者 林晓禾）") == ""


def test_the_lead_in_of_a_text_that_opens_otherwise_has_its_own_paragraph():
    assert parts("<h2>小</h2><p>一。</p>", lead="甲") == ["<p>甲</p><h2>小</h2><p>一。</p>"]
    assert parts("", lead="甲") == ["<p>甲</p>"]


def test_names_are_escaped_in_the_lead_in():
    assert render_lead_in("<本报讯>", "（&）") == '<b class="lead-in">&lt;本报讯&gt;</b>（&amp;）'


def test_a_table_scrolls_in_a_named_frame_that_the_keyboard_reaches():
    table = "<table><tbody><tr><td>一</td></tr></tbody></table>"
    frame = '<div class="table" role="region" tabindex="0" aria-label="表格">'
    assert parts(table) == [f"{frame}{table}</div>"]


def test_a_picture_stands_at_the_end_of_a_paragraph():
    asked = html_from_paragraphs(["一。", "为什么？", "因为：", "甲。", "乙。"])
    before, behind = parts(asked, figures=1)
    assert before.endswith("<p>甲。</p>") and behind == "<p>乙。</p>"


def test_a_picture_stands_in_no_poem():
    poem = html_from_paragraphs(["一池荷叶", "半是青青"]) + "<p>一行<br>又一行。</p>"
    assert parts(poem, figures=1) == [poem, ""]


def test_figures_of_a_table_stand_right():
    cells = ["1,208.5", "−3.5%", "12 项", "2019年10月的数", "一", "3 月 1 日起"]
    rows = "".join(f"<tr><td><p>{cell}</p></td></tr>" for cell in cells)
    (shown,) = parts(f"<table><tbody>{rows}</tbody></table>")
    marked = [f'<td class="num"><p>{cell}</p></td>' in shown for cell in cells]
    assert marked == [True, True, True, False, False, False]
