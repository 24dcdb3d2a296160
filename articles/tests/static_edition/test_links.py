"""The addresses of a static edition: of links, of files, and what the site is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.static_edition.links import Links, file_of, request_of

LINKS = Links("https://news.example")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/2024-07-27/A1/", "/2024-07-27/A1/"),
        ("/2024-07-27/A1/#zone", "/2024-07-27/A1/"),
        ("?page=2", "/columns/5/page/2/"),
        ("?", "/columns/5/"),
        ("?page=1", "/columns/5/"),
        ("/tags/7/?before=2019-10-12.55&x=1", "/tags/7/before/2019-10-12.55/"),
        ("/cards/articles/1.jpg?v=3", "/cards/articles/1.jpg"),
        ("https://news.example/tags/7/", "/tags/7/"),
        ("https://news.example", "/"),
        ("https://other.example/tags/7/", None),
        ("//other.example/", None),
        ("/search/?q=水", None),
        ("/hant/search/", None),
        ("/admin/", None),
        ("/static/css/a.css", None),
        ("/../../etc/passwd", None),
        ("/2024-07-27/index.html", None),
        ("/./about/", None),
        ("/about/.", None),
        ("/%2Fabout/", None),
        ("/.well-known/a", "/.well-known/a"),
        ("mailto:a@b.example", None),
        ("#main", None),
    ],
)
def test_a_link_leads_to_an_address_of_the_edition(link, address):
    assert LINKS.address(link, "/columns/5/") == address


@pytest.mark.parametrize(
    ("address", "file", "request_"),
    [
        ("/", "index.html", ("/", "")),
        ("/2024-07-27/", "2024-07-27/index.html", ("/2024-07-27/", "")),
        ("/robots.txt", "robots.txt", ("/robots.txt", "")),
        ("/columns/5/page/2/", "columns/5/page/2/index.html", ("/columns/5/", "page=2")),
        ("/columns/5/page/", "columns/5/page/index.html", ("/columns/5/page/", "")),
    ],
)
def test_an_address_has_a_file_and_is_asked_of_the_site(address, file, request_):
    assert (file_of(address), request_of(address)) == (file, request_)


def test_links_are_found_in_attributes_and_elsewhere_by_the_origin():
    html = (
        '<a href="/a/?x=1&amp;page=2">a</a><img src="/b.jpg" srcset="/c.jpg 1x, /d.jpg 2x">'
        '<script>{"url":"https://news.example/e/"}</script><p>/f/ https://other.example/g/ https://news.example/x/</p>'
    )
    assert LINKS.found(html, "/", is_html=True) == {
        *("/a/page/2/", "/b.jpg", "/c.jpg", "/d.jpg", "/e/")
    }
    xml = "<loc>https://news.example/h/</loc><id>https://news.example</id>"
    assert LINKS.found(xml, "/sitemap.xml", is_html=False) == {"/h/", "/"}


def test_only_links_to_parts_of_lists_are_written_anew():
    html = '<a href="?page=2#a">2</a><a href="/b.jpg?v=1">b</a><a href="/search/?q=a">q</a>'
    html += '<link href="https://news.example/columns/5/?page=3">'
    assert LINKS.rewritten(html, "/columns/5/page/3/") == (
        '<a href="/columns/5/page/2/#a">2</a><a href="/b.jpg?v=1">b</a>'
        '<a href="/search/?q=a">q</a><link href="https://news.example/columns/5/page/3/">'
    )


@given(st.text(max_size=80))
def test_no_link_leads_out_of_the_folder(link):
    address = LINKS.address(link.replace("[", ""), "/a/")
    assert address is None or ".." not in file_of(address)
