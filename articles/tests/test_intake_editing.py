"""A person corrects a reading: the blocks change, the words never do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake import editing
from articles.intake.assembling import assemble
from articles.intake.conserving import is_conserved
from articles.intake.paper import KINDS
from articles.intake.parsing import parse
from articles.intake.printing import block_json, blocks_from_json

RAW = (
    "书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆，\n\n市民前来参观。\n\n"
    "馆内有三百件展品。\n\n"
    "夜市开张\n\n本报讯（记者 李若溪）昨晚，夜市开张。"
)


def blocks():
    return parse(RAW).blocks


def paragraphs(changed):
    return [article.paragraphs for article in assemble(changed).articles]


def test_parting_a_join_and_joining_it_again():
    parted = editing.part(blocks(), 2)
    assert paragraphs(parted)[0] == ["昨天，书画馆开馆，", "市民前来参观。", "馆内有三百件展品。"]
    assert paragraphs(editing.join(parted, 2)) == paragraphs(blocks())


def test_splitting_a_block():
    split = editing.split(blocks(), 3, 2)
    assert paragraphs(split)[0][1:] == ["馆内", "有三百件展品。"]


def test_a_split_at_an_end_changes_nothing():
    assert editing.split(blocks(), 3, 0) == blocks()


def test_copy_made_a_headline_begins_an_article():
    changed = editing.reclassify(blocks(), 3, "headline")
    assert [article.first("headline") for article in assemble(changed).articles] == [
        "书画馆开馆",
        "馆内有三百件展品。",
        "夜市开张",
    ]


def test_a_headline_made_copy_joins_the_article_above():
    changed = editing.reclassify(blocks(), 4, "subhead")
    assert len(assemble(changed).articles) == 1


def test_a_headline_made_a_kicker_keeps_its_article():
    changed = editing.reclassify(blocks(), 4, "kicker")
    assert [article.first("kicker") for article in assemble(changed).articles] == ["", "夜市开张"]


def test_furniture_leaves_the_article():
    changed = editing.reclassify(blocks(), 3, "furniture")
    assert [piece.text for piece in assemble(changed).furniture] == ["馆内有三百件展品。"]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="poster"):
        editing.reclassify(blocks(), 0, "poster")


def test_a_person_is_never_in_doubt():
    changed = editing.confirm(blocks(), 0)
    assert changed[0].decision.is_by_hand and not changed[0].decision.is_doubtful


def test_merging_and_beginning_articles():
    merged = editing.merge_article(blocks(), 4)
    assert len(assemble(merged).articles) == 1
    assert len(assemble(editing.begin_article(merged, 4)).articles) == 2


def test_blocks_survive_json():
    assert blocks_from_json(map(block_json, blocks())) == blocks()


moves = st.lists(
    st.tuples(
        st.sampled_from(["split", "join", "part", "begin", "merge", *KINDS]),
        st.integers(0, 40),
        st.integers(0, 30),
    ),
    max_size=12,
)


def corrected(now, move, index, at):
    """Return the blocks after one correction, whichever it is."""
    if move == "split":
        return editing.split(now, index, at)
    simple = {
        "join": editing.join,
        "part": editing.part,
        "begin": editing.begin_article,
        "merge": editing.merge_article,
    }
    return simple[move](now, index) if move in simple else editing.reclassify(now, index, move)


@settings(max_examples=150, deadline=None)
@given(moves)
def test_no_correction_loses_a_character(wanted):
    now = blocks()
    for move, index, at in wanted:
        now = corrected(now, move, index % len(now), at)
        assert is_conserved(RAW, assemble(now))
