"""Four sizes of type on every page: whole characters in a line, nothing wide, no collision."""

import pytest

from articles.tests.page_kinds import make_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIZES = {"s": 16, "m": 18.67, "l": 22, "xl": 30}
WIDTHS = (320, 390, 768, 1024, 1440, 2560)
# The lines of text that another line covers, by more than rounding; each with both texts.
COLLISIONS = """() => {
    const lines = []
    const walker = document.createTreeWalker(document.querySelector('.sheet'), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement
        if (!node.data.trim() || parent.closest('.vh, svg, .bar ol, .bar ul span')) continue
        if (!parent.checkVisibility()) continue
        // What a long headline loses after its last line is not shown, and covers nothing.
        const clip = parent.closest('.kicker, .deck, .hed')?.getBoundingClientRect()
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const box of range.getClientRects()) {
            if (box.width < 1 || box.bottom > clip?.bottom + 2) continue
            lines.push({ box, text: node.data.trim(), node })
        }
    }
    const found = []
    lines.sort((a, b) => a.box.top - b.box.top)
    lines.forEach((one, index) => {
        for (const other of lines.slice(index + 1)) {
            if (other.box.top > one.box.bottom) break
            if (other.node === one.node) continue
            const right = Math.min(one.box.right, other.box.right)
            const width = right - Math.max(one.box.left, other.box.left)
            const height = Math.min(one.box.bottom, other.box.bottom) - other.box.top
            const most = Math.min(one.box.height, other.box.height)
            if (width > 2 && height > most * .4) found.push([one.text, other.text])
        }
    })
    return found.slice(0, 5)
}"""


@pytest.fixture
def site(live_server):
    """The addresses of every kind of page, as a browser opens them."""
    return {kind: live_server.url + path for kind, path in make_every_kind().items()}


def faults(tab, site, widths=WIDTHS) -> dict:
    """Return what is too wide and what collides, by the kind of page and the width."""
    found = {}
    for kind, address in site.items():
        tab.goto(address)
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 900})
            if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
                found[kind, width] = wide
            if over := tab.evaluate(COLLISIONS):
                found[kind, width, "collides"] = over
    return found


def test_nothing_is_wide_or_collides_in_the_largest_type(site, tab):
    tab.goto(site["about"])
    tab.evaluate("localStorage.setItem('zi', 'xl')")
    assert faults(tab, site) == {}


def test_nothing_is_wide_or_collides_at_twice_the_text(site, tab):
    # As a reader sets it in the browser: media queries follow.
    session = tab.context.new_cdp_session(tab)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    tab.goto(site["about"])
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert faults(tab, site) == {}


def test_nothing_is_wide_or_collides_at_four_times_the_size(site, tab):
    # 400 % of a window of 1280 pixels is one of 320, in the usual type.
    assert faults(tab, site, (320, 2560)) == {}


def test_a_line_of_text_is_whole_characters_on_every_screen(site, tab):
    for zi, size in SIZES.items():
        tab.goto(site["article"])
        tab.evaluate("zi => localStorage.setItem('zi', zi)", zi)
        tab.reload()
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            measure, em = tab.evaluate("""() => {
                const text = document.querySelector('.prose')
                const size = parseFloat(getComputedStyle(text).fontSize)
                return [text.getBoundingClientRect().width, size]
            }""")
            assert em == pytest.approx(size, abs=0.01)
            assert abs(measure / em - round(measure / em)) < 0.02, (zi, width, measure / em)
            assert measure / em >= 9, (zi, width)


def test_every_page_grows_and_its_targets_with_it(site, tab):
    grown = {}
    for zi in ("m", "xl"):
        tab.goto(site["about"])
        tab.evaluate("zi => localStorage.setItem('zi', zi)", zi)
        for kind, address in site.items():
            tab.goto(address)
            sizes = tab.evaluate("""() => ['main', '.bar a', '.foot a'].map(selector => {
                const element = document.querySelector(selector)
                return parseFloat(getComputedStyle(element).fontSize)
            }).concat(document.querySelector('.bar ul a').offsetHeight)""")
            grown.setdefault(kind, []).append(sizes)
    for kind, (usual, large) in grown.items():
        assert [b / a for a, b in zip(usual, large, strict=True)] == [1.5] * 4, kind


def test_a_chosen_size_is_there_at_the_first_paint_of_every_page(site, tab):
    tab.goto(site["archive"])
    tab.locator("details.set summary").click()
    tab.get_by_role("button", name="特大").click()
    tab.add_init_script("""
        new MutationObserver(() => {
            if (document.body && !('first' in window))
                window.first = document.documentElement.dataset.zi;
        }).observe(document, { childList: true, subtree: true });
    """)
    for kind in ("front, dense", "article", "withdrawn"):
        tab.goto(site[kind])
        assert tab.evaluate("window.first") == "xl", kind
    assert tab.context.cookies() == []
