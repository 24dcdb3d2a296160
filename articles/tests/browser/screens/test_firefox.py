"""Every kind of page in Firefox, an engine with other ways of breaking lines."""

import pytest

from articles.tests.browser.screens.firefox import firefox
from articles.tests.page_kinds import make_every_kind

__all__ = ["firefox"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = (500, 1440)  # Firefox makes no narrower window.
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BAR = "document.querySelector('.bar').offsetHeight"
MEASURE = """(text => text.getBoundingClientRect().width
    / parseFloat(getComputedStyle(text).fontSize))(document.querySelector('.prose'))"""
HERE = """(bar => {
    const strip = bar.querySelector('ol').getBoundingClientRect()
    const here = bar.querySelector('[aria-current]').getBoundingClientRect()
    return here.left >= strip.left - 1 && here.right <= strip.right + 1
})(document.querySelector('.bar'))"""


def test_every_page_is_whole_in_firefox(firefox, live_server):
    for kind, path in make_every_kind().items():
        for width in WIDTHS:
            firefox.open(live_server.url + path, width)
            assert firefox.evaluate(WIDE) <= 0, (kind, width)
            assert firefox.evaluate("document.querySelectorAll('h1').length") == 1, kind
            if kind == "article":
                measure = firefox.evaluate(MEASURE)
                assert abs(measure - round(measure)) < 0.02, (width, measure)
                assert firefox.evaluate(BAR) <= 46
                assert firefox.evaluate(HERE)
