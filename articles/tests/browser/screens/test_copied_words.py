"""Words copied from a page are the words that are stored, however they are broken into lines."""

import pytest

from articles.tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "国产 C919 飞机“不忘初心、牢记使命”首航"
TWO_LINES = "盛赞辉煌成就 共祝美好未来"
TEXT = "昨天，史蒂夫·乔布斯的工程分三段推进，先通水，再铺路，最后补种树木。"
COPIED = """selector => {
    getSelection().selectAllChildren(document.querySelector(selector))
    return getSelection().toString()
}"""
LINES = """selector => new Set([...(range => {
    range.selectNodeContents(document.querySelector(selector))
    return range.getClientRects()
})(document.createRange())].filter(box => box.width > 8).map(box => Math.round(box.bottom / 20)))
    .size"""


@pytest.mark.parametrize("headline", [HEADLINE, TWO_LINES])
def test_what_is_copied_is_what_is_stored(live_server, tab, headline):
    article = factories.make_article(
        page=factories.make_page(), headline=headline, paragraphs=[TEXT]
    )
    tab.goto(live_server.url + article.get_absolute_url())
    assert tab.evaluate(COPIED, "h1") == headline
    assert tab.evaluate(COPIED, ".prose p") == TEXT
    tab.goto(live_server.url)
    assert tab.evaluate(COPIED, ".hed") == headline
    assert tab.evaluate(COPIED, ".txt p") == TEXT


def test_a_headline_of_two_lines_is_set_in_two(live_server, tab):
    factories.make_article(page=factories.make_page(), headline=TWO_LINES, paragraphs=[TEXT])
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(live_server.url)
    assert tab.evaluate(LINES, ".hed") == 2
    assert tab.locator(".hed").get_attribute("class") == "hed song"
