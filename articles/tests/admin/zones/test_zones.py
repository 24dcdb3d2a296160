"""The zone screen: shown with its numbers, saved as a whole, never over another window's."""

import pytest
from django.utils import timezone

from articles.admin import ledger_words
from articles.models import AfterWithdrawal, Facsimile, Issue, LedgerEntry, LedgerKind, Zone
from articles.tests.facsimiles.making import LEFT, make_facsimile
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_page(issue=make_issue(released_at=None))


@pytest.fixture
def article(page):
    return make_article(page=page, headline="便民服务点启用")


@pytest.fixture
def row(page, article):
    return make_facsimile(page, article)


@pytest.fixture
def desk(roles):
    return signed_in(roles("责任编辑"))


def address(page):
    return f"/admin/articles/page/{page.pk}/zones/"


def posted(*zones, version=1, after="cover", deleted=()):
    """Return the form with zones (article id or empty, corners)."""
    data = {"form-TOTAL_FORMS": len(zones), "form-INITIAL_FORMS": 0, "version": version}
    for number, (article, corners) in enumerate(zones):
        data |= {f"form-{number}-article": article, f"form-{number}-corners": corners}
    data |= {f"form-{number}-DELETE": "on" for number in deleted}
    return data | {"after_withdrawal": after}


def stored():
    return list(Zone.objects.order_by("order").values_list("article", "polygon"))


def test_the_screen_shows_the_zones_as_numbers(desk, page, row):
    html = desk.get(address(page)).content.decode()
    assert "50,80 450,80 450,700 50,700" in html
    assert "便民服务点启用" in html
    assert desk.get(f"/admin/articles/page/{page.pk}/picture/")["Content-Type"] == "image/jpeg"


def test_a_page_without_a_picture_says_how_it_gets_one(desk, page):
    response = desk.get(address(page))
    assert "还没有版面图" in response.content.decode()
    assert desk.get(f"/admin/articles/page/{page.pk}/picture/").status_code == 404


def test_zones_are_saved_as_they_were_drawn(desk, page, row, article):
    triangle = "10,10 90,10 90，90"
    data = posted((article.pk, triangle), ("", "200,200 300,200 300,300"), ("", ""))
    response = desk.post(address(page), data)
    assert response.status_code == 302
    assert stored() == [
        (article.pk, [[10, 10], [90, 10], [90, 90]]),
        (None, [[200, 200], [300, 200], [300, 300]]),
    ]
    row.refresh_from_db()
    assert (row.version, row.has_zones_by_hand) == (2, True)


def test_who_changed_the_zones_is_in_the_ledger(desk, page, row, article):
    desk.post(address(page), posted((article.pk, "10,10 90,10 90,90"), after="gone"))
    entry = LedgerEntry.objects.get(kind=LedgerKind.ZONES_CHANGED)
    assert (entry.member.username, entry.object_id) == ("member-责任编辑", row.pk)
    assert ledger_words.facts(entry) == "撤稿之后：不展示版面图；热区：1"


def test_a_zone_is_deleted(desk, page, row, article):
    data = posted((article.pk, "1,1 9,1 9,9"), (article.pk, "20,20 40,20 40,40"), deleted=[0])
    desk.post(address(page), data)
    assert stored() == [(article.pk, [[20, 20], [40, 20], [40, 40]])]


@pytest.mark.parametrize(
    "corners", ["1,1 2,2", "1,1 5,1 5,x", "0,0 1001,0 1001,9", "5,5 9,9 7,7", "abc", "1,1" * 900]
)
def test_corners_that_are_none_are_told_at_their_row_and_nothing_is_lost(
    desk, page, row, article, corners
):
    response = desk.post(address(page), posted((article.pk, corners), ("", "1,1 9,1 9,9")))
    assert response.status_code == 400
    assert response.context["formset"].errors[0]["corners"]
    assert corners in response.content.decode()
    assert stored() == [(article.pk, LEFT)]


def test_a_form_that_arrived_in_part_changes_nothing(desk, page, row, article):
    assert desk.post(address(page), {"version": "1"}).status_code == 400
    assert stored() == [(article.pk, LEFT)]


def test_an_article_of_another_page_is_refused(desk, page, row, article):
    other = make_article(page=make_page(issue=page.issue, label="A9"))
    response = desk.post(address(page), posted((other.pk, "1,1 9,1 9,9")))
    assert response.context["formset"].errors[0]["article"]
    assert stored() == [(article.pk, LEFT)]


def test_two_windows_are_told_and_what_was_drawn_stays(desk, page, row, article):
    first, second = posted((article.pk, "1,1 9,1 9,9")), posted((article.pk, "2,2 8,2 8,8"))
    desk.post(address(page), first)
    response = desk.post(address(page), second)
    html = response.content.decode()
    assert response.status_code == 409
    assert "已在另一窗口改动" in html
    assert "2,2 8,2 8,8" in html
    assert stored() == [(article.pk, [[1, 1], [9, 1], [9, 9]])]
    assert desk.post(address(page), second | {"version": 2}).status_code == 302


def test_the_desk_chooses_what_is_shown_after_a_withdrawal(desk, page, row, article):
    desk.post(address(page), posted((article.pk, "1,1 9,1 9,9"), after="gone"))
    assert Facsimile.objects.get().after_withdrawal == AfterWithdrawal.GONE


def test_in_a_released_issue_only_who_may_release_saves_zones(desk, roles, page, row, article):
    Issue.objects.update(released_at=timezone.now())
    data = posted((article.pk, "1,1 9,1 9,9"))
    assert "只有可以发布的人" in desk.get(address(page)).content.decode()
    assert desk.post(address(page), data).status_code == 403
    assert stored() == [(article.pk, LEFT)]
    chief = signed_in(roles("值班总编"))
    assert chief.post(address(page), data).status_code == 302


@pytest.mark.parametrize("role", ["记者", "校对", "审计员"])
def test_who_may_not_change_pages_saves_nothing(roles, page, row, article, role):
    desk = signed_in(roles(role))
    assert desk.get(address(page)).status_code == 403
    assert desk.post(address(page), posted((article.pk, "1,1 9,1 9,9"))).status_code == 403
    assert stored() == [(article.pk, LEFT)]
