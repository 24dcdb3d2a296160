"""On paper, in the reader's own colours, and with more contrast."""

from urllib.parse import urlsplit

import pytest

from articles.tests.page_kinds import make_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

A4 = {"width": 703, "height": 1019}
GROUND = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"


@pytest.fixture
def site(live_server):
    """The addresses of every kind of page, as a browser opens them."""
    return {kind: live_server.url + path for kind, path in make_every_kind().items()}


def test_a_printed_page_says_where_and_when_and_nothing_that_paper_cannot_do(site, tab):
    tab.emulate_media(media="print")
    tab.set_viewport_size(A4)
    missing = ("withdrawn", "nowhere", "day without a paper")
    for kind, address in site.items():
        tab.goto(address)
        dead = tab.locator("button:visible, .bar:visible, .skip:visible").count()
        assert dead == 0, kind
        assert tab.evaluate("document.documentElement.scrollWidth") <= A4["width"], kind
        printed = tab.locator(".on-paper:visible").all_inner_texts()
        if "preview" in kind or kind in missing:
            assert printed == []
        elif kind != "no connection" and tab.locator("link[rel=canonical]").count():
            canonical = tab.locator("link[rel=canonical]").get_attribute("href")
            # The paper of today has another address tomorrow.
            latest = "2024-07-29/" if urlsplit(canonical).path in ("/", "/hant/") else ""
            assert printed[0].endswith(canonical + latest), kind
    tab.goto(site["article"])
    assert tab.locator(".on-paper").inner_text().startswith("2024年7月2")


def test_a_printed_heading_stays_with_its_text(site, tab):
    tab.emulate_media(media="print")
    for kind in ("article with everything", "front, dense", "column", "whole issue, dense"):
        tab.goto(site[kind])
        breaks = tab.evaluate("""() => [...document.querySelectorAll('h1, h2, h3, figure, tr')]
            .filter(element => element.checkVisibility())
            .map(element => getComputedStyle(element))
            .filter(s => s.breakAfter !== 'avoid' && s.breakInside !== 'avoid').length""")
        assert breaks == 0, kind


def test_a_printed_article_takes_the_width_of_the_paper(site, tab):
    tab.emulate_media(media="print")
    tab.set_viewport_size(A4)
    tab.goto(site["article"])
    widths = "['.sheet', '.prose'].map(s => document.querySelector(s).offsetWidth)"
    sheet, text = tab.evaluate(widths)
    assert sheet == text


def test_colours_of_the_reader_tell_what_is_chosen(site, tab):
    tab.emulate_media(forced_colors="active")
    tab.goto(site["front, dense"])
    assert tab.evaluate(GROUND, ".bar [aria-current]") != tab.evaluate(GROUND, "body")
    tab.locator("details.set summary").click()
    line = "getComputedStyle(document.querySelector('[aria-pressed=true]')).textDecorationLine"
    assert tab.evaluate(line) == "underline"
    tab.goto(site["month"])
    assert tab.evaluate(GROUND, ".cal [aria-current]") != tab.evaluate(GROUND, "body")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wish_for_contrast_leaves_no_grey_words(site, tab, scheme):
    tab.emulate_media(contrast="more", color_scheme=scheme)
    tab.goto(site["article with everything"])
    colours = tab.evaluate("""() => ['body', '.by', '.kicker', '.foot', '.src'].map(
        selector => getComputedStyle(document.querySelector(selector)).color)""")
    assert len(set(colours)) == 1


def test_nothing_moves_for_who_wants_no_motion(site, tab):
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(site["front, dense"])
    moving = tab.evaluate("""() => [...document.querySelectorAll('*')].filter(element =>
        parseFloat(getComputedStyle(element).transitionDuration) > 0).length""")
    assert moving == 0
