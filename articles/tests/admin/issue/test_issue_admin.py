"""The issue's form: its own facts and its pages. Articles are arranged on its board."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Issue, Page, Status
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.form_helpers import fields, signed_in

FORM = "issue_form"


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.fixture
def issue(db):
    return make_issue(released_at=None)


def form_address(issue) -> str:
    return reverse("admin:articles_issue_change", args=[issue.pk])


def opened(desk, issue) -> dict[str, str]:
    return fields(desk.get(form_address(issue)), FORM)


def save(desk, issue, typed, **changes):
    return desk.post(form_address(issue), typed | {"_continue": "1"} | changes)


def order(page) -> list[int]:
    rows = list(page.articles.order_by("position").values_list("position", "pk"))
    assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    return [pk for _, pk in rows]


def test_saving_an_untouched_form_changes_nothing(desk, issue):
    page = make_page(issue=issue)
    articles = [make_article(page=page) for _ in range(3)]
    before = list(Article.objects.order_by("pk").values())
    assert save(desk, issue, opened(desk, issue)).status_code == 302
    assert list(Article.objects.order_by("pk").values()) == before
    assert order(page) == [article.pk for article in articles]


def test_a_second_issue_of_a_date_is_refused_at_its_field(desk, issue):
    page = {"pages-TOTAL_FORMS": 1, "pages-INITIAL_FORMS": 0, "pages-0-label": "A1"}
    typed = page | {"issued_on": issue.issued_on.isoformat(), "edition": 1, "serial": "88"}
    answer = desk.post(reverse("admin:articles_issue_add"), typed)
    errors = answer.context["adminform"].form.errors
    assert errors == {"edition": ["这一天的这个刊次已经有了。"]}
    again = fields(answer, FORM)
    assert (again["serial"], again["pages-0-label"]) == ("88", "A1")


@pytest.mark.parametrize("label", ["A1", "头版", "a2", "A2\n", ""])
def test_a_bad_label_is_told_at_its_field_and_the_rest_is_kept(desk, issue, label):
    make_page(issue=issue)
    typed = opened(desk, issue) | {"pages-1-label": label, "pages-1-name": "民生"}
    answer = save(desk, issue, typed)
    if label == "A2\n":  # a one-line field sends no line end; Django strips it
        assert Page.objects.count() == 2
        return
    formset = answer.context["inline_admin_formsets"][0].formset
    assert [list(errors) for errors in formset.errors] == [[], ["label"]]
    assert formset.non_form_errors() == []
    assert fields(answer, FORM)["pages-1-name"] == "民生"
    assert Page.objects.count() == 1


def test_pages_exchange_their_labels_in_one_save(desk, issue):
    first, second, third = [make_page(issue=issue, label=label) for label in ("A1", "A2", "A3")]
    typed = opened(desk, issue)
    changes = {
        "pages-0-label": "A2",
        "pages-1-label": "A1",
        "pages-2-DELETE": "on",
        "pages-3-label": "A3",
    }
    assert save(desk, issue, typed, **changes).status_code == 302
    labels = dict(Page.objects.values_list("label", "pk"))
    assert (labels["A1"], labels["A2"]) == (second.pk, first.pk)
    assert labels.keys() == {"A1", "A2", "A3"}
    assert labels["A3"] != third.pk


def test_the_label_of_a_page_that_came_meanwhile_is_taken(desk, issue):
    make_page(issue=issue)
    typed = opened(desk, issue)
    make_page(issue=issue, label="A2")
    answer = save(desk, issue, typed, **{"pages-1-label": "A2", "pages-0-name": "头版"})
    formset = answer.context["inline_admin_formsets"][0].formset
    assert formset.errors[1] == {"label": ["这一期已经有这个版次了。"]}
    assert fields(answer, FORM)["pages-0-name"] == "头版"


def test_two_new_pages_of_one_label_are_marked_at_the_second(desk, issue):
    row = {"pages-TOTAL_FORMS": 2, "pages-0-label": "B1", "pages-1-label": "B1"}
    answer = save(desk, issue, opened(desk, issue) | row)
    formset = answer.context["inline_admin_formsets"][0].formset
    assert formset.errors == [{}, {"label": ["这一期已经有这个版次了。"]}]


@pytest.mark.slow
def test_an_issue_with_a_hundred_pages_and_two_hundred_articles_saves_whole(desk, issue):
    pages = [make_page(issue=issue, label=f"A{n}") for n in range(1, 101)]
    articles = [make_article(page=page) for page in pages for _ in range(2)]
    typed = opened(desk, issue)
    names = {f"pages-{n}-name": f"第{n}版" for n in range(100)}
    save(desk, issue, typed | names)
    assert list(issue.pages.in_order().values_list("name", flat=True)) == list(names.values())
    assert order(pages[-1]) == [article.pk for article in articles[-2:]]


def test_a_page_with_articles_cannot_be_deleted(desk, issue):
    page = make_page(issue=issue)
    make_article(page=page, headline="云溪区今天开渔")
    answer = save(desk, issue, opened(desk, issue) | {"pages-0-DELETE": "on"})
    assert "云溪区今天开渔" in answer.content.decode()
    assert Page.objects.filter(pk=page.pk).exists()


def test_an_empty_page_can_be_deleted(desk, issue):
    make_page(issue=issue)
    save(desk, issue, opened(desk, issue) | {"pages-0-DELETE": "on"})
    assert not Page.objects.exists()


def test_a_released_issue_keeps_its_address(desk):
    page = make_page(issue=make_issue(released_at=timezone.now() + timedelta(hours=1)))
    make_article(page=page)
    typed = opened(desk, page.issue)
    assert not {"issued_on", "edition", "pages-0-label"} & set(typed)
    forced = {
        "issued_on": "2030-01-01",
        "edition": 5,
        "pages-0-label": "B9",
        "pages-0-DELETE": "on",
    }
    extra = {"pages-TOTAL_FORMS": 2, "pages-1-label": "C1", "reason": "换人"}
    save(desk, page.issue, typed | forced | extra | {"pages-0-editor": "林晓禾"})
    stored = Issue.objects.get()
    assert (stored.issued_on, stored.edition) == (date(2024, 7, 27), 1)
    assert list(stored.pages.values_list("label", "editor")) == [("A1", "林晓禾")]


def test_no_field_of_the_form_releases_an_issue(desk, issue):
    save(desk, issue, opened(desk, issue) | {"released_at": "2024-01-01", "released_at_0": "x"})
    assert Issue.objects.get().released_at is None


def test_a_released_issue_cannot_be_deleted(desk):
    issue = make_issue()
    address = reverse("admin:articles_issue_delete", args=[issue.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 403
    assert Issue.objects.exists()


def test_an_issue_with_articles_says_why_it_cannot_be_deleted(desk, issue):
    make_article(page=make_page(issue=issue), headline="云溪区今天开渔")
    address = reverse("admin:articles_issue_delete", args=[issue.pk])
    assert "云溪区今天开渔" in desk.post(address, {"post": "yes"}).content.decode()
    assert Issue.objects.exists()


def test_an_empty_issue_can_be_deleted(desk, issue):
    make_page(issue=issue)
    desk.post(reverse("admin:articles_issue_delete", args=[issue.pk]), {"post": "yes"})
    assert not Issue.objects.exists()


def test_a_new_issue_is_proposed_for_tomorrow(desk):
    asked_on = timezone.localdate()
    typed = fields(desk.get(reverse("admin:articles_issue_add")), FORM)
    days = {asked_on, timezone.localdate()}  # Midnight may have passed.
    assert typed["issued_on"] in {f"{day + timedelta(days=1):%Y/%m/%d}" for day in days}
    assert typed["pages-TOTAL_FORMS"] == "4"


@pytest.mark.parametrize("number", [1, 25])
def test_the_form_asks_as_often_for_25_articles_as_for_one(
    desk, issue, number, django_assert_num_queries
):
    page = make_page(issue=issue)
    for _ in range(number):
        make_article(page=page, status=Status.DRAFT)
    desk.get(form_address(issue))
    with django_assert_num_queries(6):
        desk.get(form_address(issue))


def test_a_stranger_is_sent_to_the_login_and_a_reader_of_the_desk_changes_nothing(client, issue):
    assert "/login/" in client.get(form_address(issue)).url
    member = make_member(username="kan", is_staff=True)
    desk = signed_in(member)
    assert desk.get(form_address(issue)).status_code == 403
