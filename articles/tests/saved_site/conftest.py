"""A small saved site with invented words, in the layouts that are met."""

import pytest

from articles.tests.factories import image_bytes

META = """<!--enpproperty <articleid>{id}</articleid><date>2019-10-12 00:00:00.0</date>
<author>{author}</author><title>{title}</title><keyword></keyword><subtitle>{deck}</subtitle>
<introtitle>{kicker}</introtitle><siteid>1</siteid><nodeid>2</nodeid><nodename>{node}</nodename>
/enpproperty-->"""
FRAME = "<html><head><title>云溪日报</title><style>p{{}}</style></head><body>{}</body></html>"


def founder(
    text, *, id=1, title="河埠路修好了", kicker="", deck="", author="", node="第01版：要闻"
) -> str:
    """Return an article as the founder elements mark it, in its metadata too."""
    facts = {"id": id, "title": title, "kicker": kicker, "deck": deck, "author": author}
    shown = (
        f"<founder-introtitle>{kicker}</founder-introtitle><founder-title>{title}</founder-title>"
        f"<founder-subtitle>{deck}</founder-subtitle><founder-author>{author}</founder-author>"
    )
    return FRAME.format(
        META.format(**facts, node=node)
        + f'<div class="nav">上一篇 <a href="content_9.htm">下一篇</a></div>{shown}'
        f'<div id="ozoom"><!--enpcontent--><founder-content>{text}</founder-content>'
        "<!--/enpcontent--></div><div>版权所有</div>"
    )


def commented(text, *, title="社区食堂开张") -> str:
    """Return an article whose text stands between comments, with headings in plain HTML."""
    return FRAME.format(
        f"<h3>民生</h3><h1>{title}</h1><h2></h2><div>首页</div><!--enpcontent-->{text}"
        "<!--/enpcontent--><div>版权所有</div>"
    )


def zoomed(text, *, title="泵站检修") -> str:
    """Return an article whose text stands in #ozoom, with a nested element."""
    return FRAME.format(
        f"<h1>{title}</h1><div id='ozoom'><div>{text}</div></div><div>版权所有</div>"
    )


def known(text, *, title="口袋公园") -> str:
    """Return an article in a newer layout, its text in an element with a usual class."""
    return FRAME.format(f"<h1>{title}</h1><div class='article-content'>{text}</div><p>版权</p>")


def listing(node, *links) -> str:
    """Return the list of a page."""
    rows = "".join(f'<li><a href="{link}">标题</a></li>' for link in links)
    return f"<html><head><title>{node}</title></head><body><ul id='titleList'>{rows}</ul></body>"


DAY = "html/2019-10/12"
PICTURE = (
    '<table class="newspic"><tr><td><img src="../../../res/1/a.jpg"></td></tr>'
    "<tr><td>新修的河埠路。周一鸣 摄</td></tr></table>"
)
PAGES = {
    f"{DAY}/node_1.htm": listing("第01版：要闻", "content_2.htm", "content_1.htm"),
    f"{DAY}/node_2.htm": listing("第02版：民生", "content_3.htm", "./content_10.htm?x=1"),
    f"{DAY}/content_1.htm": founder(
        PICTURE
        + "<P>　　本报讯（记者 林晓禾）昨天，河埠路修好了。</P><P>　　附近居民前来看路。</P>",
        kicker="“家门口的路”",
        deck="——今年再修九条",
    ),
    f"{DAY}/content_2.htm": founder(
        "&nbsp;&nbsp;第一段<br>　　第二段。<br><br>第三段<br>换行",
        id=2,
        author="记者 周一鸣 林晓禾",
    ),
    f"{DAY}/content_3.htm": commented("<p>食堂\n开张。</p>"),
    f"{DAY}/content_10.htm": zoomed("<p>泵站&lt;一号&gt;</p><p>　　检修完毕。</p>"),
    "layout/201910/13/node_03.html": listing(
        "第A03版：副刊", "../../../content/201910/13/content_7.html"
    ),
    "content/201910/13/content_7.html": known("<p>公园开放。<script>var a=1</script></p>"),
    "html/2019-10/14/nw.D110000yxrb_20191014_2-01.htm": known("<p>第二条。</p>", title="二"),
    "html/2019-10/14/nw.D110000yxrb_20191014_1-01.htm": known("<p>第一条。</p>", title="一"),
}
# What cannot be read, and why.
BROKEN = {
    "html/2019-10/15/content_1.htm": "没有找到稿件正文",
    "html/2019-10/15/content_2.htm": "哪一版",
    "about/content_3.htm": "没有日期",
    "html/2019-10/15/content_4.htm": "编码",
}


@pytest.fixture
def saved(tmp_path):
    """A folder of the pages, half of them in GB18030, with a picture."""
    folder = tmp_path / "site"
    for number, (path, html) in enumerate(PAGES.items()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html.encode("gb18030" if number % 2 else "utf-8"))
    (folder / "res/1").mkdir(parents=True)
    (folder / "res/1/a.jpg").write_bytes(image_bytes())
    return folder


@pytest.fixture
def broken(saved):
    """The folder with files that hold no article."""
    texts = (FRAME.format("<p>无</p>"), known("<p>无版次</p>"), founder("<p>无</p>"))
    for path, html in zip(BROKEN, texts, strict=False):
        html = html.replace("2019-10-12", "") if path.startswith("about") else html
        (saved / path).parent.mkdir(parents=True, exist_ok=True)
        (saved / path).write_text(html)
    (saved / list(BROKEN)[3]).write_bytes("<p>云溪</p>".encode("gb18030") + b"\xff\xff")
    return saved
