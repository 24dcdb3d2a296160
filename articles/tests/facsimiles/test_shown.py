"""Who sees what of the picture of a page: before the minute, after it, after a withdrawal."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from articles import queries
from articles.facsimiles.shown import facsimile_of, facsimiles_of_issue, published_facsimile
from articles.models import AfterWithdrawal, Article, Status, Zone
from articles.tests.facsimiles.making import LEFT, RIGHT, make_facsimile
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
KEY = (date(2024, 7, 27), 1)


@pytest.fixture
def page():
    return make_page(issue=make_issue(issued_on=KEY[0]))


def found(page):
    return published_facsimile(KEY, page.label)


def withdraw(article):
    transitions.move(article, "withdraw", by=make_chief(), note="失实")


def test_zones_open_the_articles_that_readers_see(page, django_assert_num_queries):
    first, second = make_article(page=page), make_article(page=page)
    make_facsimile(page, first, second)
    with django_assert_num_queries(2):
        shown = found(page)
        names = [article.display_title for article in shown.articles]
    assert names == [first.display_title, second.display_title]
    assert [zone.polygon for zone in shown.zones] == [LEFT, RIGHT]
    assert (shown.is_whole, shown.is_gone, shown.cover_key) == (True, False, "")


def test_an_article_of_several_zones_is_named_once(page):
    article = make_article(page=page)
    make_facsimile(page, article, article)
    assert found(page).articles == [article]


def test_before_its_minute_there_is_nothing(page):
    make_facsimile(page, make_article(page=page))
    page.issue.__class__.objects.update(released_at=timezone.now() + timedelta(minutes=1))
    assert found(page) is None
    page.issue.__class__.objects.update(released_at=None)
    assert found(page) is None


@pytest.mark.parametrize("status", [each for each in Status if each != Status.SIGNED])
def test_what_is_not_published_is_covered(page, status):
    seen, unseen = make_article(page=page), make_article(page=page, status=status)
    make_facsimile(page, seen, unseen)
    shown = found(page)
    assert (shown.articles, shown.covered) == ([seen], [RIGHT])
    assert (shown.is_whole, shown.is_gone) == (False, False)
    assert len(shown.cover_key) == 16


def test_a_withdrawn_article_is_covered_and_shown_again_when_signed_again(page):
    article = make_article(page=page)
    make_facsimile(page, article)
    withdraw(article)
    assert found(page).covered == [LEFT]
    Article.objects.update(status=Status.SIGNED)
    assert found(page).is_whole


def test_the_desk_may_choose_that_there_is_no_picture_after_a_withdrawal(page):
    article = make_article(page=page)
    make_facsimile(page, article, after_withdrawal=AfterWithdrawal.GONE)
    assert not found(page).is_gone
    withdraw(article)
    assert found(page).is_gone


def test_a_withdrawn_article_that_has_no_zone_takes_the_picture_with_it(page):
    seen, gone = make_article(page=page), make_article(page=page)
    make_facsimile(page, seen)
    assert found(page).is_whole
    withdraw(gone)
    assert found(page).is_gone
    Article.objects.update(status=Status.SIGNED)
    assert found(page).is_whole


def test_a_draft_that_was_not_read_from_the_page_is_not_on_its_picture(page):
    make_article(page=page, status=Status.DRAFT)
    make_facsimile(page, make_article(page=page))
    assert found(page).is_whole


def test_a_zone_of_nobody_opens_and_covers_nothing(page):
    make_facsimile(page, None)
    shown = found(page)
    assert (shown.zones, shown.is_whole) == ([], True)


def test_an_article_moved_to_another_page_keeps_its_zone(page):
    article = make_article(page=page)
    make_facsimile(page, article)
    Article.objects.update(page=make_page(issue=page.issue, label="A2"))
    assert found(page).articles == [article]


def test_a_preview_shows_what_may_still_be_printed(page, django_assert_num_queries):
    live = make_article(page=page, status=Status.DRAFT)
    spiked = make_article(page=page, status=Status.SPIKED)
    make_facsimile(page, live, spiked)
    with django_assert_num_queries(2):
        shown = facsimile_of(page, queries.previewed_in(page.issue))
    assert (shown.articles, shown.covered) == ([live], [RIGHT])


def test_the_facsimiles_of_an_issue_take_two_queries(page, django_assert_num_queries):
    other, bare = (make_page(issue=page.issue, label=label) for label in ("A2", "A3"))
    for each in (page, other):
        make_facsimile(each, make_article(page=each))
    with django_assert_num_queries(2):
        shown = facsimiles_of_issue(page.issue, Article.objects.published())
    assert {pk: each.is_whole for pk, each in shown.items()} == {page.pk: True, other.pk: True}
    assert bare.pk not in shown


def test_an_article_with_zones_is_never_deleted_by_the_way(page):
    article = make_article(page=page)
    make_facsimile(page, article)
    with pytest.raises(ProtectedError):
        article.delete()
    assert Zone.objects.count() == 1
