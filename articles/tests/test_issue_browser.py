"""Arranging an issue in a real browser, by keyboard, with and without JavaScript."""

import pytest
from django.urls import reverse

from .make import make_article, make_issue, make_member, make_page

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of_three(transactional_db):
    page = make_page(issue=make_issue(released_at=None))
    for headline in ("甲", "乙", "丙"):
        make_article(page=page, headline=headline)
    make_member(username="guanli", is_staff=True, is_superuser=True)
    return page


def order(page) -> list[str]:
    return list(page.articles.order_by("position").values_list("headline", flat=True))


def opened(chromium, live_server, page, **options):
    """Sign in, open the issue's form, and return the tab and what its console complained of."""
    tab = chromium.new_context(**options).new_page()
    said = []
    tab.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    address = reverse("admin:articles_issue_change", args=[page.issue_id])
    tab.goto(f"{live_server.url}/admin/login/?next={address}")
    tab.fill("#id_username", "guanli")
    tab.fill("#id_password", "correct horse battery")
    tab.press("#id_password", "Enter")
    tab.wait_for_selector(".plan")
    return tab, said


def saved(tab) -> None:
    with tab.expect_navigation():
        tab.click("input[name=_continue]")


def test_an_article_is_moved_by_keyboard_and_kept_on_saving(chromium, live_server, page_of_three):
    tab, said = opened(chromium, live_server, page_of_three)
    tab.focus("text=丙 >> xpath=ancestor::tr >> button[value^=up]")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    assert tab.eval_on_selector_all(".plan .title a", "all => all.map(a => a.innerText)") == [
        "丙",
        "甲",
        "乙",
    ]
    assert tab.inner_text(".plan [role=status]") == "已移到第 1 位，保存后生效。"
    assert tab.evaluate("document.activeElement.value").startswith("down-")
    assert order(page_of_three) == ["甲", "乙", "丙"]
    saved(tab)
    assert order(page_of_three) == ["丙", "甲", "乙"]
    assert said == []


def test_the_same_buttons_work_without_javascript(chromium, live_server, page_of_three):
    tab, _ = opened(chromium, live_server, page_of_three, java_script_enabled=False)
    with tab.expect_navigation():
        tab.click("button[value^=down] >> nth=0")
    assert order(page_of_three) == ["乙", "甲", "丙"]


def test_enter_in_a_field_saves_the_form_and_moves_nothing_else(
    chromium, live_server, page_of_three
):
    tab, _ = opened(chromium, live_server, page_of_three)
    tab.fill(".plan .place input[type=number] >> nth=2", "1")
    with tab.expect_navigation():
        tab.press(".plan .place input[type=number] >> nth=2", "Enter")
    assert order(page_of_three) == ["丙", "甲", "乙"]


@pytest.mark.parametrize("width", [390, 1440])
def test_the_form_fits_its_window(chromium, live_server, page_of_three, width):
    tab, _ = opened(chromium, live_server, page_of_three, viewport={"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
