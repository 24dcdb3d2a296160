"""A printed page becomes drafts in a real browser: pasted, corrected by key, mouse and finger."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.content import article_html
from articles.intake import raw_pages
from articles.models import Article, RawPage
from articles.tests.browser_sessions import AXE_OPTIONS, Desk
from articles.tests.chromium import new_context
from articles.tests.factories import make_issue, make_page
from articles.tests.intake_cases import EXPECTED, PAGE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KICKED = "武进区优质水产产业农合联成立"


@pytest.fixture
def page(transactional_db):
    return make_page(issue=make_issue(released_at=None))


@pytest.fixture
def desk(tab, live_server, roles):
    """责任编辑, signed in."""
    member = roles("责任编辑")
    member.username = "zhiban"
    member.save()
    return Desk(tab, live_server)


def blocks():
    return raw_pages.corrected_blocks(RawPage.objects.get())


def at(words) -> int:
    return next(n for n, block in enumerate(blocks()) if block.text.startswith(words))


def line(words) -> str:
    return f"#block-{at(words)}"


def open_galley(desk, page):
    """Paste the sample page, as an editor does; return the tab with its reading."""
    tab = desk.open("board", page.issue_id)
    tab.click(f"a[href$='rawpage/add/?page={page.pk}']")
    tab.fill("#id_text", PAGE)
    tab.click("#upload input[type=submit]")
    tab.wait_for_selector("#galley")
    tab.wait_for_load_state()  # Keys are heard once the modules have run.
    return tab


def chosen(tab):
    return tab.locator(".lines li.chosen")


def walk_to(desk, words):
    """Go to a line with the arrow keys alone."""
    here = int(chosen(desk.tab).get_attribute("data-block"))
    steps = at(words) - here
    desk.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
    expect(chosen(desk.tab)).to_have_attribute("data-block", str(at(words)))


def hears(desk, words):
    expect(desk.tab.locator("#galley-status")).to_have_text(words)


def test_the_sample_page_is_pasted_corrected_by_key_and_read_on_the_preview(desk, page):
    tab = open_galley(desk, page)
    # One join undone and redone
    walk_to(desk, "展示厅揭牌")
    desk.press("p")
    hears(desk, "第 33 行已另起一段。")
    assert not blocks()[at("展示厅揭牌")].joins_previous
    desk.press("j")
    hears(desk, "第 33 行已接到上行。")
    desk.press("Control+z", "Control+z")
    expect(tab.locator("button[value=redo]")).to_be_enabled()
    expect(tab.locator("button[value=undo]")).to_be_disabled()
    assert blocks()[at("展示厅揭牌")].joins_previous
    # One heading reclassified and put right again
    walk_to(desk, KICKED)
    desk.press("2")
    hears(desk, "第 53 行已改为：引题。")
    assert blocks()[at(KICKED)].kind == "kicker"
    expect(chosen(tab)).to_have_attribute("data-block", str(at(KICKED)))
    desk.press("3")
    hears(desk, "第 53 行已改为：主题。")
    # A doubt confirmed leads to the next one
    desk.press("d")
    doubtful = int(chosen(tab).get_attribute("data-block"))
    assert blocks()[doubtful].decision.is_doubtful
    desk.press("Enter")
    hears(desk, f"第 {blocks()[doubtful].line} 行已确认无误。")
    assert blocks()[doubtful].decision.is_by_hand
    # The drafts
    desk.press("Control+Enter")
    tab.wait_for_selector("#board")
    expect(tab.locator(".messagelist")).to_contain_text("新建草稿 5 篇。")
    assert [article_html.paragraphs(row.body) for row in Article.objects.order_by("position")] == [
        story["paragraphs"] for story in EXPECTED["stories"]
    ]
    assert desk.complaints == []


def test_the_five_articles_are_read_on_the_preview_as_they_should_be(desk, page):
    tab = open_galley(desk, page)
    tab.click("button[name=store]")
    tab.wait_for_selector("#board")
    for article, story in zip(
        Article.objects.order_by("position"), EXPECTED["stories"], strict=True
    ):
        tab.goto(f"{desk.url}{reverse('admin:articles_article_change', args=[article.pk])}")
        with tab.context.expect_page() as opened:
            tab.click("button[formaction*=preview]")
        preview = opened.value
        preview.wait_for_load_state()
        frame = next((each for each in preview.frames if each.locator("article.art").count()), None)
        shown = frame.locator("article.art")
        text = "".join(shown.inner_text().split())
        for paragraph in story["paragraphs"]:
            assert "".join(paragraph.split()) in text
        if story["headline"]:
            assert "".join(story["headline"].split()) in text
        for who in story["bylines"]:
            assert who["name"] in text and who["role"] in text
        preview.close()
    assert desk.complaints == []


def test_a_line_is_cut_in_two_where_the_cursor_stands(desk, page):
    tab = open_galley(desk, page)
    walk_to(desk, "活动中，")
    desk.press("s", "Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    hears(desk, "第 31 行已拆成两行。")
    place = at("活动中，")
    assert [block.text for block in blocks()[place : place + 2]] == ["活动中，", "余光中乡愁文化"]
    desk.press("s", "Escape")
    expect(tab.locator("#cutting")).to_be_hidden()


def test_lines_are_dragged_between_lines_onto_articles_and_onto_kinds(desk, page):
    tab = open_galley(desk, page)

    def drag(words, target, *, below=False):
        tab.locator(line(words)).scroll_into_view_if_needed()
        grip = tab.locator(f"{line(words)} .grip").bounding_box()
        box = tab.locator(target).bounding_box()
        tab.mouse.move(grip["x"] + 5, grip["y"] + 8)
        tab.mouse.down()
        tab.mouse.move(grip["x"] + 30, grip["y"] + 20, steps=3)
        y = box["y"] + (box["height"] - 3 if below else 3)
        tab.mouse.move(box["x"] + box["width"] / 2, y, steps=5)
        tab.mouse.up()

    drag("活动中，", "button[name=kind][value=subhead]")
    hears(desk, "第 31 行已改为：小标题。")
    place = at("全会以习近平")
    drag("全会以习近平", f"#block-{place - 1}")
    hears(desk, "第 7 行已移动。")
    assert at("全会以习近平") == place - 1
    assert desk.complaints == []


def test_two_windows_do_not_work_over_each_other(desk, page):
    tab = open_galley(desk, page)
    other = tab.context.new_page()
    other.goto(tab.url)
    other.locator(line("活动中，")).click()
    other.keyboard.press("6")
    expect(other.locator("#galley-status")).to_have_text("第 31 行已改为：小标题。")
    walk_to(desk, "展示厅揭牌")
    desk.press("p")
    expect(tab.locator("[role=alert]")).to_contain_text("已在另一窗口改动")
    assert blocks()[at("活动中，")].kind == "subhead"
    desk.press("p")
    hears(desk, "第 33 行已另起一段。")


def test_a_lost_server_loses_nothing(desk, page):
    tab = open_galley(desk, page)
    walk_to(desk, "展示厅揭牌")
    tab.context.set_offline(True)
    desk.press("p")
    hears(desk, "服务器没有回应。未作任何改动，请再试一次。")
    tab.context.set_offline(False)
    desk.press("p")
    hears(desk, "第 33 行已另起一段。")


def test_it_works_without_scripts(chromium, live_server, desk, page):
    raw = raw_pages.import_text(page, PAGE.encode(), by=None)
    context = new_context(chromium, java_script_enabled=False)
    tab = context.new_page()
    address = reverse("admin:articles_rawpage_change", args=[raw.pk])
    tab.goto(f"{live_server.url}/admin/login/?next={address}")
    tab.fill("#id_username", "zhiban")
    tab.fill("#id_password", "correct horse battery")
    tab.press("#id_password", "Enter")
    tab.click(f"{line('展示厅揭牌')} a")
    tab.click("button[value=part]")
    expect(tab.locator(".last")).to_have_text("第 33 行已另起一段。")
    tab.click(f"{line('活动中，')} a")
    tab.fill("input[name=value]", "4")
    tab.click("button[value=split]")
    expect(tab.locator(".last")).to_have_text("第 31 行已拆成两行。")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_screens_are_accessible_and_fit(desk, page, width, theme):
    tab = desk.tab
    tab.emulate_media(color_scheme=theme)
    tab.set_viewport_size({"width": width, "height": 900})
    open_galley(desk, page)
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) <= 0
    tab.goto(f"{desk.url}{reverse('admin:articles_rawpage_add')}")
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert tab.evaluate(wide) <= 0
