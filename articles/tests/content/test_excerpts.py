"""Openings end after whole sentences."""

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
