"""The miniature of a page."""

from types import SimpleNamespace

import pytest

from articles.layout.grid import page_thumbnail, ranking
from articles.layout.grid.cell_heights import Measures, Step
from articles.layout.grid.page_thumbnail import HEIGHT, WIDTH, Block


def Item(rank=None, kind="article", length=600, has_picture=False):  # noqa: N802
    return SimpleNamespace(rank=rank, kind=kind, length=length, has_picture=has_picture)


def blocks(page) -> list[Block]:
    """Return the blocks of a page of articles with sentences of 40 字."""
    items = []
    for item, rank in zip(page, ranking.ranks(page), strict=True):
        picture = "wide" if item.has_picture or item.kind == "photo" else ""
        steps = tuple(Step(40, at % 3 == 0, True) for at in range(item.length // 40))
        items.append(Measures(rank, item.kind, 15, picture=picture, steps=steps))
    return page_thumbnail.blocks(tuple(items))


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
    assert blocks([Item()]) == [Block(16, 76, 368, 476)]


def test_photo_news_stands_beside_the_lead_wherever_it_stands_on_the_list():
    lead, second, third, fourth, photo = blocks(
        [Item(), Item(), Item(), Item(), Item(kind="photo")]
    )
    assert lead.y == photo.y and lead.width > photo.width
    assert lead.y <= second.y <= third.y <= fourth.y


def test_seconds_stand_under_or_beside_the_lead():
    lead, one, other = blocks([Item(1), Item(2), Item(2)])
    assert lead.y <= one.y <= other.y
    assert lead.x + lead.width <= one.x or lead.y + lead.height <= one.y


def test_blocks_are_as_tall_as_articles_are_on_the_page():
    long, short = blocks([Item(1, length=900), Item(3, "document", length=80)])
    assert long.height > 1.5 * short.height


def test_briefs_are_low_and_last():
    lead, brief, standard = blocks([Item(1), Item(4), Item(3)])
    assert brief.y > standard.y >= lead.y
    assert brief.height < standard.height


@pytest.mark.parametrize(
    "page",
    [
        [Item() for _ in range(25)],
        [Item(2), Item(2), Item(2)],
        [Item(4) for _ in range(9)],
        [Item(kind="photo") for _ in range(7)],
        [Item(kind="document") for _ in range(7)],
        [Item(1, has_picture=True), *[Item(3) for _ in range(9)], Item(3, kind="photo")],
        [Item(3, length=200) for _ in range(60)],
    ],
)
def test_blocks_stay_on_the_page_and_apart(page):
    placed = blocks(page)
    assert len(placed) == len(page)
    for number, block in enumerate(placed):
        assert block.width > 0 and block.height > 0
        assert block.x >= 0 and block.x + block.width <= WIDTH
        assert block.y >= 0 and block.y + block.height <= HEIGHT
        assert not any(overlap(block, other) for other in placed[number + 1 :])
