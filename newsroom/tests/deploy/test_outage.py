"""While the program does not answer: what was just read, for a minute, and a page in Chinese."""

import pytest

from articles.tests import factories
from articles.tests.gunicorn_server import looking_at
from articles.workflow import move

pytestmark = [pytest.mark.slow, pytest.mark.no_database]


@pytest.fixture(scope="module")
def outage(paper):
    """The paper after it has answered and then failed; what it had answered is remembered."""
    article = paper.article.get_absolute_url()
    gone = paper.other.get_absolute_url()
    addresses = ("/", article, gone, "/admin/login/", f"/photos/{paper.photo.uid}/wide.jpg")
    paper.before = {path: paper.get(path) for path in addresses}
    assert {answer.status for answer in paper.before.values()} == {200}
    assert paper.get("/archive/", Cookie="theme=dark").status == 200
    with looking_at(paper.database):
        move(paper.other, "withdraw", by=factories.make_chief(), note="事实有误")
    assert paper.get(gone).status == 410
    paper.refuse()
    return paper


def test_pages_that_readers_have_just_read_are_there_but_for_nobody_to_keep(outage):
    for path in ("/", outage.article.get_absolute_url()):
        shown, before = outage.get(path), outage.before[path]
        assert (shown.status, shown.content) == (200, before.content)
        assert shown.headers["Cache-Control"] == "no-store"
        assert shown.headers["Content-Security-Policy"] == before.headers["Content-Security-Policy"]


def test_an_article_that_was_withdrawn_stays_gone(outage):
    assert outage.get(outage.other.get_absolute_url()).status == 410


def test_the_desk_pictures_and_what_nobody_has_read_without_a_cookie_are_not_kept(outage):
    picture = f"/photos/{outage.photo.uid}/wide.jpg"
    for path in ("/admin/login/", picture, "/archive/", "/columns/"):
        refused = outage.get(path)
        assert (refused.status, "网站暂时无法访问" in refused.text) == (503, True)
        assert refused.headers["Cache-Control"] == "no-store"
        assert refused.headers["Retry-After"] == "30"


def test_who_has_a_cookie_is_shown_nothing_that_was_kept(outage):
    assert outage.get("/", Cookie="theme=dark").status == 503


def test_a_form_that_is_sent_meanwhile_is_told_how_to_keep_its_words(outage):
    refused = outage.ask("/admin/articles/article/add/", method="POST", body=b"a=b")
    assert (refused.status, "您填写的文字还在那里" in refused.text) == (503, True)
