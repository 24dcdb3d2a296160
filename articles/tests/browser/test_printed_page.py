"""The printed page in a real browser: places to touch, keys, enlarging, leafing, a phone."""

import pytest

from articles.tests.chromium import new_context
from articles.tests.facsimiles.making import LEFT, RIGHT, make_facsimile
from articles.tests.factories import make_article, make_issue, make_page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIZES = {390: 844, 1440: 900}
ZONES = "[data-zones] a"
# The box of a link in ‰ of the picture, and what is under a point of it.
BOX = """link => {
  const sheet = link.closest('[data-sheet]').getBoundingClientRect()
  const box = link.getBoundingClientRect()
  return [[box.left - sheet.left, sheet.width], [box.top - sheet.top, sheet.height],
    [box.right - sheet.left, sheet.width], [box.bottom - sheet.top, sheet.height]]
    .map(([part, whole]) => Math.round(1000 * part / whole))
}"""


@pytest.fixture
def printed(live_server):
    """The address of a page of three, with two articles and a picture."""
    issue = make_issue()
    for label in ("A1", "A3"):
        make_page(issue=issue, label=label)
    page = make_page(issue=issue, label="A2")
    articles = [make_article(page=page, headline=f"第{n}篇") for n in ("一", "二")]
    make_facsimile(page, *articles)
    return f"{live_server.url}/2024-07-27/A2/"


def opened(tab) -> str:
    """Return the headline of the article that is open beside the picture; "" for none."""
    tab.wait_for_function("document.querySelector('main').ariaBusy !== 'true'")
    return tab.evaluate(
        "document.querySelector('[data-panel]:not([hidden]) h1')?.textContent.trim() ?? ''"
    )


@pytest.mark.parametrize("width", SIZES)
def test_the_links_lie_over_their_places_on_the_picture(printed, tab, width):
    tab.set_viewport_size({"width": width, "height": SIZES[width]})
    tab.goto(printed)
    tab.wait_for_selector("[data-placed]")
    boxes = tab.locator(ZONES).evaluate_all(f"links => links.map({BOX})")
    expected = [[*polygon[0], *polygon[2]] for polygon in (LEFT, RIGHT)]
    for found, wanted in zip(boxes, expected, strict=True):
        assert all(abs(a - b) <= 2 for a, b in zip(found, wanted, strict=True)), (found, wanted)


@pytest.mark.parametrize("width", SIZES)
def test_a_touched_article_opens_and_back_returns_to_the_page(printed, tab, width):
    tab.set_viewport_size({"width": width, "height": SIZES[width]})
    tab.goto(printed)
    tab.click(f"{ZONES} >> nth=1")
    tab.wait_for_selector("[data-panel]:not([hidden])")
    assert opened(tab) == "第二篇"
    assert tab.evaluate("document.activeElement.hasAttribute('data-panel')")
    assert tab.locator("[data-shown]").all_text_contents() == ["第二篇"]
    assert tab.is_visible("[data-facsimile]")
    tab.go_back()
    tab.wait_for_selector("[data-panel]", state="hidden")
    assert tab.url == printed
    assert tab.locator("[data-shown]").count() == 0
    assert tab.evaluate("document.activeElement.textContent") == "第二篇"


def test_an_article_beside_the_picture_takes_the_place_of_the_text(printed, tab):
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(printed)
    tab.click(f"{ZONES} >> nth=0")
    tab.wait_for_selector("[data-panel]:not([hidden])")
    picture, panel = (tab.locator(each).bounding_box() for each in ("[data-facsimile]", ".opened"))
    assert panel["x"] >= picture["x"] + picture["width"]
    assert not tab.is_visible(".words")
    assert not tab.is_visible(".switch")
    tab.click("text=关闭")
    tab.wait_for_selector(".words")


def test_the_keys_reach_every_zone_in_order_and_open_it(printed, tab):
    tab.goto(printed)
    tab.focus("[data-facsimile]")
    for name in ("第一篇", "第二篇"):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == name
    assert tab.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    tab.keyboard.press("Enter")
    tab.wait_for_selector("[data-panel]:not([hidden])")
    assert opened(tab) == "第二篇"


def test_the_picture_is_enlarged_by_keys_buttons_and_a_double_tap(printed, tab):
    tab.goto(printed)
    width = "document.querySelector('[data-sheet]').offsetWidth"
    whole = tab.evaluate(width)
    tab.focus("[data-facsimile]")
    tab.keyboard.press("+")
    assert tab.evaluate(width) > whole
    tab.keyboard.press("0")
    assert tab.evaluate(width) == whole
    tab.click("[aria-label=放大]")
    assert tab.evaluate(width) > whole
    tab.click("text=整版")
    tab.dblclick(f"{ZONES} >> nth=0")
    assert tab.evaluate(width) > whole
    assert opened(tab) == ""


def test_an_arrow_key_leafs_and_not_while_the_picture_is_enlarged(printed, tab):
    tab.goto(printed)
    tab.focus("[data-facsimile]")
    tab.keyboard.press("+")
    tab.keyboard.press("ArrowRight")
    assert tab.url == printed
    tab.keyboard.press("0")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**/A3/")
    tab.goto(printed)
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**/A1/")


def test_a_swipe_over_the_picture_leafs(printed, chromium):
    context = new_context(chromium, viewport={"width": 390, "height": 844}, has_touch=True)
    tab = context.new_page()
    tab.goto(printed)
    box = tab.locator("[data-facsimile]").bounding_box()
    x, y = box["x"] + 300, box["y"] + 200
    session = context.new_cdp_session(tab)

    def touch(kind, *points):
        found = [{"x": px, "y": py} for px, py in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x - 40 * step, y))
    touch("touchEnd")
    tab.wait_for_url("**/A3/")
    context.close()


def test_a_phone_switches_between_the_page_and_its_text(printed, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(printed)
    assert (tab.is_visible(".facsimile"), tab.is_visible(".words")) == (True, False)
    tab.check("text=文字")
    assert (tab.is_visible(".facsimile"), tab.is_visible(".words")) == (False, True)


def test_an_address_shows_the_place_of_an_article(printed, tab):
    tab.goto(printed)
    name = tab.locator("[data-zones] li").nth(1).get_attribute("id")
    tab.goto(f"{printed}#{name}")
    tab.wait_for_selector("[data-shown]")
    assert tab.evaluate("document.querySelector('[data-shown]').textContent") == "第二篇"


def test_without_scripts_the_picture_has_a_list_of_its_articles(printed, chromium):
    context = new_context(chromium, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(printed)
    assert tab.is_visible("[data-facsimile] img")
    assert tab.locator(ZONES).all_inner_texts() == ["第一篇", "第二篇"]
    assert tab.locator(ZONES).first.is_visible()
    assert not tab.is_visible("[data-zooms]")
    tab.click(f"{ZONES} >> nth=0")
    tab.wait_for_url("**/articles/**")
    context.close()


def test_an_article_that_cannot_be_fetched_is_opened_as_a_page(printed, tab):
    tab.goto(printed)
    tab.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')) }")
    tab.click(f"{ZONES} >> nth=0")
    tab.wait_for_url("**/articles/**")


def test_an_article_leads_to_its_place_on_the_page(printed, tab):
    tab.goto(printed)
    tab.goto(tab.locator(ZONES).nth(1).evaluate("link => link.href"))
    tab.click("text=在版面上看")
    tab.wait_for_selector("[data-shown]")
    assert tab.evaluate("document.querySelector('[data-shown]').textContent") == "第二篇"
