"""The article form in a real browser: what is in sight, and where the caret is."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Article
from articles.tests import factories
from articles.tests.browser_sessions import (
    AXE_OPTIONS,
    BODY,
    LONG,
    change,
    click_body,
    desk,
    draft,
    faults,
)

__all__ = ["desk", "draft", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = [(1280, 720), (390, 844)]
# Whether the caret stands between the tools and what stays at the bottom.
CARET_IS_FREE = """() => {
    const selection = getSelection(), { anchorNode } = selection
    const around = anchorNode.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode
    const caret = selection.getRangeAt(0).getClientRects()[0] ?? around.getBoundingClientRect()
    const box = (selector) => document.querySelector(selector).getBoundingClientRect()
    const bottom = Math.min(box(".count").top, box(".save-bar").top)
    return caret.top >= box(".tools").bottom && caret.bottom <= bottom
}"""
# Where things end that must be in sight: the headline, and three lines of the text.
ENDS = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect()
    const line = parseFloat(getComputedStyle(document.querySelector(".ProseMirror")).lineHeight)
    return [box("[name=headline]").bottom, box(".ProseMirror p").top + 3 * line]
}"""

# The policy of the desk forbids a style element.
WITHOUT_TRANSITIONS = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("* { transition: none !important }")
    document.adoptedStyleSheets = [sheet]
}"""


@pytest.fixture
def long_story(draft):
    """A draft of forty paragraphs."""
    paragraphs = "".join(f"<p>第{number}段。{LONG[:60]}</p>" for number in range(40))
    Article.objects.filter(pk=draft.pk).update(body=paragraphs)
    return draft


def opened(desk, article, width, height):
    """Open the form of an article in a window of a size."""
    page = desk(factories.make_chief(), change(article))
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_headline_and_first_lines_are_in_sight(desk, long_story, width, height):
    page = opened(desk, long_story, width, height)
    headline, lines = page.evaluate(ENDS)
    bottom = page.evaluate("document.querySelector('.count').getBoundingClientRect().top")
    assert headline < lines < bottom


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_long_headline_is_seen_whole_and_enter_goes_on_to_the_next_field(
    desk, draft, width, height
):
    page = opened(desk, draft, width, height)
    page.fill("[name=headline]", "云溪区第三个便民服务点启用" * 5)
    whole = "field => field.scrollHeight <= field.clientHeight + 1 && field.clientHeight > 60"
    assert page.eval_on_selector("[name=headline]", whole)
    for name in ("headline", "deck"):
        page.focus(f"[name={name}]")
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "dateline"
    assert page.input_value("[name=headline]") == "云溪区第三个便民服务点启用" * 5


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_text_is_seen_before_its_editor_has_come_and_stays_where_it_is(
    desk, long_story, width, height
):
    page = opened(desk, long_story, width, height)
    top = "text => text.getBoundingClientRect().top"
    edited = page.eval_on_selector(".ProseMirror p", top)
    page.route("**/body_editor/main*.js", lambda route: route.abort())
    page.reload()
    assert abs(page.eval_on_selector(".first-sight p", top) - edited) <= 1
    # Where the editor does not come at all, the text can still be written.
    page.wait_for_selector("textarea.body", state="visible")
    assert not page.is_visible(".first-sight")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_caret_is_never_hidden_by_the_tools_or_the_save_bar(desk, long_story, width, height):
    page = opened(desk, long_story, width, height)
    click_body(page, "Control+End")
    page.wait_for_function(CARET_IS_FREE)
    for _ in range(5):
        page.keyboard.press("Enter")
        page.keyboard.insert_text("又一段。")
        page.wait_for_function(CARET_IS_FREE)
    for _ in range(5):
        for _ in range(8):
            page.keyboard.press("ArrowUp")
        page.wait_for_function(CARET_IS_FREE)


def test_the_tools_and_the_rail_stay_beside_a_long_text(desk, long_story):
    page = opened(desk, long_story, 1280, 720)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    tops = """['.tools', '.rail', '.save-bar'].map(
        (selector) => document.querySelector(selector).getBoundingClientRect().top)"""
    tools, rail, bar = page.evaluate(tops)
    assert tools == pytest.approx(rail, abs=8)
    assert 0 <= tools < 100
    assert 600 < bar < 720


def test_a_group_of_the_rail_is_closed_and_opened_by_keyboard(desk, draft):
    page = opened(desk, draft, 1280, 720)
    group = page.locator(".group", has=page.locator("#bylines-group"))
    group.locator("summary").first.press("Enter")
    assert not page.is_visible("#bylines-group .add")
    page.keyboard.press("Enter")
    assert page.is_visible("#bylines-group .add")


@pytest.mark.parametrize("width", [390, 1280, 1440])
def test_axe_finds_nothing_and_nothing_overflows(desk, faults, long_story, width):
    for number in range(12):
        factories.make_byline(article=long_story, name=f"作者{number}")
    factories.make_caption(article=long_story, photo=factories.make_photo())
    page = opened(desk, long_story, width, 900)
    page.evaluate(WITHOUT_TRANSITIONS)
    page.click(".more > summary")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rules = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        found += [f"{scheme} {rule['id']}: {rule['nodes'][0]['target'][0]}" for rule in rules]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.is_visible(BODY)
    faults.clear()  # what axe itself tries
