"""The desk copies an article for WeChat: its styles are allowed, and go along."""

import pytest

from articles.tests.browser_sessions import PASSWORD
from articles.tests.chromium import new_context
from articles.tests.factories import make_article, make_caption, make_chief, make_page, make_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
READ = """navigator.clipboard.read().then(items => items[0].getType("text/html"))
  .then(blob => blob.text())"""


@pytest.fixture
def page(live_server, chromium):
    """The copy of a published article, with a clipboard that can be read."""
    article = make_article(page=make_page(), headline="社区食堂", dateline="本报讯")
    make_caption(article=article, photo=make_photo(size=(900, 600)))
    context = new_context(chromium, viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    chief, address = make_chief(), f"/admin/articles/article/{article.pk}/wechat/"
    tab.goto(f"{live_server.url}/admin/login/?next={address}")
    tab.fill("#id_username", chief.username)
    tab.fill("#id_password", PASSWORD)
    tab.press("#id_password", "Enter")
    tab.wait_for_selector("[data-article]")
    yield tab
    context.close()


def test_the_styles_are_shown_and_copied_with_the_words(page):
    paragraph = page.locator("[data-article] section > p").nth(0)
    assert paragraph.evaluate("element => getComputedStyle(element).fontSize") == "17px"
    page.get_by_role("button", name="复制正文").click()
    page.get_by_role("button", name="已复制").wait_for()
    copied = page.evaluate(READ)
    assert "font-size:17px" in copied or "font-size: 17px" in copied
    assert "附近居民前来办事" in copied
    assert "/wide.jpg" in copied
    assert page.complaints == []
