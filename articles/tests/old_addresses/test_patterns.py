"""Patterns of old addresses: what they fit, which one goes first, what is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.old_addresses.patterns import (
    Pattern,
    best_match,
    candidates,
    fill,
    normalize,
    suggest,
)

DATED = "/html/{year}-{month}/{day}/"


@pytest.mark.parametrize(
    ("pattern", "target", "address", "path"),
    [
        (
            DATED + "nbs.D110000wjrb_{page}.htm",
            "/{year}-{month}-{day}/{page}/",
            "/html/2019-10/12/nbs.D110000wjrb_01.htm",
            "/2019-10-12/01/",
        ),
        (
            DATED + "content_{any}.htm",
            "/{year}-{month}-{day}/",
            "/html/2019-10/12/content_123_4567.htm",
            "/2019-10-12/",
        ),
        ("/{year}{month}{day}/{page}.html", "/{year}-{month}-{day}/{page}/", "/20191012/a1.html")
        + ("/2019-10-12/A1/",),
        ("/{year}/{month}/{day}/", "/{year}-{month}-{day}/", "/2019/1/2/", "/2019-01-02/"),
        ("/content.aspx?id={id}", "/articles/{id}/", "/content.aspx?id=77", "/articles/77/"),
        (
            "/{year}-{month}/{day}/{year}{month}{day}.htm",
            "/{year}-{month}-{day}/",
            "/2019-10/12/20191012.htm",
            "/2019-10-12/",
        ),
    ],
)
def test_the_parts_of_an_old_address_make_the_new_one(pattern, target, address, path):
    assert fill(target, Pattern(pattern).match(address)) == path


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        (DATED + "node_{page}.htm", "/html/2019-10/12/node_1_2.htm"),
        (DATED + "node_{page}.htm", "/html/2019-10/12/nodeX1Xhtm"),
        (DATED + "node_{page}.htm", "/html/0019-10/12/node_1.htm"),
        ("/{any}.htm", "/a/b.htm"),
        ("/{year}/{year}.htm", "/2019/2020.htm"),
        ("/content.aspx?id={id}", "/content.aspx?id=一"),
    ],
)
def test_an_address_of_another_shape_does_not_fit(pattern, address):
    assert Pattern(pattern).match(address) is None


def test_the_most_specific_pattern_goes_first():
    patterns = ["/{any}/{any}.htm", "/html/{any}.htm", "/html/node_{page}.htm", "/html/node_1.htm"]
    found = [best_match(patterns[:n], ["/html/node_1.htm"])[0] for n in (1, 2, 3, 4)]
    assert found == patterns
    with_parameter = "/html/node_1.htm?id={id}"
    asked = ["/html/node_1.htm?id=1", "/html/node_1.htm"]
    assert best_match([*patterns, with_parameter], asked) == (with_parameter, {"id": "1"})


def test_an_address_is_looked_up_with_and_without_each_parameter():
    assert candidates("/c.aspx", [("id", "7"), ("from", "wx")]) == [
        "/c.aspx?from=wx&id=7",
        "/c.aspx?from=wx",
        "/c.aspx?id=7",
        "/c.aspx",
    ]
    assert len(candidates("/c", [(str(n), "1") for n in range(99)])) == 16
    assert candidates("/" + "长" * 500, []) == []


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("http://epaper.example.cn/html/2019-10/12/node_1.htm", "/html/2019-10/12/node_1.htm"),
        (" /a.aspx?id=1&catid=2#top ", "/a.aspx?catid=2&id=1"),
        ("/%E4%BA%91%E6%BA%AA.htm", "/云溪.htm"),
        ("/%d4%c6%e4%ba%91.htm", "/%D4%C6云.htm"),
        ("", "/"),
        ("a.htm", "a.htm"),
    ],
)
def test_an_old_address_is_stored_without_host_and_encoding(text, stored):
    assert normalize(text) == stored


@pytest.mark.parametrize(
    ("address", "suggested"),
    [
        (
            "/html/2019-10/12/node_1.htm",
            (DATED + "node_{page}.htm", "/{year}-{month}-{day}/{page}/"),
        ),
        (
            "/html/2019-10/12/nbs.D110000wjrb_01.htm",
            (DATED + "nbs.D110000wjrb_{page}.htm", "/{year}-{month}-{day}/{page}/"),
        ),
        (
            "/html/2019-10/12/content_123_4567.htm",
            (DATED + "content_{any}.htm", "/{year}-{month}-{day}/"),
        ),
        (
            "/html/2019-10/12/nw.D110000wjrb_20191012_1-01.htm",
            (DATED + "nw.D110000wjrb_{year}{month}{day}_{any}.htm", "/{year}-{month}-{day}/"),
        ),
        ("/20191012/", ("/{year}{month}{day}/", "/{year}-{month}-{day}/")),
        ("/about.htm", None),
        ("/{year}/2019-10/12/node_1.htm", None),
    ],
)
def test_a_pattern_is_proposed_for_an_address_with_a_date(address, suggested):
    assert suggest(address) == suggested
    if suggested:
        filled = fill(suggested[1], Pattern(suggested[0]).match(address))
        assert filled.startswith("/2019-10-12/")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_asked_for(pattern, address):
    suggest(address)
    plain = "/" + pattern.replace("{", "")
    assert best_match([plain], [f"/{address}", plain]) == (plain, {})
