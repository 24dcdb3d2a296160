"""Every screen of the desk in a real browser: axe, and no scrolling sideways."""

import os
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Note
from articles.tests.browser_sessions import AXE_OPTIONS, PASSWORD
from articles.tests.factories import make_byline, make_caption, make_chief

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# No pages of their own: files, words for scripts, parts of pages, and redirects.
NO_SCREENS = (
    "admin:articles_article_notes",
    "admin:articles_article_suggestions",
    "admin:articles_photo_choices",
    "admin:articles_rawpage_source",
    "admin:articles_sourcedocument_file",
    "admin:jsi18n",
    "admin:tonight",
    "preview",
    "preview_issue",
    "preview_new",
    "read_next",
)
# Each width and each appearance once: three looks at each screen, not twelve.
LOOKS = [(390, "dark", "none"), (1280, "light", "none"), (1440, "light", "active")]
if os.environ.get("ALL_LOOKS"):
    LOOKS = list(product((390, 1280, 1440), ("light", "dark"), ("none", "active")))

FORCED = "matchMedia('(forced-colors: active)').matches"


@pytest.fixture
def screens(rows, addresses):
    """The addresses of the screens, with something to show on each."""
    article = rows["article"]
    for name in ("林晓禾", "欧阳震华"):
        make_byline(article=article, name=name)
    make_caption(article=article, photo=rows["photo"])
    Note.objects.create(article=article, made_by=rows["member"], text="请核实人数。")
    return {name: path for name, path in addresses.items() if name not in NO_SCREENS}


def faults(tab, width: int) -> list[str]:
    """Return what axe finds on the open page, and whether it scrolls sideways."""
    # Where colours are forced, they are the reader's own; axe measures those that are not shown.
    rules = {"color-contrast": {"enabled": not tab.evaluate(FORCED)}}
    found = Axe().run(tab, options=AXE_OPTIONS | {"rules": rules}).response["violations"]
    wide = tab.evaluate("document.documentElement.scrollWidth") > width
    told = [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]
    return told + ["it scrolls sideways"] * wide


@pytest.mark.parametrize(("width", "scheme", "forced"), LOOKS)
def test_axe_finds_nothing_on_any_screen(screens, tab, live_server, width, scheme, forced):
    make_chief(username="guanli", is_superuser=True)
    tab.emulate_media(reduced_motion="reduce", color_scheme=scheme, forced_colors=forced)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{live_server.url}/admin/")
    tab.fill("#id_username", "guanli")
    tab.fill("#id_password", PASSWORD)
    tab.press("#id_password", "Enter")
    tab.wait_for_selector("#bar-search")
    broken = {}
    for name, path in screens.items():
        tab.goto(live_server.url + path)
        if found := faults(tab, width):
            broken[name] = found
    assert broken == {}
