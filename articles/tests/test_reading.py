"""The reader's choices of theme and type size, and the page at every width."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.tests import make

from .test_front import make_full_page, read

LIGHT, DARK = "rgb(250, 249, 245)", "rgb(22, 21, 19)"
WATCH_FIRST_PAINT = """
new MutationObserver((_, watch) => {
  if (!document.body) return;
  watch.disconnect();
  window.first = getComputedStyle(document.body).backgroundColor;
}).observe(document, {childList: true, subtree: true});
"""


def ground(tab):
    """Return the colour of the page."""
    return tab.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.fixture
def front(live_server, transactional_db):
    """The address of a front page with a picture, briefs and other pages."""
    issue = make.make_issue()
    make_full_page(page=make.make_page(issue=issue), count=9)
    for label in ("A2", "A3", "A4"):
        make.make_article(page=make.make_page(issue=issue, label=label))
    return f"{live_server.url}/"


@pytest.mark.browser
def test_a_chosen_theme_is_there_from_the_first_paint_of_the_next_visit(front, tab):
    tab.add_init_script(WATCH_FIRST_PAINT)
    tab.goto(front)
    assert ground(tab) == LIGHT
    tab.get_by_role("button", name="深色").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.reload()
    assert tab.evaluate("window.first") == DARK
    assert tab.get_by_role("button", name="深色").get_attribute("aria-pressed") == "true"
    assert tab.context.cookies() == []
    tab.get_by_role("button", name="深色").click()
    assert tab.evaluate("localStorage.length") == 0


@pytest.mark.browser
def test_a_light_choice_stands_against_a_dark_system(front, tab):
    tab.emulate_media(color_scheme="dark")
    tab.goto(front)
    tab.wait_for_timeout(300)
    assert ground(tab) == DARK
    tab.get_by_role("button", name="深色").click()
    tab.reload()
    assert ground(tab) == LIGHT


@pytest.mark.browser
def test_a_chosen_type_size_survives_a_reload(live_server, transactional_db, tab):
    article = make.make_article(page=make.make_page())
    tab.goto(f"{live_server.url}{article.get_absolute_url()}")
    size = "getComputedStyle(document.querySelector('.prose')).fontSize"
    medium = tab.evaluate(size)
    tab.get_by_role("button", name="大", exact=True).click()
    tab.reload()
    assert (medium, tab.evaluate(size)) == ("18.6672px", "22px")
    assert tab.get_by_role("button", name="大", exact=True).get_attribute("aria-pressed") == "true"


@pytest.mark.browser
def test_without_script_the_page_is_whole_and_has_no_dead_buttons(front, chromium):
    context = chromium.new_context(java_script_enabled=False, color_scheme="dark")
    tab = context.new_page()
    tab.goto(front)
    assert tab.get_by_role("button").count() == 0
    assert tab.locator("article").count() == 9
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 2560])
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
    tab.get_by_role("button", name="深色").click()
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(25, 24, 22)"


@pytest.mark.django_db
def test_readers_get_little_style_and_script(client):
    make_full_page(page=make.make_page(), count=25)
    html = read(client)
    assert len(html.encode()) <= 30_000
    static = Path(settings.BASE_DIR / "static")
    readers = ("paper.css", "pages.css", "article.css", "lists.css")
    assert sum((static / "css" / name).stat().st_size for name in readers) <= 22_000
    assert sum(path.stat().st_size for path in (static / "js").glob("*.js")) <= 8_000
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert [url for url in loaded if url.startswith("http")] == ["http://testserver/"]


def test_the_dark_colours_stand_twice_and_are_equal():
    style = (settings.BASE_DIR / "static/css/paper.css").read_text()
    blocks = re.findall(r"color-scheme: dark;(.*?)\}", style, re.S)
    assert len(blocks) == 2
    assert blocks[0].split() == blocks[1].split()
