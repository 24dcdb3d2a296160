"""Which addresses share a page: those whose parameters a view reads alike."""

import pytest
from django.test import RequestFactory

from newsroom.page_cache.address import key_of

UTF_8, LATIN_1 = "/search/?q=%E5%85%AC", "/search/?q=%C3%A5%C2%85%C2%AC"


def key(path: str, **headers) -> str:
    return key_of(RequestFactory().get(path, **headers))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/search/?q=1&page=2", "/search/?page=2&q=1"),
        ("/search/?q=1", "/search/?utm_source=x&q=1&from=timeline"),
        ("/search/?q=%e5%85%ac", UTF_8),
    ],
)
def test_parameters_that_a_view_reads_alike_share_a_page(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/search/?q=1&q=2", "/search/?q=2&q=1"),
        (UTF_8, LATIN_1),
        ("/search/?q=1", "/search/?q=1&q="),
        ("/search/", "/search/?q="),
    ],
)
def test_parameters_that_a_view_reads_otherwise_share_none(one, other):
    assert key(one) != key(other)


def test_bytes_that_a_browser_sends_as_they_are_are_read_as_utf_8():
    raw = "公".encode().decode("latin-1")
    given = key("/search/", QUERY_STRING=f"q={raw}")
    assert given == key(UTF_8)
    assert given != key(LATIN_1)


def test_an_address_in_another_encoding_has_a_page_of_its_own():
    said = {"CONTENT_TYPE": "text/plain; charset=gbk"}
    assert key("/search/?q=%B9%AB", **said) != key("/search/?q=%B9%AB")
