"""Openings end after whole sentences."""

from hypothesis import given
from hypothesis import strategies as st

from articles.content import article_html, text

LONG = "第一句话说清了事情。第二句话补充了时间！第三句话留下了问题？"


def test_whole_paragraphs_are_taken_before_sentences():
    assert text.excerpt([LONG, LONG], 45) == (LONG, "第一句话说清了事情。")


def test_an_excerpt_ends_at_a_full_stop():
    assert text.excerpt([LONG], 25) == ("第一句话说清了事情。第二句话补充了时间！",)


def test_the_first_sentence_is_taken_whatever_its_length():
    assert text.excerpt([LONG], 3) == ("第一句话说清了事情。",)


def test_a_sentence_keeps_its_closing_quote():
    words = "他说：“明天就来。”大家都笑了。"
    assert text.excerpt([words], 10) == ("他说：“明天就来。”",)


def test_subheads_and_lists_without_a_full_stop_are_skipped():
    assert text.excerpt(["核心阅读", "一、目标任务", LONG], 99) == (LONG,)


def test_words_after_the_last_full_stop_are_left_out():
    assert text.excerpt(["事情已经办妥。记者", LONG], 99) == ("事情已经办妥。",)


def test_a_text_without_a_full_stop_has_no_excerpt():
    assert text.excerpt(["一行诗", "又一行诗"], 99) == ()


def test_only_paragraphs_proper_are_read_from_a_body():
    body = "<h2>小标题。</h2><p>甲<strong>乙</strong>&amp;丙。</p><ul><li>丁。</li></ul><p>戊。</p>"
    assert article_html.text_paragraphs(body) == ["甲乙&丙。", "戊。"]


def shown(*paragraphs, most=400) -> list[str]:
    """Return the words of the sentences, a bar before each that opens a paragraph."""
    found = text.sentences(paragraphs, most)
    return ["|" * each.is_opening + each.words + "…" * (not each.is_end) for each in found]


def test_a_paragraph_that_announces_the_next_is_taken_only_with_it():
    assert shown("他说：", "“好。”大家笑了。") == ["|他说：…", "|“好。”", "大家笑了。"]
    assert shown("一句话。他说：", "小标题", "第二句。") == ["|一句话。"]
    assert shown("一句话。他说：") == ["|一句话。"]


def test_words_without_a_full_stop_at_the_end_of_a_paragraph_are_taken_with_the_next():
    assert shown("甲说了。记者", "乙说了。") == ["|甲说了。", "记者…", "|乙说了。"]


def test_subheads_are_no_sentences_but_the_lines_of_a_poem_are():
    assert shown("小标题", "一句话。") == ["|一句话。"]
    assert shown("一行诗", "又一行诗") == ["|一行诗", "|又一行诗"]


def test_no_more_paragraphs_are_read_than_needed():
    assert shown("一二三四。", "五六七八。", "九十。", most=8) == ["|一二三四。", "|五六七八。"]


@given(st.lists(st.text(st.sampled_from("甲乙。！：”“小"), max_size=12), max_size=6))
def test_sentences_are_the_words_of_paragraphs_in_order_and_end_well(paragraphs):
    found = text.sentences(paragraphs, 30)
    rest = "".join(paragraphs)
    for sentence in found:
        assert sentence.words in rest
        rest = rest.partition(sentence.words)[2]
    assert not found or (found[0].is_opening and found[-1].is_end)
