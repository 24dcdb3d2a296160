"""Cells of a grid and the polygons around them."""

from hypothesis import given
from hypothesis import strategies as st

from articles.facsimiles.outlines import outlines
from articles.facsimiles.polygons import area, box, contains, is_polygon

LINES = list(range(0, 1001, 125))
CELLS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=64)


def test_a_corner_is_one_polygon():
    cells = {(0, 0), (1, 0), (0, 1)}
    assert outlines(cells, cells, [0, 10, 20], [0, 30, 60]) == [
        [[0, 0], [20, 0], [20, 30], [10, 30], [10, 60], [0, 60]]
    ]


def test_a_ring_is_cut_so_that_it_has_no_hole():
    cells = {(x, y) for x in range(3) for y in range(3)} - {(1, 1)}
    found = outlines(cells, cells, [0, 10, 20, 30], [0, 10, 20, 30])
    assert [area(polygon) for polygon in found] == [300, 500]
    assert not any(contains(polygon, 15, 15) for polygon in found)


def test_a_piece_without_a_wanted_cell_is_left_out():
    found = outlines({(0, 0), (2, 2)}, {(2, 2)}, [0, 10, 20, 30], [0, 10, 20, 30])
    assert found == [[[20, 20], [30, 20], [30, 30], [20, 30]]]


@given(CELLS)
def test_polygons_hold_the_middle_of_each_cell_once_and_of_no_other(cells):
    found = outlines(cells, cells, LINES, LINES)
    assert all(map(is_polygon, found))
    for x in range(8):
        for y in range(8):
            middle = 125 * x + 62.5, 125 * y + 62.5
            assert sum(contains(each, *middle) for each in found) == ((x, y) in cells)


@given(CELLS)
def test_polygons_have_the_area_of_their_cells(cells):
    found = outlines(cells, cells, LINES, LINES)
    assert sum(map(area, found)) == 125 * 125 * len(cells)
    assert all(0 <= side <= 1000 for each in found for side in box(each))
