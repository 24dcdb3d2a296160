"""What the bench counts on pages that a browser measured."""

import pytest

from newsroom.dev.bench import pages_in_browser
from newsroom.dev.bench.pages_in_browser import Sums

ROW = {"pattern": "row r-6-6", "heads": ["甲", "乙"], "area": 1000, "hole": 0, "empty": 0}
PAGE = {"briefs": [], "contents": None, "overview": [], "excerpts": [], "headlines": []}


def counted(**parts) -> dict[str, float]:
    """Return what is wrong on one page, in percent, without what is right."""
    sums = Sums()
    pages_in_browser.count_page(sums, PAGE | {"rows": [], "pictures": []} | parts, "/2024-07-27/")
    return {name: sums.percent(name) for name in sums.wrong if sums.percent(name)}


def test_a_page_without_faults_counts_none():
    assert counted(rows=[ROW]) == {}


def test_rows_with_holes_and_the_void_of_a_page_are_counted():
    assert counted(rows=[ROW, ROW | {"hole": 121, "empty": 200}]) == {
        "rows with a hole over 120 px": 50,
        "mean void of a page": 10,
    }


def test_an_excerpt_under_half_its_room_is_counted_where_its_article_has_more():
    short = {"height": 56, "room": 280, "shown": 30, "total": 400}
    whole = short | {"total": 30}
    full = short | {"height": 200}
    assert counted(excerpts=[short, whole, full, full]) == {"excerpts under half their room": 25}


@pytest.mark.parametrize(
    ("text", "lines", "height", "fault"),
    [
        ("盛赞辉煌成就 共祝美好未来", ["盛赞辉煌成就", "共祝美好未来"], 2, None),
        ("盛赞辉煌成就 共祝美好未来", ["盛赞辉煌成就", "共祝美好未来"], 3, "an empty line"),
        ("AI 与 5G 时代", ["AI", "与5G时代"], 2, "stacked Latin"),
        ("展大国雄风（钟声）", ["展大国雄风（钟", "声）"], 2, "a bracket apart"),
        ("展大国雄风 见胸怀", ["展大国", "雄风", "见胸怀"], 3, "more lines than needed"),
    ],
)
def test_faults_of_headlines_are_told_apart(text, lines, height, fault):
    headline = {"text": text, "lines": lines, "height": height, "perLine": 12}
    found = {name.partition("headlines with ")[2] or name for name in counted(headlines=[headline])}
    assert found == ({fault.replace("more", "headlines of more")} if fault else set())


def test_pictures_that_lose_a_face_or_are_blown_up_are_counted():
    picture = {"src": "/photos/a/front.jpg", "blown": False, "high": 0.5, "face": None}
    faces = [{"found": True, "cut": True}, {"found": True, "cut": False}]
    pictures = [picture | {"face": face} for face in faces]
    assert counted(pictures=[*pictures, picture | {"blown": True}, picture | {"high": 0.9}]) == {
        "faces cut off": 50,
        "pictures blown up": 25,
        "pictures over 85 % of the window": 25,
    }
