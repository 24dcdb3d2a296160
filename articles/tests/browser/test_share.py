"""Sharing an article by the browser's own means."""

import pytest

from articles.tests.factories import make_article, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

SHARING = "navigator.share = facts => { window.shared = facts; return Promise.resolve(); }"
WITHOUT = "Object.defineProperty(Navigator.prototype, 'share', { value: undefined })"


def test_a_browser_that_shares_is_offered_to_share(live_server, tab):
    address = live_server.url + make_article(page=make_page(), headline="启用").get_absolute_url()
    tab.add_init_script(SHARING)
    tab.goto(f"{address}#main")
    tab.click("text=分享")
    assert tab.evaluate("shared") == {"title": "启用 — 本报", "url": address}


def test_a_browser_that_does_not_share_shows_no_button(live_server, tab):
    tab.add_init_script(WITHOUT)
    tab.goto(live_server.url + make_article(page=make_page()).get_absolute_url())
    tab.wait_for_selector("text=打印")
    assert not tab.is_visible("text=分享")
