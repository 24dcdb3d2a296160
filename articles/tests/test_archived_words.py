"""Words of an archive: any that can be stored come out of a line as they went in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body
from articles.archived import words
from articles.archived.clippings import Where
from articles.archived.faults import ClippingError, Kind
from articles.archived.reading import read
from articles.archived.writing import line as line_of
from articles.copy import SignedName

from .archive_rows import line, row

HERE = Where("a.jsonl", 7)
# Every character that a database keeps: no control characters but tab, no halves of characters.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(
    "\t　\u00a0 \u200b\ufeff"
)
LINES = st.text(CHARACTERS, max_size=60)
PARAGRAPHS = st.lists(st.text(CHARACTERS | st.just("\n"), max_size=80), max_size=6)
NAMES = st.builds(
    SignedName, role=LINES.map(lambda t: t[:30]), name=st.text(CHARACTERS, min_size=1)
)


def taken(**facts):
    return read(line(row(**facts)), HERE)


def again(clipping):
    return json.loads(line_of(clipping))


@given(kicker=LINES, headline=LINES, deck=LINES, paragraphs=PARAGRAPHS)
def test_any_words_come_out_of_a_line_as_they_went_in(kicker, headline, deck, paragraphs):
    given = row(kicker=kicker, headline=headline, deck=deck, paragraphs=paragraphs)
    clipping = read(line(given), HERE)
    found = again(clipping)
    assert {name: found[name] for name in given} == given
    assert read(line(found), HERE) == clipping


@given(dateline=LINES, bylines=st.lists(NAMES, max_size=4), paragraphs=PARAGRAPHS)
def test_any_dateline_bylines_and_body_come_back(dateline, bylines, paragraphs):
    opening = words.opening(dateline, bylines)
    for markup in (words.stored(paragraphs, ""), "", "<h2>题</h2><p>文</p>"):
        given = row(
            dateline=dateline,
            bylines=[{"role": each.role, "name": each.name} for each in bylines],
            paragraphs=words.printed(markup, opening),
            body=markup,
        )
        clipping = read(line(given), HERE)
        assert clipping.copy.body == markup
        assert read(line_of(clipping).encode(), HERE) == clipping


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>　　缩进</p><p></p>",
        "<p>一<br>二</p>",
        "<p><br>一</p>",
        '<p><a href="https://a.example/?b&amp;c">链接</a>和<strong>粗</strong></p>',
        "<ol><li>一<ul><li>二</li></ul></li></ol>",
        "<blockquote><p>引</p></blockquote>",
        '<table><tr><th colspan="2">头</th></tr><tr><td></td><td>格</td></tr></table>',
        "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
    ],
)
def test_a_body_in_the_stored_form_is_taken(markup):
    assert words.is_stored_form(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "只有字",
        "<p>一</p>二",
        "<script>alert(1)</script>",
        "<p onclick=x>一</p>",
        "<p>一<img src=x onerror=y></p>",
        '<p><a href="javascript:x()">一</a></p>',
        '<p><a href="https://a.example" target="_blank">一</a></p>',
        "<P>一</P>",
        "<p>一",
        "<p>一</p></p>",
        "<!-- 一 --><p>二</p>",
        "<p>一 & 二</p>",
        "<p>&#x4e00;</p>",
        '<p><a title=">" href="https://a.example">一</a></p>',
        "<h3>一</h3>",
        "<p><p>一</p></p>",
        "<p>&nbsp;</p>",
        "<svg><p>一</p></svg>",
    ],
)
def test_a_body_in_any_other_form_is_refused(markup):
    assert not words.is_stored_form(markup)
    with pytest.raises(ClippingError) as refused:
        taken(paragraphs=["一"], body=markup)
    assert refused.value.kind == Kind.NO_BODY


TAGS = st.sampled_from(
    [*("p", "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "th"),
     *("blockquote", "strong", "a", "br", "div", "pre", "script")]
)  # fmt: skip
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.just('<a href="https://a.example/?b&c">'),
    st.just('<td colspan="2">'),
    st.text(CHARACTERS | st.sampled_from("<>&\n"), max_size=6),
)


@settings(max_examples=400, deadline=None)
@given(typed=st.lists(PIECES, max_size=14).map("".join), dateline=LINES)
def test_whatever_the_desk_stores_is_in_the_stored_form_and_comes_back(typed, dateline):
    markup = body.clean(typed)
    assert words.is_stored_form(markup)
    opening = words.opening(dateline, ())
    given = row(dateline=dateline, body=markup, paragraphs=words.printed(markup, opening))
    clipping = read(line(given), HERE)
    assert (clipping.copy.body, clipping.copy.dateline) == (markup, dateline)
    assert read(line_of(clipping).encode(), HERE) == clipping
