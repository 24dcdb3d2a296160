"""Pages of which every printed line is a line of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.parse.integrity import is_complete
from articles.intake.parse.parser import parse
from articles.intake.parse.printed_lines import join_printed_lines
from articles.intake.parse.raw_text import read_lines, squash

PARAGRAPHS = [
    "近日，云溪区图书馆新馆建成开放。新馆位于老街北侧，面积约六千平方米，藏书十二万册，"
    "设有少儿阅览区、自习室和一间茶室。",
    "“以前借书要走半个城，现在下楼就到了。”家住河东的退休教师周一鸣告诉记者，他几乎每天都来。",
    "图书馆馆长林晓禾介绍，新馆每天开放十二小时，周末延长到晚上九点，读者可以用手机预约座位，"
    "也可以在门口的自助机上借书还书。",
]
MEASURE = 18


def set_lines(paragraph: str, indent: str) -> list[str]:
    """Return a paragraph in lines of 18 characters; no mark begins one."""
    text, lines = indent + paragraph, []
    while text:
        end = MEASURE
        while text[end : end + 1] and text[end] in "，。、”；：":
            end += 1
        lines.append(text[:end])
        text = text[end:]
    return lines


def page(*, indent: str, is_stripped: bool = False) -> str:
    lines = ["新馆开放 书香满城"]
    for paragraph in PARAGRAPHS:
        first, *others = set_lines(paragraph, indent)
        lines += [first.strip() if is_stripped else first, *others]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [page(indent="　　"), page(indent="　　", is_stripped=True), page(indent="")],
    ids=["indented", "the indent lost", "without indent"],
)
def test_the_lines_of_a_paragraph_become_one_again(text):
    (article,) = parse(text).articles
    assert article.first("headline") == "新馆开放 书香满城"
    assert list(article.paragraphs) == PARAGRAPHS


def test_a_space_stands_where_two_latin_words_met_at_the_end_of_a_line():
    text = page(indent="　　") + "　　云溪的孩子们排演了话剧 The Little\nPrince，观众很多。\n"
    assert "The Little Prince，观众很多。" in parse(text).articles[0].paragraphs[-1]


def test_a_headline_as_wide_as_the_column_is_not_joined_with_the_copy():
    headline = "云溪区图书馆新馆今日起向市民免费开放"
    text = page(indent="　　").replace("新馆开放 书香满城", headline)
    (article,) = parse(text).articles
    assert (article.first("headline"), list(article.paragraphs)) == (headline, PARAGRAPHS)


def test_lines_that_are_whole_paragraphs_are_left_alone():
    lines, _removed = read_lines("新馆开放\n" + "\n".join(PARAGRAPHS * 4))
    assert join_printed_lines(lines) == lines


def test_a_poem_is_no_printed_copy():
    lines, _removed = read_lines("\n".join(["月落乌啼", "江枫渔火对愁眠", "姑苏城外", "夜半"] * 4))
    assert join_printed_lines(lines) == lines


@given(st.lists(st.text("云溪老街。，“”　 A9\n", max_size=40), max_size=30))
def test_no_character_is_lost(pieces):
    text = "\n".join(pieces) + "\n" + page(indent="　　")
    lines, _removed = read_lines(text)
    joined = join_printed_lines(lines)
    assert squash("".join(line.text for line in joined)) == squash(text)
    assert is_complete(text, parse(text))
