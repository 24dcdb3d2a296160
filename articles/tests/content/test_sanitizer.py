"""The stored form of a body: anything pasted becomes it, and no visible character is lost."""

import re
from itertools import cycle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.content import article_html, characters, sanitizer

STORED_TAG = re.compile(
    r"</?(?:p|h2|blockquote|ul|ol|li|table|tr|strong|sup|sub)>|<br>|</a>|</t[dh]>"
    r'|<ol(?: start="\d+")?(?: type="[aAiI]")?>|<li value="\d+">'
    r'|<t[dh](?: colspan="\d+")?(?: rowspan="\d+")?>'
    r'|<a href="(?:https?:|mailto:|tel:|/)[^"<>]*">'
)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<title>未命名</title><style>p.MsoNormal {mso-style-parent:"";}</style>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1 style='text-align:center'><span style='font-family:黑体'>一、开工</span></h1>
<p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US>&nbsp;&nbsp;</span><span
style='font-family:宋体'>　　昨天上午，<b>云溪区</b>第<span
lang=EN-US>3</span>个站点<i>启用</i>。<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph><![if !supportLists]>1.<![endif]>第一项</p>
<table class=MsoNormalTable border=1 style='width:100%'><thead><tr><td colspan=2><p
class=MsoNormal>站点</p>
</td></tr></thead><tr><td><p>河埠路</p><p>东</p></td><td><font color=red>8</font></td></tr></table>
<p><img src="file:///C:/a.png" alt="图"><a name="_Toc1"></a><a href="file:///C:/a.doc">附件</a>
<a href="https://yunxi.example/?a=1&amp;b=2" onclick="x()">链接</a></p>
<script>alert(1)</script><!--EndFragment--></body></html>"""


def visible(text: str) -> str:
    """Return the characters a reader sees."""
    return "".join(characters.clean_text(text).split())


def test_a_paste_from_word_becomes_the_stored_form():
    assert article_html.sanitize(WORD) == (
        "<h2>一、开工</h2>"
        "<p>昨天上午，<strong>云溪区</strong>第3个站点启用。</p>"
        "<p>1.第一项</p>"
        '<table><tr><td colspan="2">站点</td></tr><tr><td>河埠路<br>东</td><td>8</td></tr></table>'
        '<p>附件 <a href="https://yunxi.example/?a=1&amp;b=2">链接</a></p>'
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("第一段\n\n第二段", "<p>第一段</p><p>第二段</p>"),
        ("只有字", "<p>只有字</p>"),
        ("<div>甲<div>乙</div>丙</div>", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<p>　　 \u00a0缩进　里面　不动 </p>", "<p>缩进　里面　不动 </p>"),
        ("<p><b>　　</b>粗体缩进</p>", "<p>粗体缩进</p>"),
        ("<p></p><p>　</p><p><br></p><p>&nbsp;</p><p>字</p>", "<p>字</p>"),
        ("<p>上行<br>下行<br></p>", "<p>上行<br>下行</p>"),
        ("<p>上行<br><br>下行<br></p>", "<p>上行</p><p>下行</p>"),
        ("<p>\x00甲\x0b\u200b乙\ufeff\x85丙\x7f</p>", "<p>甲<br>乙<br>丙</p>"),
        ("<p>一家👨‍👩‍👧合影</p>", "<p>一家👨‍👩‍👧合影</p>"),
        ("<p>半角(括号)&lt;签&gt;&amp;amp; a  b</p>", "<p>半角(括号)&lt;签&gt;&amp;amp; a  b</p>"),
        ("<ul><li>甲<ul><li>乙</ul>丙</ul>", "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>"),
        (
            "<ol><li>1<ol><li>2<ol><li>3<ol><li>4</ol>",
            "<ol><li>1<ol><li>2<ol><li>3</li><li>4</li></ol></li></ol></li></ol>",
        ),
        ("<ul><ul><li>甲</ul></ul>", "<ul><li><ul><li>甲</li></ul></li></ul>"),
        (
            "<blockquote>甲<ul><li>乙</ul><h3>丙</h3></blockquote>",
            "<blockquote><p>甲</p><ul><li>乙</li></ul><p>丙</p></blockquote>",
        ),
        (
            "<table><caption>表一</caption><tr><td>甲<table><tr><td>乙<td>丙</table><td></table>",
            "<p>表一</p><table><tr><td>甲<br>乙<br>丙</td><td></td></tr></table>",
        ),
        ("<pre>甲\n　乙</pre>", "<p>甲<br>　乙</p>"),
        (
            '<a href="javascript:x">甲</a><a href="/articles/1/">乙</a>',
            '<p>甲<a href="/articles/1/">乙</a></p>',
        ),
        ("", ""),
    ],
)
def test_what_is_typed_is_stored_as(typed, stored):
    assert article_html.sanitize(typed) == stored
    assert article_html.sanitize(stored) == stored


PLAIN = st.text(
    st.one_of(
        st.sampled_from("云溪区日报，。（）()“”　\u00a0 \n\t\u200b\ufeff\u200d👨<>&\"';#x"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
NAMES = ["p", "div", "h1", "h3", "b", "strong", "i", "u", "span", "ul", "ol", "blockquote"]
NAMES += ["sup", "sub", "li", "section", "font"]
STYLES = ["a:b", "font-weight:400", "vertical-align:super", "white-space:pre-wrap", "display:block"]
STYLES += ["display:flex", "font-size:12px", "list-style-type:upper-roman", "display:inline"]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap(children):
    """Return a strategy of HTML in which only allowed nestings hold text."""
    inside = st.lists(children, max_size=4).map("".join)
    return st.one_of(
        st.builds(
            lambda n, s, x: f"<{n} start=3 type=a value=5 style='{s}'>{x}</{n}>",
            st.sampled_from(NAMES),
            st.sampled_from(STYLES),
            inside,
        ),
        st.builds(lambda x: f"<ul><li>{x}</li><li>{x}</li></ul>", inside),
        st.builds(
            lambda x, y: f"<table><tr><th>{x}</th><td colspan=2>{y}</td></tr></table>",
            inside,
            inside,
        ),
        st.builds(lambda x: f"{x}<br/><!-- 注 --><script>{{}}</script><o:p></o:p>", inside),
    )


MARKUP = st.recursive(PLAIN.map(escaped), wrap, max_leaves=12)
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "/",
            '"',
            "=",
            "p",
            "a ",
            "href",
            "td",
            "table",
            "<b>",
            "</b>",
            "svg",
            "<script>",
            "<math>",
            "<p>",
            "<li>",
            "<ul>",
            "&",
            "#0;",
            "&lt;",
            "javascript:",
            "onclick",
            "<!--",
            "-->",
            "<td>",
            "</table>",
            "<table>",
            "<textarea>",
            "<sup>",
            "<del>",
            "<s>",
            "<q>",
            "<ruby>",
            "<rt>",
            "<ol start=4 type=i>",
            "<ol style='list-style-type:cjk-ideographic'>",
            "<li value=3>",
            "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
            "<span style='mso-list:Ignore'>",
            "<div hidden>",
            "<a id=cmnt1>",
            "<col style='display:none'>",
            "<img alt=图>",
            "<br>",
            "<pre>",
            "\n",
            "　　",
            "n",
            "1.",
            "&nbsp;",
            "字",
        ]
    ),
    max_size=25,
).map("".join)


@pytest.mark.slow
@given(st.one_of(MARKUP, HOSTILE, PLAIN))
@settings(max_examples=400, deadline=None)
@example("<table><td>甲</td></table><li>乙<table><td><ul><li>丙")
def test_cleaning_twice_is_cleaning_once(markup):
    once = article_html.sanitize(markup)
    assert article_html.sanitize(once) == once


@pytest.mark.slow
@given(st.one_of(MARKUP, HOSTILE))
@settings(max_examples=400, deadline=None)
def test_only_the_small_stored_mark_up_survives(markup):
    assert "<" not in STORED_TAG.sub("", article_html.sanitize(markup))


@pytest.mark.slow
@given(MARKUP)
@settings(max_examples=400, deadline=None)
def test_every_visible_character_is_kept_in_its_order(markup):
    text = re.sub(r"<!--.*?-->|<script>.*?</script>|<[^>]*>", "", markup)
    expected = visible(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    stored = article_html.sanitize(markup)
    assert visible(article_html.plain_text(stored, as_typed=True)) == expected
    unraised = re.sub("</?su[pb]>", "", stored)
    assert visible(article_html.words(unraised)) == expected


@pytest.mark.slow
@given(st.one_of(MARKUP, HOSTILE))
@settings(max_examples=400, deadline=None)
def test_the_blocks_of_a_body_are_the_whole_body(markup):
    stored = article_html.sanitize(markup)
    assert "".join(block.html for block in article_html.blocks(stored)) == stored


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
@settings(deadline=None)
def test_paragraphs_come_back_to_the_character(paragraphs):
    assert article_html.paragraphs(article_html.html_from_paragraphs(paragraphs)) == paragraphs


# Letters of all kinds, and what parts paragraphs that are stored from others that look like them.
ODD = st.sampled_from(
    [*"&<>\u00a0\u3000 \t\n\u200b\u2028\ufe0f\ud800·l1•—", "&amp;", "&#32;", "</p>", "😀"]
)


@given(st.lists(st.lists(st.one_of(ODD, st.characters(), st.sampled_from("云溪")), max_size=8)))
def test_what_counts_as_stored_is_what_reading_it_gives(lines):
    markup = "".join(
        f"<{tag}>{''.join(line)}</{tag}>" for tag, line in zip(cycle(["p", "h2"]), lines)
    )
    if sanitizer.STORED.fullmatch(markup):
        assert sanitizer.read_markup(markup) == sanitizer.Sanitized(markup, ())


def test_a_million_characters_are_kept():
    text = "云溪区的一天。" * 150_000
    assert article_html.words(article_html.sanitize(f"<p>　　{text}</p>")) == text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("　两办 印发　通知\x00 ", "两办 印发　通知"),
        ("重点\u200b项目\r\n进行时", "重点项目 进行时"),
        ("(半角)&<b>", "(半角)&<b>"),
        ("　", ""),
    ],
)
def test_a_line_loses_control_characters_and_outer_spaces_only(typed, stored):
    assert characters.clean_line(typed) == stored


def test_lines_lose_indents_and_empty_lines_only():
    assert characters.clean_lines("　　第一行 \r\n\r\n \x07第二　行\n") == "第一行 \n第二　行"
