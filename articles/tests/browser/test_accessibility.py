"""Every kind of page in a real browser: by axe, by keyboard, narrow, dark, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.tests.chromium import new_context
from articles.tests.page_kinds import make_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
WIDTHS = (390, 1440)
CHOICES = "[...document.querySelectorAll('[data-sets-zi], [data-toggles-theme]')]"


@pytest.fixture
def site(live_server):
    """The addresses of every kind of page, as a browser opens them."""
    return {kind: live_server.url + path for kind, path in make_every_kind().items()}


def violations(tab) -> list[str]:
    """Return what axe finds on the open page."""
    found = Axe().run(tab, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_axe_finds_nothing_on_any_page(site, tab, scheme):
    chosen = {"forced_colors": "active"} if scheme == "forced" else {"color_scheme": scheme}
    tab.emulate_media(reduced_motion="reduce", **chosen)
    broken = {}
    for kind, address in site.items():
        tab.goto(address)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            if found := violations(tab):
                broken[kind, width] = found
    assert broken == {}


def test_axe_would_find_something(site, tab):
    tab.goto(site["about"])
    tab.evaluate("document.querySelector('main').innerHTML += '<img src=/static/x.png>'")
    assert any(found.startswith("image-alt") for found in violations(tab))


def test_no_page_scrolls_sideways(site, tab):
    wider = {}
    for kind, address in site.items():
        tab.goto(address)
        for width in (320, 390, 768, 1024, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            if (found := tab.evaluate("document.documentElement.scrollWidth")) > width:
                wider[kind, width] = found
    assert wider == {}


def test_a_page_asks_no_other_host_and_the_browser_has_no_complaint(site, tab, live_server):
    asked, complaints = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append((said.text, said.location["url"])))
    for address in site.values():
        tab.goto(address, wait_until="networkidle")
    assert {url for url in asked if not url.startswith(live_server.url)} == set()
    # The browser notes that these addresses answer 404 or 410, as they should.
    missing = [site["nowhere"], site["day without a paper"], site["withdrawn"]]
    assert [said for said in complaints if said[1] not in missing] == []


def test_the_first_key_offers_to_skip_to_the_text(site, tab):
    for address in dict.fromkeys(site.values()):  # Two kinds may be one article.
        tab.goto(address)
        tab.keyboard.press("Tab")
        link = tab.locator("a.skip")
        assert link.evaluate("link => link === document.activeElement")
        assert link.evaluate("link => link.getBoundingClientRect().top >= 0")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**#main")


def test_the_keyboard_follows_the_order_of_the_page_and_shows_where_it_is(site, tab):
    tab.goto(site["front, dense"])
    wanted = tab.evaluate(
        "[...document.querySelectorAll('a[href], button')].filter(e => e.checkVisibility()).length"
    )
    places = []
    for _ in range(wanted):
        tab.keyboard.press("Tab")
        places.append(
            tab.evaluate("""() => {
                const all = [...document.querySelectorAll('*')];
                const style = getComputedStyle(document.activeElement);
                return [all.indexOf(document.activeElement), parseFloat(style.outlineWidth)];
            }""")
        )
    order = [place for place, _ in places]
    assert order == sorted(set(order)), "every link once, in source order"
    assert min(outline for _, outline in places) >= 2


def test_targets_are_large_enough_for_a_finger(site, tab):
    tab.set_viewport_size({"width": 390, "height": 900})
    for kind in ("front, dense", "article with everything", "month"):
        tab.goto(site[kind])
        small = tab.evaluate("""() => [...document.querySelectorAll('nav a, button')]
            .filter(e => e.checkVisibility())
            .map(e => [e.textContent, e.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)""")
        assert small == [], kind


def test_every_page_reads_the_same_without_scripts(site, chromium):
    context = new_context(chromium, java_script_enabled=False)
    tab = context.new_page()
    for kind, address in site.items():
        tab.goto(address)
        assert tab.locator("h1").count() == 1, kind
        assert tab.locator("main").inner_text().strip(), kind
        # A form's button sends it.
        idle = tab.locator("button:visible:not(form button)")
        assert idle.count() == 0, f"{kind}: a button that does nothing"
    context.close()


def test_type_size_and_darkness_survive_a_reload_without_a_cookie(site, tab):
    tab.emulate_media(color_scheme="light")
    tab.goto(site["article"])
    ground = "getComputedStyle(document.body).backgroundColor"
    size = "getComputedStyle(document.querySelector('.prose p')).fontSize"
    before = tab.evaluate(ground), tab.evaluate(size)
    tab.locator("details.set summary").click()
    tab.locator("[data-sets-zi=l]").click()
    tab.locator("[data-toggles-theme]").click()
    chosen = tab.evaluate(ground), tab.evaluate(size)
    assert before[0] != chosen[0] and before[1] != chosen[1]
    tab.reload()
    assert (tab.evaluate(ground), tab.evaluate(size)) == chosen
    assert tab.evaluate(f"{CHOICES}.filter(b => b.ariaPressed === 'true').length") == 2
    tab.goto(site["front, dense"])
    assert tab.evaluate(ground) == chosen[0]
    assert tab.context.cookies() == []


def test_a_chosen_darkness_is_there_at_the_first_paint(site, tab):
    tab.emulate_media(color_scheme="light")
    tab.goto(site["front, dense"])
    tab.locator("details.set summary").click()
    tab.locator("[data-toggles-theme]").click()
    tab.add_init_script("""
        new MutationObserver(() => {
            if (document.body && !('first' in window))
                window.first = document.documentElement.dataset.theme;
        }).observe(document, { childList: true, subtree: true });
    """)
    tab.reload()
    assert tab.evaluate("window.first") == "dark"
