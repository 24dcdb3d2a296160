"""Headlines of share cards: few lines, even, between words, nothing lost that fits."""

from hypothesis import given
from hypothesis import strategies as st

from articles.sharing.headline_lines import even_lines, fit_headline, shortened

SIZES = (90, 60, 40)
HAN = st.text(alphabet="武进日报要闻社区食堂开放，。“”（）AI5 ", min_size=1, max_size=120)


def measure(size: int):
    """Measure a text as if every character were a square."""
    return lambda text: size * len(text)


def three(size: int) -> int:
    """Allow three lines at every size."""
    return 3


def test_lines_are_few_and_even():
    assert even_lines("全区排涝泵站完成汛前检修", measure(10), 80) == [
        "全区排涝泵站",
        "完成汛前检修",
    ]


def test_a_space_in_a_headline_is_kept_within_a_line_and_not_at_its_end():
    assert even_lines("社区食堂 今日开放", measure(10), 100) == ["社区食堂 今日开放"]
    assert even_lines("社区食堂 今日开放", measure(10), 50) == ["社区食堂", "今日开放"]


def test_lines_end_at_the_spaces_of_a_headline_where_they_fit():
    parts = ["与青蒿结缘", "用中医药造福世界"]
    assert fit_headline(" ".join(parts), SIZES, measure, 720, three) == (90, parts)


def test_there_are_no_more_lines_than_the_size_allows():
    assert fit_headline("社区食堂今日开放", SIZES, measure, 400, lambda size: 120 // size)[0] == 60


def test_the_largest_size_that_fits_is_taken():
    assert fit_headline("社区食堂", SIZES, measure, 600, three) == (90, ["社区食堂"])
    assert fit_headline("社区食堂" * 5, SIZES, measure, 480, three)[0] == 60


def test_what_does_not_fit_ends_in_an_ellipsis():
    size, lines = fit_headline("社区食堂今日开放，" * 20, SIZES, measure, 400, three)
    assert (size, len(lines), lines[-1][-1]) == (40, 3, "…")
    assert max(map(len, lines)) <= 10


def test_a_text_is_shortened_only_where_it_must_be():
    assert shortened("周一鸣 摄", measure(10), 50) == "周一鸣 摄"
    assert shortened("周一鸣 摄", measure(10), 40) == "周一鸣…"


@given(HAN)
def test_no_word_is_lost_where_all_fit(headline):
    lines = even_lines(headline, measure(10), 150)
    assert "".join("".join(lines).split()) == "".join(headline.split())


@given(HAN)
def test_lines_never_leave_the_card(headline):
    size, lines = fit_headline(headline, SIZES, measure, 600, three)
    assert len(lines) <= 3
    assert max(len(line) * size for line in lines) <= 600
