"""Ranks, room and rows: decided from numbers alone."""

from dataclasses import dataclass

import pytest

from articles.layout.grid import row_layout
from articles.layout.grid.row_layout import ARTICLE, DOCUMENT, PHOTO


@dataclass
class Some:
    """An article as packing sees it."""

    rank: int | None = None
    kind: str = ARTICLE
    length: int = 900
    has_picture: bool = False


def ranked(*, seconds=0, thirds=0, photos=0, documents=0, briefs=0, lead=None):
    return [
        lead or Some(1),
        *(Some(2) for _ in range(seconds)),
        *(Some(3) for _ in range(thirds)),
        *(Some(3, PHOTO, has_picture=True) for _ in range(photos)),
        *(Some(3, DOCUMENT) for _ in range(documents)),
        *(Some(4) for _ in range(briefs)),
    ]


def shape(packed):
    """Return each row as its pattern and how many articles stand in each cell."""
    return [(row.pattern, *map(len, row.cells)) for row in packed.rows]


def test_open_ranks_follow_from_place_kind_and_length():
    page = [Some() for _ in range(7)] + [Some(kind=PHOTO, has_picture=True), Some(kind=DOCUMENT)]
    page += [Some(length=399) for _ in range(4)]
    assert row_layout.ranks(page) == [1, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4]


def test_a_small_page_has_one_second_and_no_briefs():
    page = [Some(kind=DOCUMENT), Some(), Some(), Some(length=365), Some(kind=PHOTO)]
    assert row_layout.ranks(page) == [1, 2, 3, 3, 3]


def test_an_article_ranked_lead_leads_wherever_it_stands():
    assert row_layout.ranks([Some(), Some(1), Some(3)]) == [2, 1, 3]


def test_only_the_first_of_two_leads_leads():
    assert row_layout.ranks([Some(1), Some(1), Some(4)]) == [1, 2, 4]


def test_without_an_open_article_the_best_ranked_leads():
    assert row_layout.ranks([Some(4), Some(3), Some(3)]) == [4, 1, 3]


def test_photo_news_leads_only_where_there_is_nothing_else():
    assert row_layout.ranks([Some(kind=PHOTO), Some()]) == [3, 1]
    assert row_layout.ranks([Some(kind=PHOTO)]) == [1]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (ranked(), [("r-12", 1)]),
        (ranked(photos=1), [("r-8-4", 1, 1)]),
        (ranked(seconds=2), [("r-8-4", 1, 2)]),
        (ranked(seconds=1), [("r-12", 1), ("r-12", 1)]),
        (ranked(seconds=1, thirds=1), [("r-12", 1), ("r-8-4", 1, 1)]),
        (ranked(seconds=1, thirds=2), [("r-12", 1), ("r-6-3-3", 1, 1, 1)]),
        (ranked(seconds=4), [("r-8-4", 1, 2), ("r-6-6", 1, 1)]),
        (ranked(photos=1, seconds=1, thirds=2), [("r-8-4", 1, 1), ("r-6-3-3", 1, 1, 1)]),
        (ranked(photos=2, thirds=3), [("r-8-4", 1, 1), ("r-6-3-3", 1, 2, 1)]),
        (ranked(photos=2, thirds=2), [("r-8-4", 1, 1), ("r-4-4-4", 1, 1, 1)]),
        (ranked(thirds=2), [("r-12", 1), ("r-6-6", 1, 1)]),
        (ranked(thirds=5), [("r-12", 1), ("r-4-4-4", 1, 1, 1), ("r-6-6", 1, 1)]),
        (ranked(thirds=7), [("r-12", 1), ("r-3-3-3-3", 1, 1, 1, 1), ("r-4-4-4", 1, 1, 1)]),
        (ranked(documents=1, thirds=1), [("r-12", 1), ("r-12", 1), ("r-12", 1)]),
    ],
)
def test_articles_pack_into_full_rows(page, rows):
    assert shape(row_layout.pack(page)) == rows


def test_a_picture_row_is_mirrored_after_a_lead_with_a_picture():
    page = ranked(lead=Some(1, has_picture=True), photos=1, thirds=4)
    assert shape(row_layout.pack(page)) == [("r-12", 1), ("r-3-3-6", 2, 2, 1)]


@pytest.mark.parametrize("total", range(1, 26))
def test_every_article_is_placed_once(total):
    kinds = [ARTICLE, PHOTO, ARTICLE, DOCUMENT, ARTICLE]
    page = [Some(kind=kinds[at % 5], length=300 + 40 * at) for at in range(total)]
    for article, rank in zip(page, row_layout.ranks(page), strict=True):
        article.rank = rank
    packed = row_layout.pack(page)
    placed = [article for row in packed.rows for cell in row.cells for article in cell]
    assert sorted(map(id, placed + packed.briefs)) == sorted(map(id, page))
    assert [article.rank for article in page].count(1) == 1


def test_the_more_articles_the_less_room_for_each():
    assert row_layout.budgets(6) == {1: 640, 2: 400, 3: 210, 4: 0}
    assert row_layout.budgets(14) == {1: 330, 2: 190, 3: 95, 4: 0}
    assert row_layout.budgets(15) == {1: 300, 2: 150, 3: 80, 4: 0}


def test_a_lead_ends_where_its_neighbours_end():
    many = row_layout.budgets(20)
    pictured = ranked(lead=Some(1, has_picture=True), seconds=2)
    assert row_layout.lead_budget(many, row_layout.pack(pictured)) == 230
    assert row_layout.lead_budget(many, row_layout.pack(ranked(seconds=2))) == 480
    assert row_layout.lead_budget(many, row_layout.pack(ranked(photos=1))) == 300


def test_a_boxed_document_has_the_room_of_a_lead():
    assert row_layout.word_budget(Some(3, DOCUMENT), row_layout.budgets(20)) == 300
    assert row_layout.word_budget(Some(3), row_layout.budgets(20)) == 80


def test_an_empty_page_packs_into_nothing():
    assert row_layout.ranks([]) == []
    assert row_layout.pack([]) == row_layout.Packing()
