"""Words of an archive: any that can be stored come out of a line as they went in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.archive.format import printed_text
from articles.archive.format.reader import parse_record
from articles.archive.format.record_errors import ErrorCode, RecordError
from articles.archive.format.records import SourceLine
from articles.archive.format.writer import format_record as line_of
from articles.content import article_html
from articles.content.copy import BylineText
from articles.tests.archive_records import line, row
from articles.tests.strategies import CHARACTERS, LINES, PARAGRAPHS

HERE = SourceLine("a.jsonl", 7)
NAMES = st.builds(
    BylineText, role=LINES.map(lambda t: t[:30]), name=st.text(CHARACTERS, min_size=1)
)


def taken(**facts):
    return parse_record(line(row(**facts)), HERE)


def again(record):
    return json.loads(line_of(record))


@given(kicker=LINES, headline=LINES, deck=LINES, paragraphs=PARAGRAPHS)
def test_any_words_come_out_of_a_line_as_they_went_in(kicker, headline, deck, paragraphs):
    given = row(kicker=kicker, headline=headline, deck=deck, paragraphs=paragraphs)
    record = parse_record(line(given), HERE)
    found = again(record)
    assert {name: found[name] for name in given} == given
    assert parse_record(line(found), HERE) == record


@given(dateline=LINES, bylines=st.lists(NAMES, max_size=4), paragraphs=PARAGRAPHS)
def test_any_dateline_bylines_and_body_come_back(dateline, bylines, paragraphs):
    opening = printed_text.opening(dateline, bylines)
    for markup in (printed_text.html_from_printed(paragraphs, ""), "", "<h2>题</h2><p>文</p>"):
        given = row(
            dateline=dateline,
            bylines=[{"role": each.role, "name": each.name} for each in bylines],
            paragraphs=printed_text.printed_paragraphs(markup, opening),
            body=markup,
        )
        record = parse_record(line(given), HERE)
        assert record.copy.body == markup
        assert parse_record(line_of(record).encode(), HERE) == record


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
        '<p>10<sup>8</sup></p><ol start="3" type="A"><li value="7">一</li></ol>',
        '<p>一<a href="#_ftn1">[1]</a><a href="www.yunxi.example">网</a><br><br>二</p>',
    ],
)
def test_a_body_in_the_stored_form_is_taken(markup):
    assert printed_text.is_stored_form(markup)


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
    assert not printed_text.is_stored_form(markup)
    with pytest.raises(RecordError) as refused:
        taken(paragraphs=["一"], body=markup)
    assert refused.value.code == ErrorCode.NO_BODY


TAGS = st.sampled_from(
    [
        *("p", "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "th"),
        *("blockquote", "strong", "sup", "sub", "a", "br", "div", "pre", "script"),
    ]
)
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.just('<a href="https://a.example/?b&c">'),
    st.just('<td colspan="2">'),
    st.just('<ol start="3" type="a">'),
    st.just('<li value="7">'),
    st.text(CHARACTERS | st.sampled_from("<>&\n"), max_size=6),
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(typed=st.lists(PIECES, max_size=14).map("".join), dateline=LINES)
def test_whatever_the_desk_stores_is_in_the_stored_form_and_comes_back(typed, dateline):
    markup = article_html.sanitize(typed)
    assert printed_text.is_stored_form(markup)
    opening = printed_text.opening(dateline, ())
    given = row(
        dateline=dateline, body=markup, paragraphs=printed_text.printed_paragraphs(markup, opening)
    )
    record = parse_record(line(given), HERE)
    assert (record.copy.body, record.copy.dateline) == (markup, dateline)
    assert parse_record(line_of(record).encode(), HERE) == record
