"""What a first visit on a slow phone costs, as the bench tells it."""

import pytest

from articles.tests.factories import make_article, make_issue, make_masthead, make_page
from newsroom.dev.bench.phone_visit import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_visit_is_told_by_its_paint_and_by_what_came_over_the_wire(chromium, live_server):
    make_masthead()
    make_article(page=make_page(issue=make_issue()), headline="千年古城焕发新光彩")
    found = visit(chromium, live_server.url)
    assert found.paint > 0
    assert found.shift == 0
    assert {"Document", "Stylesheet"} <= set(found.kilobytes)
    assert found.without_pictures < 60
