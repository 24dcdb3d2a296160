"""Headings, lead-in, names and credits leave the body for their fields; nothing else changes."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content.article_html import html_from_paragraphs, sanitize, words
from articles.content.copy import BylineText, Copy
from articles.documents.body_split import BodySplit, split_body
from articles.intake.drafts import BETWEEN_NAMES
from articles.tests.strategies import SCRAPS

FIRST = "昨天上午，云溪区新设的便民服务点在河埠路启用，附近居民前来办事。"
MORE = "服务点设有八个窗口，可以办理六十项业务。区里计划年内再建三个。"
HEADS = ("聚焦民生实事", "便民服务点启用", "——首批八个窗口开放")
LEAD = "本报讯（记者 张可馨）"
PASTED = html_from_paragraphs([*HEADS, LEAD + FIRST, MORE])
WHOLE = Copy(
    kicker=HEADS[0],
    headline=HEADS[1],
    deck=HEADS[2],
    dateline="本报讯",
    bylines=(BylineText("记者", "张可馨"),),
    body=html_from_paragraphs([FIRST, MORE]),
)


def test_a_pasted_text_is_split_into_its_fields():
    assert split_body(Copy(body=PASTED)) == BodySplit(WHOLE)


def test_marks_and_tables_of_the_text_stay():
    rest = "<h2>窗口</h2><ul><li>甲<strong>乙</strong></li></ul><table><tr><td>1</td></tr></table>"
    body = PASTED.replace("云溪区", "<strong>云溪区</strong>") + rest
    split = split_body(Copy(body=body)).copy
    assert split == replace(
        WHOLE, body=WHOLE.body.replace("云溪区", "<strong>云溪区</strong>") + rest
    )


def test_a_field_that_is_filled_keeps_its_words_and_the_line_stays():
    present = Copy(headline="别的标题", body=PASTED)
    split = split_body(present)
    assert (split.copy.headline, split.kept) == ("别的标题", ("headline",))
    assert words(split.copy.body).startswith(HEADS[1])
    assert (split.copy.kicker, split.copy.dateline) == (HEADS[0], "本报讯")


def test_names_that_are_filled_keep_the_lead_in_in_the_text():
    split = split_body(Copy(bylines=(BylineText("记者", "林晓禾"),), body=PASTED))
    assert (split.kept, split.copy.dateline) == (("bylines",), "")
    assert split.copy.body == html_from_paragraphs([LEAD + FIRST, MORE])


def test_words_that_the_fields_hold_already_leave_the_text():
    assert split_body(replace(WHOLE, body=PASTED)) == BodySplit(WHOLE)


def test_names_that_stay_in_the_text_fill_no_field():
    text = [HEADS[1], f"本报讯（记者 王甲、李丙丁）{FIRST}", MORE]
    split = split_body(Copy(body=html_from_paragraphs(text))).copy
    assert split == Copy(headline=HEADS[1], body=html_from_paragraphs(text[1:]))


@pytest.mark.parametrize(("free", "credits"), [(0, ()), (1, ("徐芊卉 摄",)), (3, ("徐芊卉 摄",))])
def test_a_photo_credit_goes_to_a_picture_without_one(free, credits):
    text = [*HEADS, LEAD + FIRST, MORE, "徐芊卉 摄"]
    split = split_body(Copy(body=html_from_paragraphs(text)), free_captions=free)
    assert split.credits == credits
    assert ("徐芊卉" in split.copy.body) is not bool(credits)


def test_a_standing_column_is_known_by_its_name():
    body = html_from_paragraphs(["民生实事", HEADS[1], LEAD + FIRST, MORE])
    assert split_body(Copy(body=body), columns=["民生实事"]).copy.column == "民生实事"


def test_a_text_without_headings_stays():
    present = Copy(headline="标题", body=html_from_paragraphs([FIRST, MORE]))
    assert split_body(present) == BodySplit(present)
    assert split_body(Copy()) == BodySplit(Copy())


PARAGRAPHS = st.lists(
    st.one_of(
        st.sampled_from([*HEADS, LEAD + FIRST, MORE, LEAD, "记者 张可馨", "徐芊卉 摄", "一、窗口"]),
        st.lists(st.sampled_from([each for each in SCRAPS if each != "\ud800"]), max_size=4).map(
            "".join
        ),
    ),
    max_size=8,
)
FILLED = st.sampled_from(
    [Copy(), Copy(headline="别的"), Copy(dateline="本报讯"), replace(WHOLE, body="")]
)


@given(FILLED, PARAGRAPHS, st.integers(0, 2))
@settings(deadline=None)
def test_no_character_is_lost_and_nothing_is_overwritten(filled, paragraphs, free):
    present = replace(filled, body=sanitize(html_from_paragraphs(paragraphs)))
    split = split_body(present, free_captions=free)
    lost = _count(words(present.body)) - _count(words(split.copy.body))
    names = "".join(each.role + each.name for each in split.copy.bylines)
    heads = (split.copy.column, split.copy.kicker, split.copy.headline, split.copy.deck)
    held = "".join((*heads, split.copy.dateline, names, *split.credits))
    assert not lost - _count(held)
    assert not _count(words(split.copy.body)) - _count(words(present.body))
    for name in ("kicker", "headline", "deck", "dateline", "bylines"):
        assert getattr(filled, name) in (getattr(split.copy, name), "", ())


def _count(text: str) -> Counter:
    return Counter(BETWEEN_NAMES.sub("", text))
