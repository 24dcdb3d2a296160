import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content.wordmark import WordmarkError, sanitize_wordmark

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
SHAPE = '<path d="M0 0h10v10z"/>'
KEPT = '<svg viewBox="0 0 40 10" fill="currentColor" aria-hidden="true">%s</svg>'
CLEAN = re.compile(
    r"(?:<(?:svg|g|path|rect|circle)(?: [\w-]+=\"[\w\s.,()+-]*\")*/?>|</(?:svg|g)>)*", re.ASCII
)


def cleaned(inside: str, head: str = 'viewBox="0,0 40 10"') -> str:
    return sanitize_wordmark(f"{OPEN}{head}>{inside}</svg>".encode())


def test_shapes_are_kept_in_the_colour_of_the_text():
    drawing = (
        '<g transform="scale(2)"><path d="M0 0h1e-3" fill="#c0301c"/>'
        '<path d="M1 1" fill="none"/></g>'
    )
    assert cleaned(drawing) == KEPT % (
        '<g transform="scale(2)"><path d="M0 0h1e-3" fill="currentColor"/>'
        '<path d="M1 1" fill="none"/></g>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>path{fill:url(https://example.org/)}</style>",
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<a xlink:href="javascript:alert(1)"><path d="M0 0h10v10z"/></a>',
        "<foreignObject><p>x</p></foreignObject>",
        '<animate attributeName="d" onbegin="alert(1)"/>',
        '<filter id="f"><feImage href="https://example.org/"/></filter>',
        "<text>武进日报</text>",
        "<!-- -->",
    ],
)
def test_what_is_no_shape_is_left_out(hostile):
    assert cleaned(hostile + SHAPE) == KEPT % SHAPE


def test_events_styles_names_and_addresses_of_a_shape_are_left_out():
    shape = (
        '<path onclick="alert(1)" style="fill:red" id="a" class="b" filter="url(#f)" '
        'fill="url(https://example.org/)" transform="x&quot;&gt;&lt;script&gt;" d="M0 0h10v10z"/>'
    )
    assert cleaned(shape) == KEPT % '<path d="M0 0h10v10z" fill="currentColor"/>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_svg"),
        (b"\x89PNG\r\n", "not_svg"),
        (b"<html/>", "not_svg"),
        (b"<svg><path d='M0 0'/></svg>", "not_svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "not_svg"),
        (f'{OPEN}viewBox="0 0 4 1"><text>x</text></svg>'.encode(), "empty"),
        (f"{OPEN}>{SHAPE}</svg>".encode(), "no_size"),
        (f'{OPEN}viewBox="0 0 4 1">{SHAPE * 1000}</svg>'.encode(), "too_large"),
        (f'{OPEN}viewBox="0 0 4 1">{"<g>" * 9000}{"</g>" * 9000}</svg>'.encode(), "too_large"),
        (b" " * 500_001, "too_large"),
    ],
)
def test_a_file_that_cannot_be_a_wordmark_is_refused(data, code):
    with pytest.raises(WordmarkError) as refused:
        sanitize_wordmark(data)
    assert refused.value.code == code


def test_a_size_stands_for_a_missing_view_box():
    assert cleaned(SHAPE, 'width="40" height="10px"') == KEPT % SHAPE


@given(st.text(), st.text(alphabet="M0 1.-,hvz\"'<>&()"), st.binary())
def test_nothing_but_plain_shapes_ever_comes_out(text, geometry, data):
    for given_file in (
        data,
        f'{OPEN}viewBox="0 0 4 1"><path d="{geometry}"/>{text}</svg>'.encode("utf-8", "replace"),
    ):
        try:
            assert CLEAN.fullmatch(sanitize_wordmark(given_file))
        except WordmarkError as error:
            assert error.code in ("not_svg", "empty", "too_large", "no_size")
