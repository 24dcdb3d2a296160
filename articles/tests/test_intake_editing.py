"""A person corrects a reading: the blocks change, the words never do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake import editing
from articles.intake.assembling import assemble
from articles.intake.conserving import is_conserved, words
from articles.intake.editing import Step
from articles.intake.marks import squash
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


def test_a_join_passes_over_page_furniture():
    between = editing.reclassify(blocks(), 3, "furniture")
    joined = editing.join(between, 4)
    assert paragraphs(joined)[0][0] == "昨天，书画馆开馆，市民前来参观。夜市开张"


def test_the_first_block_goes_on_nothing():
    assert editing.join(blocks(), 0) == blocks()


def test_a_block_is_moved_into_another_article_and_back():
    there = editing.move(blocks(), 3, len(blocks()))
    assert paragraphs(there) == [
        ["昨天，书画馆开馆，市民前来参观。"],
        ["昨晚，夜市开张。", "馆内有三百件展品。"],
    ]
    assert paragraphs(editing.move(there, 5, 3)) == paragraphs(blocks())


def test_what_an_article_began_with_is_moved_and_the_article_begins_with_the_next():
    changed = assemble(editing.move(blocks(), 4, len(blocks()))).articles
    assert [len(article.parts) for article in changed] == [4, 3]


def test_a_block_moved_to_where_it_stands_stays():
    for before in (3, 4):
        stood = editing.move(blocks(), 3, before)
        assert paragraphs(stood) == paragraphs(blocks())


def test_steps_that_there_are_not_are_refused():
    wrong = [Step("cut", 0), Step("join", 99), Step("join", -1), Step("move", 0, "99")]
    wrong += [Step("split", 0, "two"), Step("reclassify", 0, "poster")]
    for step in wrong:
        with pytest.raises(ValueError):
            editing.take(blocks(), step)


def step(now, act: str, index: int, at: int) -> Step:
    """Return a step that there is: `act` is the name of one or a kind to make a block of."""
    if act in KINDS:
        return Step("reclassify", index, act)
    return Step(act, index, str(at % (len(now) + 1)))


def steps(*names):
    return st.lists(
        st.tuples(st.sampled_from(names), st.integers(0, 40), st.integers(0, 30)), max_size=12
    )


IN_PLACE = sorted(editing.ACTS.keys() - {"move", "reclassify"})


@settings(max_examples=150, deadline=None)
@given(steps(*IN_PLACE, *KINDS))
def test_no_step_loses_a_character_or_changes_the_order(wanted):
    now = blocks()
    for act, index, at in wanted:
        now = editing.take(now, step(now, act, index % len(now), at))
        assert is_conserved(RAW, assemble(now))


@settings(max_examples=150, deadline=None)
@given(steps(*IN_PLACE, *KINDS, "move"))
def test_no_move_loses_a_character(wanted):
    now = blocks()
    for act, index, at in wanted:
        now = editing.take(now, step(now, act, index % len(now), at))
        held = "".join(block.text for block in now)
        assert sorted(squash(held)) == sorted(squash(RAW))
        furniture = squash("".join(piece.text for piece in assemble(now).furniture))
        assert sorted(words(assemble(now)) + furniture) == sorted(squash(RAW))
