"""The miniature of a page."""

import pytest

from articles.place_map import HEIGHT, WIDTH, Block, blocks


def overlap(one: Block, other: Block) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_an_empty_page_has_no_blocks():
    assert blocks([]) == []


def test_one_article_fills_the_page():
    assert blocks([1]) == [Block(16, 76, 368, 476)]


def test_the_lead_has_a_narrow_neighbour_and_the_rest_share_rows():
    lead, second, third, fourth = blocks([1, 3, 3, 3])
    assert lead.y == second.y and lead.width > second.width
    assert third.y == fourth.y > lead.y + lead.height
    assert third.width == fourth.width


def test_a_second_takes_half_and_a_brief_is_low():
    *_, second, other, brief = blocks([1, 3, 2, 2, 4])
    assert second.y == other.y and second.width == other.width
    assert brief.height < second.height


@pytest.mark.parametrize(
    "ranks", [[1, 3, 2], [2, 2, 2], [4] * 9, [1, *[2] * 4, *[3] * 12], [3] * 60]
)
def test_blocks_stay_on_the_page_and_apart(ranks):
    placed = blocks(ranks)
    assert len(placed) == len(ranks)
    for number, block in enumerate(placed):
        assert block.width > 0 and block.height > 0
        assert block.x >= 0 and block.x + block.width <= WIDTH
        assert block.y >= 0 and block.y + block.height <= HEIGHT
        assert not any(overlap(block, other) for other in placed[number + 1 :])
