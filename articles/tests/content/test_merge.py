"""Two editors' words brought together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import article_html
from articles.content.copy import NAMES, Copy
from articles.content.merge import merge, merged_body
from articles.tests.strategies import copies

bodies = st.lists(st.sampled_from("甲乙丙丁戊己庚"), max_size=6).map(
    article_html.html_from_paragraphs
)


@pytest.mark.slow
@given(copies, copies, copies)
def test_a_merge_keeps_what_each_side_changed_or_says_that_they_disagree(before, mine, theirs):
    merged = merge(before=before, mine=mine, theirs=theirs)
    for name in NAMES:
        was, my, their = (getattr(copy, name) for copy in (before, mine, theirs))
        now = getattr(merged.copy, name)
        if name in merged.disputed:
            assert my != was != their != my
            assert now == my
        elif my == was:
            assert now == their
        elif their in (was, my):
            assert now == my
        else:
            assert name in ("tags", "body")


@given(copies, copies)
def test_without_common_ground_all_that_differs_is_disputed(mine, theirs):
    merged = merge(before=None, mine=mine, theirs=theirs)
    assert [getattr(mine, name) != getattr(theirs, name) for name in NAMES] == [
        name in merged.disputed for name in NAMES
    ]


def test_two_editors_of_different_fields_lose_nothing():
    before = Copy(headline="旧题", body="<p>旧文</p>")
    mine, theirs = replace(before, headline="新题"), replace(before, body="<p>新文</p>")
    merged = merge(before=before, mine=mine, theirs=theirs)
    assert (merged.copy, merged.disputed) == (Copy(headline="新题", body="<p>新文</p>"), ())


def test_tags_are_added_and_removed_as_each_side_did():
    before, mine, theirs = (
        Copy(tags=("交通", "民生")),
        Copy(tags=("教育", "民生")),
        Copy(tags=("交通",)),
    )
    merged = merge(before=before, mine=mine, theirs=theirs)
    assert (merged.copy.tags, merged.disputed) == (("教育",), ())


@given(bodies, bodies, bodies)
def test_a_merged_body_holds_every_block_that_either_side_wrote(before, mine, theirs):
    merged = merged_body(before, mine, theirs)
    was, my, their = (article_html.paragraphs(markup) for markup in (before, mine, theirs))
    if merged is None:
        assert mine != before != theirs or len(set(was)) < len(was)
        return
    now = article_html.paragraphs(merged)
    assert {*my} - {*was} | {*their} - {*was} <= {*now} <= {*my, *their}


@given(bodies, bodies)
def test_one_side_s_body_is_taken_whole(before, mine):
    if len(set(article_html.paragraphs(before))) == len(article_html.paragraphs(before)):
        assert merged_body(before, mine, before) == merged_body(before, before, mine) == mine


def test_different_paragraphs_are_brought_together_and_the_same_one_is_disputed():
    before = article_html.html_from_paragraphs(["一", "二", "三"])
    mine = article_html.html_from_paragraphs(["一改", "二", "三"])
    theirs = article_html.html_from_paragraphs(["一", "二", "三改", "四"])
    assert merged_body(before, mine, theirs) == article_html.html_from_paragraphs(
        ["一改", "二", "三改", "四"]
    )
    assert (
        merged_body(before, mine, article_html.html_from_paragraphs(["一变", "二", "三"])) is None
    )


def test_what_is_disputed_in_a_body_is_only_what_both_touched():
    before = Copy(body=article_html.html_from_paragraphs(["一", "二", "三", "四"]))
    mine = replace(before, body=article_html.html_from_paragraphs(["一我", "二我", "三", "四"]))
    theirs = replace(before, body=article_html.html_from_paragraphs(["一", "二他", "三", "四他"]))
    merged = merge(before=before, mine=mine, theirs=theirs)
    assert merged.disputed == ("body",)
    assert article_html.paragraphs(merged.copy.body) == ["一我", "二我", "三", "四他"]
    assert article_html.paragraphs(merged.other.body) == ["一我", "二他", "三", "四他"]


def test_a_paragraph_each_at_one_place_is_disputed():
    before = article_html.html_from_paragraphs(["一"])
    both = (
        article_html.html_from_paragraphs(["一", "甲"]),
        article_html.html_from_paragraphs(["一", "乙"]),
    )
    assert merged_body(before, *both) is None


def test_the_same_change_on_both_sides_is_made_once():
    before, after = (
        article_html.html_from_paragraphs(["一", "二"]),
        article_html.html_from_paragraphs(["一", "二", "三"]),
    )
    theirs = article_html.html_from_paragraphs(["一改", "二", "三"])
    assert merged_body(before, after, theirs) == theirs
