"""Ranks and rows: decided from numbers alone."""

from dataclasses import dataclass
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.layout.grid import ranking, row_layout
from articles.layout.grid.cell_heights import Measures, Step
from articles.layout.grid.ranking import ADVERTISEMENT, ARTICLE, DOCUMENT, PHOTO

SENTENCE = 40.0


@dataclass
class Some:
    """An article as ranking sees it."""

    rank: int | None = None
    kind: str = ARTICLE
    length: int = 900
    has_picture: bool = False


def measures(rank, kind=ARTICLE, *, sentences=12, picture="", headline=15.0) -> Measures:
    """Return an article with sentences of 40 字, three in a paragraph."""
    steps = tuple(Step(SENTENCE, at % 3 == 0, True) for at in range(sentences))
    picture = picture or ("wide" if kind == PHOTO else "")
    return Measures(rank, kind, headline, picture=picture, picture_width=1200, steps=steps)


def page(*, seconds=0, thirds=0, photos=0, documents=0, briefs=0, ads=0, lead=None):
    return (
        lead or measures(1, sentences=20),
        *(measures(2) for _ in range(seconds)),
        *(measures(3) for _ in range(thirds)),
        *(measures(3, PHOTO, sentences=2) for _ in range(photos)),
        *(measures(3, DOCUMENT) for _ in range(documents)),
        *(measures(3, ADVERTISEMENT, sentences=0) for _ in range(ads)),
        *(measures(4, sentences=0) for _ in range(briefs)),
    )


def placed(packed) -> list[int]:
    """Return the articles in the order in which they are set."""
    return [*chain.from_iterable(chain.from_iterable(row.cells for row in packed.rows))]


def test_open_ranks_follow_from_place_kind_and_length():
    page = [Some() for _ in range(7)] + [Some(kind=PHOTO, has_picture=True), Some(kind=DOCUMENT)]
    page += [Some(length=399) for _ in range(4)]
    assert ranking.ranks(page) == [1, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4]


def test_a_small_page_has_one_second_and_no_briefs():
    page = [Some(kind=DOCUMENT), Some(), Some(), Some(length=365), Some(kind=PHOTO)]
    assert ranking.ranks(page) == [1, 2, 3, 3, 3]


def test_an_article_ranked_lead_leads_wherever_it_stands():
    assert ranking.ranks([Some(), Some(1), Some(3)]) == [2, 1, 3]


def test_only_the_first_of_two_leads_leads():
    assert ranking.ranks([Some(1), Some(1), Some(4)]) == [1, 2, 4]


def test_without_an_open_article_the_best_ranked_leads():
    assert ranking.ranks([Some(4), Some(3), Some(3)]) == [4, 1, 3]


def test_photo_news_leads_only_where_there_is_nothing_else():
    assert ranking.ranks([Some(kind=PHOTO), Some()]) == [3, 1]
    assert ranking.ranks([Some(kind=PHOTO)]) == [1]


def test_an_advertisement_leads_only_where_there_is_nothing_else():
    paid = Some(1, ADVERTISEMENT)
    assert ranking.ranks([paid, Some(4), Some(3)]) == [2, 4, 1]
    assert ranking.ranks([Some(kind=ADVERTISEMENT), Some(kind=PHOTO)]) == [3, 1]
    assert ranking.ranks([Some(kind=ADVERTISEMENT)] * 2) == [1, 3]


def test_an_empty_page_packs_into_nothing():
    assert ranking.ranks([]) == []
    assert row_layout.pack(()) == row_layout.Packing()


def test_an_article_alone_has_the_whole_width():
    (row,) = row_layout.pack(page()).rows
    assert (row.pattern, row.cells) == ("r-12", ((0,),))


def test_photo_news_stands_beside_a_lead_without_a_picture():
    items = page(thirds=3, photos=1)
    assert row_layout.pack(items).rows[0].cells[1][0] == 4


def test_a_short_article_stands_beside_no_long_picture():
    short = measures(3, sentences=1)
    for row in row_layout.pack((measures(1), short, short, measures(3, PHOTO))).rows:
        for fit in row.fits:
            assert fit.cost < 200


def test_documents_and_then_advertisements_are_last_and_documents_alone():
    items = page(thirds=2, documents=1, ads=2)
    packed = row_layout.pack(items)
    assert placed(packed)[-3:] == [3, 4, 5]
    assert [row.pattern for row in packed.rows if 3 in row.cells[0]] == ["r-12"]
    mixed = [{items[at].kind for cell in row.cells for at in cell} for row in packed.rows]
    assert all(kinds == {ADVERTISEMENT} for kinds in mixed if ADVERTISEMENT in kinds)


def test_briefs_are_in_no_row():
    packed = row_layout.pack(page(thirds=2, briefs=3))
    assert packed.briefs == [3, 4, 5]
    assert sorted(placed(packed)) == [0, 1, 2]


@pytest.mark.parametrize("thirds", range(1, 13))
def test_cells_of_a_row_end_within_four_lines_where_there_are_words_enough(thirds):
    items = page(seconds=2, thirds=thirds, photos=1)
    for row in row_layout.pack(items).rows:
        assert all(fit.cost < 112 for fit in row.fits), row


any_measures = st.builds(
    measures,
    st.sampled_from([2, 3, 4]),
    st.sampled_from([ARTICLE, ARTICLE, ARTICLE, PHOTO, DOCUMENT, ADVERTISEMENT]),
    sentences=st.integers(0, 15),
    picture=st.sampled_from(["", "", "wide", "tall", "small"]),
    headline=st.floats(0, 40),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_measures, max_size=12), st.integers(0, 20))
def test_every_article_is_placed_once_and_every_row_is_full(others, sentences):
    items = (measures(1, sentences=sentences), *others)
    packed = row_layout.pack(items)
    assert sorted(placed(packed) + packed.briefs) == list(range(len(items)))
    assert placed(packed)[0] == 0
    for row in packed.rows:
        spans = [int(span) for span in row.pattern.split("-")[1:]]
        assert sum(spans) == 12 and len(spans) == len(row.cells)
        for fit in row.fits:
            assert [len(steps) for steps in fit.steps] == [len(cell) for cell in row.cells]
            for cell, shown in zip(row.cells, fit.steps, strict=True):
                for at, steps in zip(cell, shown, strict=True):
                    assert 0 <= steps <= len(items[at].steps)
                    assert steps or not items[at].steps or items[at].kind == PHOTO
