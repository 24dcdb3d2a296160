"""Hypothesis strategies: copies of articles, printed text, and scraps of raw pages."""

from hypothesis import strategies as st

from articles.content import characters
from articles.content.copy import BylineText, CaptionText, Copy

_words = st.text(max_size=12)
copies = st.builds(
    Copy,
    kicker=_words,
    headline=_words,
    deck=_words,
    dateline=_words,
    bylines=st.lists(st.builds(BylineText, _words, _words), max_size=3).map(tuple),
    body=_words,
    captions=st.lists(st.builds(CaptionText, _words, _words, _words), max_size=2).map(tuple),
    column=_words,
    tags=st.lists(_words, max_size=3).map(tuple),
)


def _is_stored(character: str) -> bool:
    return not characters.LINE_END.search(character) and not characters.find_invisible(character)


# Every character that is stored: no invisible ones, no line ends, no surrogates.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc")).filter(_is_stored) | st.sampled_from(
    "\t　\u00a0 "
)
LINES = st.text(CHARACTERS, max_size=60)
PARAGRAPHS = st.lists(st.text(CHARACTERS | st.just("\n"), max_size=80), max_size=6)
# Pieces of raw pages with which a parse goes wrong most easily.
SCRAPS = [
    "本报讯（记者 张可馨）",
    "（下转A2版）",
    "（上接A1版）",
    "详见A2版",
    "\n云溪区推进会暨\n启动仪式举行\n本报讯 昨天",
    "■ 简讯",
    "短评：",
    "招租公告",
    "陈立新出席并讲话",
    "（作者为云溪区文化馆馆员）",
    "特此公告。",
    "图为",
    "摄",
    " 摄影报道",
    "□ ",
    "——",
    "“",
    "”",
    "（",
    "）",
    "2024年7月27日",
    "编者按",
    "责编 ",
    "A2 要闻",
    "。",
    "，",
    "：",
    "\n",
    "\n\n\n\n",
    "\u3000\u3000",
    "\r\n",
    "\ufeff",
    "\u200b",
    "新华社北京7月26日电",
    "记者",
    "更正",
    "\ud800",
    "\x00",
    "\x1c",
    "\u2028",
    "\x0b",
    "\x85",
    "שלום",
    "😀",
    "é",
    "𬭎",
    "\ue000",
    "(",
    "1.",
    "10",
    "云溪区",
    "王 芳",
]
_storable = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
# Raw texts of such pieces that a database stores.
storable_texts = st.lists(
    st.one_of(st.sampled_from([each for each in SCRAPS if each != "\ud800"]), _storable),
    max_size=40,
).map("".join)

# HTML of clipboards: what offices, chats and pages write, and scraps that nest as nothing should.
_CLIPBOARD_WORDS = st.text(
    st.sampled_from("云溪区日报甲乙丙。，（8³mk 　\u00a0\n\u200b\u2028&<\"'"), max_size=8
)
_CLIPBOARD_TAGS = [
    *("p", "div", "span", "b", "strong", "h1", "h3", "ul", "ol", "li", "blockquote", "table", "tr"),
    *("td", "th", "sup", "sub", "del", "ins", "s", "q", "ruby", "rt", "rp", "a", "pre", "section"),
    *("font", "o:p", "svg", "math", "text", "select", "option", "textarea", "center", "col"),
    *("colgroup", "caption", "form", "body", "figure"),
]
_CLIPBOARD_STYLES = [
    *("display:none", "display:block", "display:inline", "display:flex", "font-size:0"),
    *("font-size:12px", "visibility:hidden", "visibility:visible", "opacity:0", "mso-hide:all"),
    *("font-weight:bold", "font-weight:400", "vertical-align:super", "vertical-align:-2pt"),
    *("mso-text-raise:3pt", "text-decoration:line-through", "white-space:pre-wrap"),
    *("white-space:normal", "mso-list:Ignore", "mso-list:l0 level2 lfo1", "mso-element:comment"),
    *("list-style-type:cjk-ideographic", "list-style:upper-roman"),
]
_CLIPBOARD_ATTRIBUTES = [
    *("class=MsoListParagraph", "class=msocomtxt", "class='c1 x'", "hidden", "id=cmnt1"),
    *("href='#cmnt1'", "href='https://yunxi.example/?a=1&b=\"2'", "href='www.yunxi.example'"),
    *("href='javascript:x()'", "href='http://['", "start=3", "start=x", "type=A", "value=7"),
    *("colspan=2", "rowspan=3", "span=2", "data-photo=0A000000-0000-0000-0000-000000000001"),
]
_CLIPBOARD_SCRAPS = [
    *("<br>", "<br><br>", "<hr>", "<img alt='😀'>", "<img alt=图 width=300>", "<img>"),
    *(
        "<!-- 注 -->",
        "<![if !supportLists]>",
        "<script>甲</script>",
        "<style>.c1{display:none}</style>",
    ),
    *(
        "</p>",
        "</table>",
        "</b>",
        "</div>",
        "</td>",
        "</ul>",
        "<",
        "<p",
        "&nbsp;&nbsp;",
        "&#8;",
        "\r\n",
    ),
    *(
        "<col style='display:none'>",
        "n&nbsp;&nbsp; ",
        "1.&nbsp;&nbsp; ",
        "&lt;b&gt;",
        "\u3000\u3000",
    ),
]


def _clipboard_tag(tag: str, style: str, attribute: str, inside: list[str], end: str) -> str:
    return f'<{tag} {attribute} style="{style}">{"".join(inside)}{end and f"</{tag}>"}'


clipboards = st.recursive(
    _CLIPBOARD_WORDS | st.sampled_from(_CLIPBOARD_SCRAPS),
    lambda inside: st.builds(
        _clipboard_tag,
        st.sampled_from(_CLIPBOARD_TAGS),
        st.just("") | st.sampled_from(_CLIPBOARD_STYLES),
        st.just("") | st.sampled_from(_CLIPBOARD_ATTRIBUTES),
        st.lists(inside, max_size=4),
        st.sampled_from(["x", "x", "x", ""]),
    ),
    max_leaves=12,
).map(lambda html: f"<meta charset='utf-8'>{html}")
