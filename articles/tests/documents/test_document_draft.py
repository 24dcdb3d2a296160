"""Documents become drafts: headings, lead-in, names and captions in their fields, the rest text."""

from collections import Counter
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import article_html, characters
from articles.content.copy import BylineText, Copy
from articles.content.figures import figure_html
from articles.documents.document_draft import DraftPicture, cut_opening, make_document_draft
from articles.documents.document_reader import read_document
from articles.documents.draft_json import dump_draft, load_draft
from articles.documents.word.content import Note, Omission
from articles.intake.drafts import BETWEEN_NAMES
from articles.tests.samples.word_files import (
    listed,
    lists,
    paragraph,
    picture,
    row,
    run,
    styled,
    table,
    word_file,
)
from articles.tests.strategies import SCRAPS

LEAD = "本报讯（记者 张可馨）"
FIRST = "昨天上午，云溪区新设的便民服务点在河埠路启用，附近居民前来办事。"
MORE = "服务点设有八个窗口，可以办理六十项业务。区里计划年内再建三个。"
BYLINES = (BylineText("记者", "张可馨"),)
MEDIA = {"a.jpg": b"1", "b.jpg": b"2"}


def from_text(text: str, **options):
    return make_document_draft(read_document("稿件.txt", BytesIO(text.encode())), **options)


def from_word(body: str, **options):
    return make_document_draft(read_document("稿件.docx", word_file(body, **options)))


def test_a_text_gives_its_headings_names_and_subheads():
    found = from_text(
        f"聚焦民生实事\n便民服务点启用\n——首批八个窗口开放\n记者 张可馨 通讯员 李乙\n{FIRST}\n"
        f"一、窗口怎么设\n{MORE}"
    )
    assert found.draft.copy == Copy(
        kicker="聚焦民生实事",
        headline="便民服务点启用",
        deck="——首批八个窗口开放",
        bylines=(BylineText("记者", "张可馨"), BylineText("通讯员", "李乙")),
        body=f"<p>{FIRST}</p><h2>一、窗口怎么设</h2><p>{MORE}</p>",
    )


def test_a_standing_column_is_known_by_its_name():
    text = f"民生实事\n便民服务点启用\n{LEAD}{FIRST}\n{MORE}"
    assert from_text(text, columns=["民生实事"]).draft.copy.column == "民生实事"
    assert from_text(text).draft.copy.column == ""


def test_styles_say_more_than_the_parser():
    found = from_word(
        paragraph("云溪区推进会")
        + styled("Title", "全区便民服务推进会召开。")
        + styled("Subtitle", "张三出席")
        + paragraph(LEAD + FIRST)
        + styled("2", "一个小标题。")
        + paragraph(MORE)
    )
    assert found.draft.copy == Copy(
        kicker="云溪区推进会",
        headline="全区便民服务推进会召开。",
        deck="张三出席",
        dateline="本报讯",
        bylines=BYLINES,
        body=f"<p>{FIRST}</p><h2>一个小标题。</h2><p>{MORE}</p>",
    )
    assert Note.GUESSED_HEADLINE not in found.notes.found


