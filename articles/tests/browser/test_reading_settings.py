"""The reader's choices of theme and type size, and the page at every width."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.tests import factories
from articles.tests.chromium import new_context
from articles.tests.html_parsing import read_page

STYLES = ("paper", "pages", "article", "lists", "print", "contrast", "song")
LIGHT, DARK = "rgb(250, 249, 245)", "rgb(22, 21, 19)"


def ground(tab):
    """Return the colour of the page."""
    return tab.evaluate("getComputedStyle(document.body).backgroundColor")


def open_settings(tab):
    """Show the reader's choices, which are folded in the bar."""
    tab.locator("details.set summary").click()


@pytest.fixture
def front(live_server, transactional_db):
    """The address of a front page with a picture, briefs and other pages."""
    issue = factories.make_issue()
    factories.make_full_page(page=factories.make_page(issue=issue), count=9)
    for label in ("A2", "A3", "A4"):
        factories.make_article(page=factories.make_page(issue=issue, label=label))
    return f"{live_server.url}/"


@pytest.mark.browser
def test_a_light_choice_stands_against_a_dark_system(front, tab):
    tab.emulate_media(color_scheme="dark")
    tab.goto(front)
    tab.wait_for_timeout(300)
    assert ground(tab) == DARK
    open_settings(tab)
    tab.get_by_role("button", name="深色").click()
    tab.reload()
    assert ground(tab) == LIGHT


@pytest.mark.browser
def test_without_script_the_page_is_whole_and_has_no_dead_buttons(front, chromium):
    context = new_context(chromium, java_script_enabled=False, color_scheme="dark")
    tab = context.new_page()
    tab.goto(front)
    names = [button.inner_text() for button in tab.get_by_role("button").all()]
    assert names == ["搜索"]  # It sends a form.
    assert tab.locator("article").count() == 9
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768, 2560])
def test_no_width_scrolls_sideways(front, tab, width):
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.set_viewport_size({"width": width, "height": 900})
    for path in ("", "2024-07-27/A1/", "2024-07-27/pages/"):
        tab.goto(front + path)
        assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


@pytest.mark.browser
def test_a_dark_reader_prints_black_on_white(front, tab):
    tab.goto(front)
    open_settings(tab)
    tab.get_by_role("button", name="深色").click()
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(25, 24, 22)"


@pytest.mark.django_db
def test_readers_get_little_style_and_script(client):
    factories.make_full_page(page=factories.make_page(), count=25)
    html = read_page(client)
    assert len(html.encode()) <= 30_000
    static = Path(settings.BASE_DIR / "static")
    size = {name: (static / "css" / f"{name}.css").stat().st_size for name in STYLES}
    assert sum(size[name] for name in ("paper", "pages", "article", "lists")) <= 26_000
    # All that the front page and then an article load, but for other media and the fonts' ranges.
    assert size["paper"] + size["pages"] + size["article"] <= 24_000
    assert size["print"] + size["contrast"] + size["song"] <= 3_600
    scripts = [path for path in (static / "js").rglob("*.js") if "desk" not in path.parts]
    # Only a page that has the picture of its printed page loads what works on it.
    pictures = [path for path in scripts if "facsimile" in path.parts]
    assert sum(path.stat().st_size for path in scripts if path not in pictures) <= 14_000
    assert sum(path.stat().st_size for path in pictures) <= 10_000
    assert "facsimile" not in html
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    own = "http://testserver/"
    whole = [url for url in loaded if url.startswith("http")]
    assert [url for url in whole if "/oembed?" not in url] == [own, own, f"{own}hant/"]
    assert all(url.startswith(own) for url in whole)


def test_the_dark_colours_stand_twice_and_are_equal():
    style = (settings.BASE_DIR / "static/css/paper.css").read_text()
    blocks = re.findall(r"color-scheme: dark;(.*?)\}", style, re.S)
    assert len(blocks) == 2
    assert blocks[0].split() == blocks[1].split()
