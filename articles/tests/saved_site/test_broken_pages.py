"""Pages that are broken or unusual: their words are read once, or it is told that they are not."""

import pytest

from articles.archive.saved_site.saved_page import (
    Problem,
    SavedPage,
    UnreadablePageError,
    decode_page,
    read_page,
)
from articles.tests.saved_site.conftest import FRAME, commented, founder, known, listing, zoomed

PATH = "html/2019-10/12/content_1.htm"
IMAGE = '<img src="a.jpg">'


def page(html: str, path=PATH) -> SavedPage:
    return read_page(html.encode(), path)


@pytest.mark.parametrize(
    "html",
    [
        known('<div class="content_text"><p>只有一遍。</p></div>'),
        known('<p class="article-content">只有一遍。</p>'),
        commented("<!--enpcontent--><p>只有一遍。</p>"),
        zoomed('<div id="ozoom"><p>只有一遍。</p></div>'),
    ],
)
def test_a_text_in_two_boxes_is_read_once(html):
    assert page(html).paragraphs == ["只有一遍。"]


@pytest.mark.parametrize("tag", ["select", "noscript", "iframe", "textarea", "script", "figure"])
@pytest.mark.parametrize("layout", [founder, commented, zoomed, known])
def test_words_after_what_is_never_closed_are_given_and_told(layout, tag):
    found = page(layout(f'<p>先。</p><{tag}\nclass="a"><p>后。</p><p>末。</p>'))
    assert found.paragraphs[:3] == ["先。", "后。", "末。"]
    assert Problem.CUT in found.problems


def test_only_what_is_never_closed_is_shown():
    found = page(known("<script>var a=1</script><p>先。</p><select><p>后。</p><script>b</script>"))
    assert found.paragraphs == ["先。", "后。"]


def test_words_in_a_box_around_the_text_are_the_text():
    html = FRAME.format(
        f'<h1>题</h1><div class="picnews"><div id="ozoom"><p>正文。</p>{IMAGE}</div>图说</div>'
    )
    found = page(html)
    assert found.paragraphs == ["正文。"]
    assert [picture.words for picture in found.pictures] == [["图说"]]


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="pic">{IMAGE}<div class="pictitle">图说</div></div>',
        f'<div class="pic">{IMAGE}<figure>图说</figure></div>',
        f'<table class="newspic"><tr><td>{IMAGE}<tr><td><div class="photo_text">图说</div></table>',
        f"<figure>{IMAGE}<figcaption>图说</figcaption></figure>",
    ],
)
def test_a_caption_in_a_box_of_its_own_is_that_of_the_picture(box):
    found = page(founder(f"{box}<p>正文。</p>"))
    assert found.paragraphs == ["正文。"]
    assert [picture.words for picture in found.pictures] == [["图说"]]


@pytest.mark.parametrize("path", [PATH, "html/2019-10/12/page_1.htm"])
def test_an_article_with_the_list_of_its_page_beside_it_is_one(path):
    listed = '<ul id="titleList"><li>标题</li></ul>' if path == PATH else ""
    found = page(known("<p>正文。</p>").replace("<h1>", f"{listed}<h1>"), path)
    assert (found.is_index, found.paragraphs) == (False, ["正文。"])


def test_a_list_with_a_text_is_told():
    html = listing("第01版：要闻", "content_2.htm").replace("<ul", "<div id=ozoom>字</div><ul")
    found = page(html, "html/2019-10/12/node_1.htm")
    assert (found.is_index, found.problems) == (True, [Problem.LIST_TEXT])


@pytest.mark.parametrize("says", ["", '<meta charset="big5">', "<meta content='charset=Big5'>"])
def test_big5_is_decoded(says):
    html = f"{says}<p>本報訊，雲溪的河埠路修好了。</p>"
    assert decode_page(html.encode("big5")) == html
    for broken in (b"\xff\xff", b"\x81\x40"):  # in neither, or as if it were GB18030
        with pytest.raises(UnreadablePageError):
            decode_page(html.encode("big5") + broken)


@pytest.mark.parametrize("says", ["", '<meta charset="big5">'])
def test_gb18030_is_decoded_whatever_it_says(says):
    for words in ("本报讯，云溪的河埠路修好了。", "本报讯，日前居民来看路。", "云溪，朱\ue000。"):
        html = f"{says}<p>{words}</p>"
        assert decode_page(html.encode("gb18030")) == html


@pytest.mark.parametrize("section", ["<![foo bar]>", "<![ >", "<![foo]]>", "<![if !vml]>"])
def test_a_section_that_is_none_is_left_out(section):
    assert page(known(f"<p>先{section}后</p>")).paragraphs == ["先后"]
