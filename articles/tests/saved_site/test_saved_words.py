"""The words of a saved page are read to the character, whatever they are and however marked."""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.archive.saved_site.page_parser import PageParser
from articles.archive.saved_site.saved_page import UnreadablePageError, read_page
from articles.archive.saved_site.text_blocks import EDGES, collapse
from articles.tests.saved_site.conftest import commented, founder, known, zoomed
from articles.tests.strategies import LINES

LAYOUTS = {"founder": founder, "commented": commented, "zoomed": zoomed, "known": known}
# As a browser shows them: one blank for each run of them, none at the edges.
SHOWN = LINES.map(lambda text: collapse(text).strip(EDGES)).filter(bool)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("layout", LAYOUTS)
@given(paragraphs=st.lists(SHOWN, min_size=1, max_size=4), title=SHOWN)
def test_words_are_read_to_the_character(layout, encoding, paragraphs, title):
    body = "".join(f"<p>　　{escape(text)}\n</p>" for text in paragraphs)
    html = LAYOUTS[layout](body, title=escape(title))
    page = read_page(html.encode(encoding), "html/2019-10/12/content_1.htm")
    assert page.paragraphs == paragraphs
    assert page.headings["headline"] == title


@given(st.lists(SHOWN, min_size=1, max_size=4))
def test_paragraphs_set_with_line_breaks_are_told_by_their_indent(paragraphs):
    html = known("<br/>".join(f"　　{escape(text)}" for text in paragraphs))
    page = read_page(html.encode(), "html/2019-10/12/content_1.htm")
    assert page.paragraphs == paragraphs


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "<p>",
                "</div>",
                '<div id="ozoom">',
                "<founder-content>",
                "<!--enpcontent-->",
                "<!--",
                "字",
                '<img src="a.jpg">',
                "</founder-content>",
                "<table class=pic>",
                "</table>",
                "<br>",
                "&#0;",
            ]
        )
    ).map("".join)
)
def test_broken_html_is_read_or_refused(html):
    PageParser.parse(html)
    with suppress(UnreadablePageError):
        read_page(html.encode("utf-8", "replace"), "html/2019-10/12/content_1.htm")


UNCLOSED = [
    *("<select>", "<noscript>", "<iframe>", "<textarea>", "<script>", "<style>", "<figure>"),
    *("<div class=pic>", "<table class=newspic>", "<div id=ozoom>", "<p class=article-content>"),
    *('<img src="a.jpg">', "<p>", "<br>", "<![foo]>", "<!--enpcontent-->", "<b>"),
]


@given(st.lists(st.sampled_from(UNCLOSED), min_size=1, max_size=6))
def test_no_word_is_lost_or_doubled_after_what_is_never_closed(tags):
    html = commented("".join(f"{tag}字{n}。" for n, tag in enumerate(tags)))
    page = read_page(html.encode(), "html/2019-10/12/content_1.htm")
    captions = [words for picture in page.pictures for words in picture.words]
    text = "".join([*page.paragraphs, *captions])
    assert [text.count(f"字{n}。") for n in range(len(tags))] == [1] * len(tags)
