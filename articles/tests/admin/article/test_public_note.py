"""The note to readers on a withdrawal: typed on the article's form, found at its address."""

import pytest

from articles.models import Article
from articles.tests.factories import make_article, make_chief, make_page
from articles.tests.form_helpers import article_url, fields, signed_in
from articles.tests.html_parsing import read_page

pytestmark = pytest.mark.django_db
NOTE = "主要事实有误，谨向读者致歉。"


@pytest.fixture
def desk():
    return signed_in(make_chief())


def withdraw(desk, article, **typed):
    form = fields(desk.get(article_url(article)), "article_form")
    assert form["_public_note"] == ""
    return desk.post(article_url(article), form | typed | {"_move": "withdraw"}, follow=True)


def test_readers_find_the_note_at_the_address_and_not_the_reason_of_the_desk(desk, client):
    article = make_article(page=make_page())
    withdraw(desk, article, _note="内部原因", _public_note=NOTE)
    page = read_page(client, article.get_absolute_url(), 410)
    assert NOTE in page
    assert "内部原因" not in page


def test_a_refused_withdrawal_shows_both_notes_again(desk):
    article = make_article(page=make_page())
    page = withdraw(desk, article, _note=" ", _public_note=NOTE)
    assert Article.objects.get().status == "signed"
    assert f">{NOTE}</textarea>" in page.content.decode()


def test_the_form_of_what_is_not_published_asks_for_no_note_to_readers(desk):
    html = desk.get(article_url(make_article(status="draft"))).content.decode()
    assert "_public_note" not in html
