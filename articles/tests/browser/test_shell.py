"""The shell of the desk in a browser: its bar, menus, search and messages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Column
from articles.tests.browser_sessions import AXE_OPTIONS, PASSWORD, faults, watch
from articles.tests.chromium import new_context
from articles.tests.factories import make_article, make_contributor, make_member

__all__ = ["faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = (390, 1280, 1440)
SCREENS = ("/admin/", "/admin/search/?q=河埠路", "/admin/articles/column/add/")


@pytest.fixture
def shell(tab, live_server, faults):
    """A tab in which an administrator is logged in, and what is searched for is there."""
    watch(tab, faults)
    log_in(tab, live_server)
    return tab


def log_in(tab, live_server):
    make_article(headline="河埠路" * 20)
    make_contributor(name="河埠路街道办")
    make_member(username="guanli", name="管理员", is_staff=True, is_superuser=True)
    tab.goto(f"{live_server.url}/admin/")
    tab.fill("#id_username", "guanli")
    tab.fill("#id_password", PASSWORD)
    tab.press("#id_password", "Enter")
    tab.wait_for_selector("#bar-search")


def violations(tab) -> list[str]:
    """Return what axe finds on the open page."""
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


def save_column(tab, url, name):
    """Add a column, and stay in its form."""
    tab.goto(f"{url}/admin/articles/column/add/")
    tab.fill("#id_name", name)
    with tab.expect_navigation():
        tab.click("[name=_continue]")
    tab.wait_for_selector(".messagelist .success")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_shell_and_no_page_scrolls_sideways(tab, live_server, scheme):
    # Not `shell`: the policy of the page stops some of what axe itself tries.
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    log_in(tab, live_server)
    broken = {}
    for address in SCREENS:
        tab.goto(live_server.url + address)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            for menu in ("none", ".places .menu", ".member"):
                tab.evaluate(
                    "which => document.querySelectorAll('#header details')"
                    ".forEach(menu => { menu.open = menu.matches(which) })",
                    menu,
                )
                wide = tab.evaluate("document.documentElement.scrollWidth") > width
                if found := violations(tab) + ["it scrolls sideways"] * wide:
                    broken[address, width, menu] = found
    assert broken == {}


def test_the_bar_is_one_row_of_44_pixels_and_two_on_a_phone(shell):
    height = "document.querySelector('#header').offsetHeight"
    assert shell.evaluate(height) == 44
    shell.set_viewport_size({"width": 1024, "height": 700})
    assert shell.evaluate(height) == 44
    shell.set_viewport_size({"width": 390, "height": 844})
    assert shell.evaluate(height) == 88
    # A page longer than the window leaves the bar its rows.
    shell.set_viewport_size({"width": 390, "height": 200})
    assert shell.evaluate(height) == 88


def test_a_menu_opens_by_a_key_and_closes_by_escape_and_by_a_click_elsewhere(shell):
    menu = shell.locator(".places .menu")
    menu.locator("summary").focus()
    shell.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="栏目")).to_be_visible()
    shell.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="栏目")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    shell.locator(".member summary").click()
    expect(menu.get_by_role("link", name="栏目")).to_be_hidden()
    expect(shell.get_by_role("button", name="退出登录")).to_be_visible()
    shell.locator("#content").click()
    expect(shell.get_by_role("button", name="退出登录")).to_be_hidden()


def test_the_appearance_is_changed_in_the_menu_and_stays(shell):
    shell.emulate_media(color_scheme="light")
    shell.locator(".member summary").click()
    shell.get_by_role("button", name="外观：跟随系统").click()
    expect(shell.get_by_role("button", name="外观：深色")).to_be_visible()
    shell.reload()
    assert shell.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_search_leads_to_what_it_finds(shell):
    shell.fill("#bar-search", "河埠路")
    shell.press("#bar-search", "Enter")
    shell.get_by_role("link", name="河埠路街道办").click()
    expect(shell.locator("#id_name")).to_have_value("河埠路街道办")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_message_moves_nothing_and_closes(shell, live_server, width):
    shell.set_viewport_size({"width": width, "height": 900})
    save_column(shell, live_server.url, "民生")
    top = "document.querySelector('#content').getBoundingClientRect().top"
    with_message = shell.evaluate(top)
    shell.get_by_role("button", name="关闭这条提示").click()
    expect(shell.locator(".messages")).to_have_count(0)
    assert shell.evaluate(top) == with_message


def test_a_long_message_keeps_to_its_line_until_it_is_opened(shell, live_server):
    save_column(shell, live_server.url, "民" * 40)
    words = shell.locator(".messagelist .success .words")
    assert words.evaluate("words => words.offsetHeight") == 36
    shell.get_by_role("button", name="展开").click()
    assert words.evaluate(
        "words => words.offsetHeight > 36 && words.scrollWidth <= words.clientWidth"
    )


def test_without_a_script_a_message_is_whole_and_the_menus_open(chromium, live_server):
    context = new_context(chromium, java_script_enabled=False)
    tab = context.new_page()
    log_in(tab, live_server)
    save_column(tab, live_server.url, "民" * 40)
    message = tab.locator(".messagelist .success")
    box = message.locator(".words").bounding_box()
    assert box["height"] > 36 and message.locator("button").count() == 0
    tab.locator(".places summary").click()
    expect(tab.locator(".places").get_by_role("link", name="栏目")).to_be_visible()
    context.close()
    assert Column.objects.count() == 1
