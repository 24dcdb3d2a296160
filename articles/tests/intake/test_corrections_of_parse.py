"""Corrections of a parsed page: the blocks change, no character is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.parse import corrections
from articles.intake.parse.corrections import Correction
from articles.intake.parse.integrity import article_text, is_complete
from articles.intake.parse.parser import assemble, parse
from articles.intake.parse.raw_text import squash
from articles.intake.parse.types import KINDS, ParsedBlock

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
    parted = corrections.separate(blocks(), 2)
    assert paragraphs(parted)[0] == ["昨天，书画馆开馆，", "市民前来参观。", "馆内有三百件展品。"]
    assert paragraphs(corrections.join(parted, 2)) == paragraphs(blocks())


def test_splitting_a_block():
    split = corrections.split(blocks(), 3, 2)
    assert paragraphs(split)[0][1:] == ["馆内", "有三百件展品。"]


def test_a_split_at_an_end_changes_nothing():
    assert corrections.split(blocks(), 3, 0) == blocks()


def test_copy_made_a_headline_begins_an_article():
    changed = corrections.reclassify(blocks(), 3, "headline")
    assert [article.first("headline") for article in assemble(changed).articles] == [
        "书画馆开馆",
        "馆内有三百件展品。",
        "夜市开张",
    ]


def test_a_headline_made_copy_joins_the_article_above():
    changed = corrections.reclassify(blocks(), 4, "subhead")
    assert len(assemble(changed).articles) == 1


def test_a_headline_made_a_kicker_keeps_its_article():
    changed = corrections.reclassify(blocks(), 4, "kicker")
    assert [article.first("kicker") for article in assemble(changed).articles] == ["", "夜市开张"]


def test_furniture_leaves_the_article():
    changed = corrections.reclassify(blocks(), 3, "furniture")
    assert [piece.text for piece in assemble(changed).furniture] == ["馆内有三百件展品。"]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="poster"):
        corrections.reclassify(blocks(), 0, "poster")


def test_a_person_is_never_in_doubt():
    changed = corrections.confirm(blocks(), 0)
    assert changed[0].decision.is_by_hand and not changed[0].decision.is_doubtful


def test_merging_and_beginning_articles():
    merged = corrections.merge_article(blocks(), 4)
    assert len(assemble(merged).articles) == 1
    assert len(assemble(corrections.begin_article(merged, 4)).articles) == 2


def test_blocks_survive_json():
    assert tuple(ParsedBlock.from_json(block.as_json()) for block in blocks()) == blocks()


def test_a_join_passes_over_page_furniture():
    between = corrections.reclassify(blocks(), 3, "furniture")
    joined = corrections.join(between, 4)
    assert paragraphs(joined)[0][0] == "昨天，书画馆开馆，市民前来参观。夜市开张"


def test_the_first_block_goes_on_nothing():
    assert corrections.join(blocks(), 0) == blocks()


def test_a_block_is_moved_into_another_article_and_back():
    there = corrections.move(blocks(), 3, len(blocks()))
    assert paragraphs(there) == [
        ["昨天，书画馆开馆，市民前来参观。"],
        ["昨晚，夜市开张。", "馆内有三百件展品。"],
    ]
    assert paragraphs(corrections.move(there, 5, 3)) == paragraphs(blocks())


def test_what_an_article_began_with_is_moved_and_the_article_begins_with_the_next():
    changed = assemble(corrections.move(blocks(), 4, len(blocks()))).articles
    assert [len(article.parts) for article in changed] == [4, 3]


def test_a_block_moved_to_where_it_stands_stays():
    for before in (3, 4):
        stood = corrections.move(blocks(), 3, before)
        assert paragraphs(stood) == paragraphs(blocks())


def test_steps_that_there_are_not_are_refused():
    wrong = [
        Correction("cut", 0),
        Correction("join", 99),
        Correction("join", -1),
        Correction("move", 0, "99"),
    ]
    wrong += [Correction("split", 0, "two"), Correction("reclassify", 0, "poster")]
    for step in wrong:
        with pytest.raises(ValueError):
            corrections.apply_correction(blocks(), step)


def step(now, act: str, index: int, at: int) -> Correction:
    """Return a step that there is: `act` is the name of one or a kind to make a block of."""
    if act in KINDS:
        return Correction("reclassify", index, act)
    return Correction(act, index, str(at % (len(now) + 1)))


def steps(*names):
    return st.lists(
        st.tuples(st.sampled_from(names), st.integers(0, 40), st.integers(0, 30)), max_size=12
    )


IN_PLACE = sorted(corrections.ACTS.keys() - {"move", "reclassify"})


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(steps(*IN_PLACE, *KINDS))
def test_no_step_loses_a_character_or_changes_the_order(wanted):
    now = blocks()
    for act, index, at in wanted:
        now = corrections.apply_correction(now, step(now, act, index % len(now), at))
        assert is_complete(RAW, assemble(now))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(steps(*IN_PLACE, *KINDS, "move"))
def test_no_move_loses_a_character(wanted):
    now = blocks()
    for act, index, at in wanted:
        now = corrections.apply_correction(now, step(now, act, index % len(now), at))
        held = "".join(block.text for block in now)
        assert sorted(squash(held)) == sorted(squash(RAW))
        furniture = squash("".join(piece.text for piece in assemble(now).furniture))
        assert sorted(article_text(assemble(now)) + furniture) == sorted(squash(RAW))