HEADINGS = {
    "a heading under a kicker": (
        paragraph("聚焦民生实事") + styled("2", "便民服务点启用") + paragraph(LEAD + FIRST),
        ("聚焦民生实事", "便民服务点启用", ""),
    ),
    "a headline under a remark": (
        paragraph("（请编辑老师斧正，谢谢，稿件昨天写好。）")
        + styled("Title", "便民服务点启用")
        + styled("Subtitle", "八个窗口")
        + paragraph(LEAD + FIRST),
        ("", "便民服务点启用", "八个窗口"),
    ),
    "two lines of a headline": (
        styled("Title", "便民服务点启用")
        + styled("Title", "居民办事方便")
        + paragraph(LEAD + FIRST),
        ("", "便民服务点启用 居民办事方便", ""),
    ),
    "a subhead in the text": (
        paragraph(LEAD + FIRST) + styled("2", "一个小标题") + paragraph(MORE),
        ("", "", ""),
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_are_taken_from_styles_where_they_stand(name):
    body, expected = HEADINGS[name]
    copy = from_word(body).draft.copy
    assert (copy.kicker, copy.headline, copy.deck) == expected


def test_the_text_keeps_lists_tables_and_bold_words_when_the_lead_in_is_cut_off():
    body = (
        styled("Title", "便民服务点启用")
        + paragraph(run("本报讯", "<w:b/>") + run("（记者 张可馨）昨天") + run("启用", "<w:b/>"))
        + listed("甲窗口")
        + table(row("年", "户"))
    )
    found = from_word(body, numbering=lists([("bullet", "l")]))
    assert (found.draft.copy.dateline, found.draft.copy.bylines) == ("本报讯", BYLINES)
    assert found.draft.copy.body == (
        "<p>昨天<strong>启用</strong></p><ul><li>甲窗口</li></ul>"
        "<table><tr><td>年</td><td>户</td></tr></table>"
    )


def test_a_lead_in_that_prints_otherwise_stays_in_the_text_and_is_told():
    found = from_text(f"便民服务点启用\n本报讯（记者 张可馨、李丙丁）{FIRST}\n{MORE}")
    assert found.draft.copy.dateline == ""
    assert article_html.paragraphs(found.draft.copy.body)[0].startswith("本报讯（记者 张可馨、")
    assert found.notes.found[Note.LEAD_IN_KEPT].number == 1


def test_the_line_under_a_picture_is_its_caption_and_the_names_its_credit():
    found = from_word(
        styled("Title", "便民服务点启用")
        + paragraph(LEAD + FIRST)
        + paragraph(picture("a.jpg", "窗口前的居民"))
        + paragraph("图为居民在服务点办事。 王甲 摄")
        + paragraph(MORE)
        + paragraph(picture("b.jpg"))
        + styled("a9", "窗口"),
        media=MEDIA,
    )
    assert found.pictures == (
        DraftPicture("word/media/a.jpg", "窗口前的居民", "图为居民在服务点办事。", "王甲 摄"),
        DraftPicture("word/media/b.jpg", "", "窗口", ""),
    )
    assert found.draft.copy.body == (
        f"<p>{FIRST}</p>{figure_html(found.pictures[0].uid)}<p>{MORE}</p>"
    )


def test_pictures_before_and_behind_the_text_have_no_place():
    body = paragraph(picture("a.jpg")) + styled("Title", "便民服务点启用")
    body += paragraph(LEAD + FIRST) + paragraph(MORE) + paragraph(picture("b.jpg"))
    found = from_word(body, media=MEDIA)
    assert found.draft.copy.body == f"<p>{FIRST}</p><p>{MORE}</p>"
    assert [each.part for each in found.pictures] == ["word/media/a.jpg", "word/media/b.jpg"]


def test_photo_news_keeps_its_words_in_the_text():
    found = from_word(
        styled("Title", "服务点里")
        + paragraph(picture("a.jpg"))
        + paragraph("图为居民在服务点办事。 王甲 摄"),
        media=MEDIA,
    )
    assert found.draft.genre == "photo"
    assert found.draft.copy.body == "<p>图为居民在服务点办事。 王甲 摄</p>"
    assert found.pictures == (DraftPicture("word/media/a.jpg"),)


DOUBTS = {
    "no headline": (f"{LEAD}{FIRST}\n{MORE}", Note.NO_HEADLINE),
    "a second headline": (
        f"便民服务点启用\n{LEAD}{FIRST}\n{MORE}\n\n\n区人大会议召开\n{LEAD}昨天，会议召开。\n{MORE}",
        Note.SEVERAL_ARTICLES,
    ),
    "invisible characters": (f"便民服务点启用\n{LEAD}昨\u200b天，\u00ad启用。", Note.INVISIBLE),
    "look-alikes": (f"便民服务点启用\n{LEAD}⽅便居民。\n{MORE}", Note.LOOK_ALIKES),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_a_doubt_is_noted(name):
    text, note = DOUBTS[name]
    assert note in from_text(text).notes.found


def test_a_headline_as_long_as_a_text_is_text():
    found = from_word(styled("Title", "云溪区" * 1_000) + paragraph(LEAD + FIRST))
    assert found.draft.copy.headline == ""
    assert article_html.paragraphs(found.draft.copy.body)[0] == "云溪区" * 1_000
    assert Note.HEADINGS_TOO_LONG in found.notes.found


def test_an_html_page_gives_its_words_and_says_that_pictures_are_missing():
    page = (
        f"<h1>便民服务点启用</h1><img src=a.jpg><p>{LEAD}{FIRST}</p><ul><li>甲</ul><del>三百</del>"
    )
    found = make_document_draft(read_document("a.html", BytesIO(page.encode())))
    assert found.draft.copy.headline == "便民服务点启用"
    assert found.draft.copy.body == f"<p>{FIRST}</p><ul><li>甲</li></ul>"
    assert found.notes.found[Note.PICTURES].number == 1
    assert found.notes.found[Note.DELETED] == Omission(2, "三百")


@pytest.mark.parametrize(
    ("inner", "count", "expected"),
    [
        ("甲乙丙", 2, "丙"),
        ("<strong>甲</strong>乙&amp;丙", 2, "<strong></strong>&amp;丙"),
        ("甲<br>乙", 2, "乙"),
        ("甲", 0, "甲"),
    ],
)
def test_an_opening_is_cut_off_by_characters(inner, count, expected):
    assert cut_opening(inner, count) == expected


def test_a_draft_waits_as_json():
    found = from_word(
        styled("Title", "便民服务点启用") + paragraph(LEAD + FIRST) + paragraph(picture("a.jpg")),
        media=MEDIA,
    )
    found.notes.add(Note.DELETED, "三百")
    assert load_draft(dump_draft(found)) == found


TEXTS = st.lists(
    st.one_of(st.sampled_from([each for each in SCRAPS if each != "\ud800"]), st.just(FIRST)),
    min_size=1,
    max_size=20,
).map("".join)


@given(TEXTS.filter(lambda text: article_html.sanitize(text) and "\x00" not in text))
def test_no_character_of_a_text_is_lost(text):
    try:
        document = read_document("a.txt", BytesIO(text.encode()))
    except ValueError:
        return
    copy = make_document_draft(document).draft.copy
    names = "".join(who.role + who.name for who in copy.bylines)
    fields = copy.kicker + copy.headline + copy.deck + copy.dateline + copy.column + names
    kept = "".join(article_html.paragraphs(copy.body)) + fields
    missing = Counter(squashed(text)) - Counter(squashed(kept))
    assert not missing


def squashed(text: str) -> str:
    """Return a text without what is cleaned away, and what stands between names."""
    return BETWEEN_NAMES.sub("", characters.clean_text(text))
