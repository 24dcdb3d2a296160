"""The board in a real browser: by keyboard alone, by mouse and finger, by axe, at two widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Issue, Page, Release, Status
from articles.tests.browser_sessions import AXE_OPTIONS, Desk
from articles.tests.chromium import new_context
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.form_helpers import signed_in
from articles.tests.issue_helpers import article_named, board_order, make_board, placement_data

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issue(transactional_db):
    make_member(username="zhiban", name="周砚秋", is_staff=True, is_superuser=True)
    return make_board()


@pytest.fixture
def desk(tab, live_server):
    return Desk(tab, live_server)


def grip(headline) -> str:
    return f'.grip[aria-label="移动《{headline}》"]'


def test_the_paper_is_arranged_and_released_with_the_keyboard_alone(desk, issue):
    tab = desk.open("changelist")
    desk.tab_to(f'a[href="{reverse("admin:articles_issue_board", args=[issue.pk])}"]')
    desk.press("Enter")
    tab.wait_for_selector("#board-form")
    # Within the page, at once
    desk.tab_to(grip("甲"))
    desk.press("Alt+ArrowDown")
    desk.hears("《甲》现在在 A1 要闻 第 2 位。")
    assert board_order(issue) == {"A1": "乙甲丙", "A2": "丁"}
    # To another page, carried
    desk.press("Space")
    desk.hears("已拿起《甲》。方向键移动，回车放下，Esc 放回原处。")
    desk.press("ArrowRight")
    desk.hears("A2 要闻，第 2 位，共 2 篇")
    desk.press("ArrowUp")
    desk.hears("A2 要闻，第 1 位，共 2 篇")
    assert board_order(issue) == {"A1": "乙甲丙", "A2": "丁"}
    desk.press("Enter")
    desk.hears("《甲》现在在 A2 要闻 第 1 位。")
    assert board_order(issue) == {"A1": "乙丙", "A2": "甲丁"}
    expect(tab.locator(grip("甲"))).to_be_focused()
    # Undone
    desk.press("Control+z")
    desk.hears("《甲》现在在 A1 要闻 第 2 位。")
    assert board_order(issue) == {"A1": "乙甲丙", "A2": "丁"}
    # Released
    tab.keyboard.press("Home")
    tab.evaluate("document.activeElement.blur()")
    desk.tab_to(f'a[href="{reverse("admin:articles_issue_release", args=[issue.pk])}"]')
    desk.press("Enter")
    tab.wait_for_selector(".release")
    desk.tab_to("button[name=_now]")
    desk.press("Enter")
    tab.wait_for_selector("#confirm")
    assert tab.evaluate("document.activeElement.name") == "other_day"
    desk.press("Space", "Tab")
    assert tab.evaluate("document.activeElement.name") == "_confirm"
    desk.press("Enter")
    tab.wait_for_selector(".messagelist .success")
    assert list(Issue.objects.published()) == [issue]
    assert Release.objects.count() == 1
    assert desk.complaints == []


def test_what_was_picked_up_goes_back_with_escape(desk, issue):
    tab = desk.open("board", issue.pk)
    desk.tab_to(grip("乙"))
    desk.press("Space", "ArrowUp", "ArrowRight", "Escape")
    desk.hears("已放回原处。")
    shown = tab.eval_on_selector_all(".sheet h3", "all => all.map(each => each.innerText)")
    assert shown == ["甲", "乙", "丙", "丁"]
    expect(tab.locator(grip("乙"))).to_be_focused()
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}


def test_keys_pressed_quickly_are_all_carried_out_in_turn(desk, issue):
    desk.open("board", issue.pk)
    desk.tab_to(grip("甲"))
    desk.press("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowRight", "Alt+ArrowUp")
    desk.hears("《甲》现在在 A2 要闻 第 1 位。")
    assert board_order(issue) == {"A1": "乙丙", "A2": "甲丁"}
    desk.press("Alt+ArrowUp")
    desk.hears("这个方向不能再移了。")
    assert desk.complaints == []


def test_the_panel_and_the_buttons_need_no_keys_of_their_own(desk, issue):
    tab = desk.open("board", issue.pk)
    desk.tab_to(grip("乙"))
    desk.press("Enter")
    tab.wait_for_selector("#mover")
    assert tab.evaluate("document.activeElement.id") == "mover-page"
    tab.select_option("#mover-page", label="A2 要闻")
    tab.fill("#mover-place", "1")
    tab.press("#mover-place", "Enter")
    desk.hears("《乙》现在在 A2 要闻 第 1 位。")
    tab.click("button[aria-label*='乙'][name=down]")
    desk.hears("《乙》现在在 A2 要闻 第 2 位。")
    assert board_order(issue) == {"A1": "甲丙", "A2": "丁乙"}


def test_an_article_is_dragged_with_the_mouse(desk, issue):
    tab = desk.open("board", issue.pk)
    tab.hover(grip("丙"))
    tab.mouse.down()
    box = tab.locator(f"#article-{article_named('丁').pk}").bounding_box()
    tab.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=4)
    tab.mouse.move(box["x"] + 40, box["y"] + 4, steps=4)
    tab.mouse.up()
    desk.hears("《丙》现在在 A2 要闻 第 1 位。")
    assert board_order(issue) == {"A1": "甲乙", "A2": "丙丁"}
    assert "move=" not in tab.url
    assert desk.complaints == []


def test_a_click_on_the_handle_that_drags_nothing_opens_the_panel(desk, issue):
    tab = desk.open("board", issue.pk)
    tab.click(grip("丙"))
    tab.wait_for_selector("#mover")


def test_a_board_arranged_by_somebody_else_is_shown_as_it_is_now(desk, issue):
    tab = desk.open("board", issue.pk)
    other = signed_in(make_member(username="lin", is_staff=True, is_superuser=True))
    page = other.get(reverse("admin:articles_issue_board", args=[issue.pk]))
    seen = page.context["board"].arrangement
    posted = {"seen": seen} | placement_data("丙", "A1", 1)
    other.post(reverse("admin:articles_issue_board", args=[issue.pk]), posted)
    desk.tab_to(grip("甲"))
    desk.press("Alt+ArrowRight")
    expect(tab.locator("#board [role=alert]")).to_contain_text("您想把《甲》放到 A2 要闻 第 1 位。")
    shown = tab.eval_on_selector_all(".sheet h3", "all => all.map(each => each.innerText)")
    assert shown == ["丙", "甲", "乙", "丁"]
    tab.click("button:has-text('仍然这样放')")
    desk.hears("《甲》现在在 A2 要闻 第 1 位。")
    assert board_order(issue) == {"A1": "丙乙", "A2": "甲丁"}


def test_a_move_after_the_login_has_expired_comes_back_with_the_login(desk, issue):
    tab = desk.open("board", issue.pk)
    tab.context.clear_cookies()
    desk.tab_to(grip("丙"))
    desk.press("Alt+ArrowUp")
    tab.wait_for_selector("form.again")
    tab.fill("#id_username", "zhiban")
    tab.fill("#id_password", "correct horse battery")
    tab.press("#id_password", "Enter")
    tab.wait_for_selector("#board-form")
    assert board_order(issue)["A1"] == "甲丙乙"


def test_a_finger_drags_by_the_handle(chromium, live_server, issue):
    context = new_context(chromium, viewport={"width": 390, "height": 900}, has_touch=True)
    desk = Desk(context.new_page(), live_server)
    tab = desk.open("board", issue.pk)
    handle = tab.locator(grip("甲"))
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    below = tab.locator(grip("乙")).bounding_box()
    client = context.new_cdp_session(tab)

    def touch(kind, *points):
        client.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    x, y = box["x"] + 10, box["y"] + 10
    touch("touchStart", (x, y))
    for part in range(1, 6):
        touch("touchMove", (x, y + (below["y"] + 25 - y) * part / 5))
    touch("touchEnd")
    desk.hears("《甲》现在在 A1 要闻 第 2 位。")
    assert board_order(issue)["A1"] == "乙甲丙"
    context.close()


def violations(tab) -> list[str]:
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk, issue, scheme):
    Page.objects.update(planned=5)
    make_article(headline="待用", status=Status.SIGNED)
    draft = make_issue(edition=2, released_at=None)
    for label in ("A1", "A2"):
        page = make_page(issue=draft, label=label)
    make_byline(article=make_article(page=page, status=Status.DRAFT))
    tab = desk.open("board", issue.pk)
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    move = f"?move={issue.pages.first().articles.first().pk}"
    board = reverse("admin:articles_issue_board", args=[issue.pk])
    releases = [reverse("admin:articles_issue_release", args=[each.pk]) for each in (issue, draft)]
    broken = {}
    for address in (board, board + move, *releases, "confirm"):
        if address == "confirm":
            tab.goto(desk.url + releases[0])
            tab.click("button[name=_now]")
            tab.wait_for_selector("#confirm")
        else:
            tab.goto(desk.url + address)
        for width in (390, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            if found := violations(tab):
                broken[address, width] = found
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                broken[address, width, "wide"] = True
    assert broken == {}


@pytest.mark.parametrize("number", [4, 8, 16])
def test_all_pages_are_in_sight_and_the_keyboard_reaches_what_moves_an_article(desk, issue, number):
    issue = make_issue(edition=2, released_at=None)
    for label in range(1, number + 1):
        page = make_page(issue=issue, label=f"A{label}", planned_length=900)
        for _ in range(6):
            article = make_article(page=page)
        make_caption(article=article)
    tab = desk.open("board", issue.pk)
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.wait_for_selector(".beside")
    tab.wait_for_load_state()
    boxes = [sheet.bounding_box() for sheet in tab.locator(".sheet").all()]
    assert len(boxes) == number
    assert all(box["x"] + box["width"] <= 1280 and box["width"] > 150 for box in boxes)
    assert all(box["y"] + box["height"] <= 800 and box["height"] > 150 for box in boxes)
    assert tab.evaluate("document.documentElement.scrollHeight") == 800
    piece = f"#article-{article.pk}"
    tab.hover(piece, position={"x": 60, "y": 12})
    tab.click(f"{piece} h3 a", trial=True, timeout=20_000)  # Nothing lies over it.
    rank = f"{piece} [name=rank]"
    tab.focus(rank)
    assert tab.locator(rank).first.bounding_box()["height"] >= 24
    tab.keyboard.press("Enter")
    expect(tab.locator(rank).first).to_have_attribute("aria-pressed", "true")
    assert violations(tab) == []


def test_a_page_is_added_and_an_article_moved_to_another_issue_with_the_keyboard(desk, issue):
    later = make_page(issue=make_issue(edition=2, released_at=None), label="B1", name="文化")
    tab = desk.open("board", issue.pk)
    tab.wait_for_selector(".beside")
    desk.tab_to(".add-page summary")
    desk.press("Enter")
    desk.tab_to("[name=add_page]")
    desk.press("Enter")
    expect(tab.locator(".sheet")).to_have_count(3)
    expect(tab.locator(".add-page summary")).to_be_focused()
    desk.tab_to("#other-page")
    tab.keyboard.type("B1")
    tab.focus(f"#article-{article_named('乙').pk} [name=tick]")
    desk.press("Space")
    tab.focus("[value=elsewhere]")
    desk.press("Enter")
    expect(tab.locator("#board .done")).to_contain_text("《乙》")
    assert board_order(issue) == {"A1": "甲丙", "A2": "丁", "A3": ""}
    assert board_order(later.issue) == {"B1": "乙"}


def test_an_article_is_opened_and_saved_with_the_keyboard_and_has_the_focus_again(desk, issue):
    tab = desk.open("board", issue.pk)
    tab.wait_for_selector(".beside")
    link = f"#article-{article_named('丁').pk} h3 a"
    tab.focus(link)
    desk.press("Enter")
    tab.wait_for_selector(".save-bar")
    desk.tab_to(".save-bar [name=_save]")
    desk.press("Enter")
    tab.wait_for_selector(".beside")
    expect(tab.locator(link)).to_be_focused()
    expect(tab.locator(link)).to_be_in_viewport()
