"""The nameplate: in type, of a face that the paper brings where the system has none."""

import pytest

from articles.tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = """JSON.stringify(['.plate', '.bar'].map(
    selector => document.querySelector(selector).getBoundingClientRect()))"""


@pytest.fixture
def front(live_server, transactional_db):
    """The address of a front page of the sample paper's name."""
    factories.make_masthead(name="武进日报")
    factories.make_article(page=factories.make_page())
    return f"{live_server.url}/"


def test_the_face_of_the_nameplate_loads_and_moves_nothing(front, tab):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(front)
    before = tab.evaluate(BOX)
    tab.evaluate("""() => {
        document.documentElement.style.setProperty('--display', '"Paper Song"')
        document.querySelector('h1').offsetWidth
        return document.fonts.ready
    }""")
    loaded = "[...document.fonts].filter(face => face.status === 'loaded').length"
    assert tab.evaluate(loaded) == 1
    assert tab.evaluate(BOX) == before
    fonts = [url for url in asked if url.endswith(".woff2")]
    assert len(fonts) == 1 and "song-titles" in fonts[0]


def test_a_weight_is_never_faked(front, tab):
    tab.goto(front)
    kinds = "getComputedStyle(document.querySelector('h1')).fontSynthesisWeight"
    assert tab.evaluate(kinds) == "none"
