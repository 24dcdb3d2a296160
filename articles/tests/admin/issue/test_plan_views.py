"""Planning an issue in one click, from the home page and from the form of a new issue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Issue
from articles.tests.factories import make_issue, make_page
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db

PLAN = "/admin/articles/issue/plan/"


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.fixture
def past():
    issue = make_issue(issued_on=timezone.localdate() - timedelta(days=6), serial=41)
    for label in ("A1", "A2", "A3", "A4"):
        make_page(issue=issue, label=label, editor="张三")
    return issue


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_one_click_on_the_home_page_plans_the_next_issue(desk, past, tomorrow):
    html = desk.get("/admin/").content.decode()
    assert f"照上个{past.weekday}建版" in html
    response = desk.post(PLAN, {"day": tomorrow.isoformat(), "like": past.pk})
    issue = Issue.objects.get(issued_on=tomorrow)
    assert response.url == f"/admin/articles/issue/{issue.pk}/board/"
    assert [page.editor for page in issue.pages.all()] == ["张三"] * 4
    assert "已建好" in desk.get(response.url).content.decode()
    assert "照上个" not in desk.get("/admin/").content.decode()


def test_the_form_of_a_new_issue_offers_the_next_free_day_and_past_issues(desk, past, tomorrow):
    make_issue(issued_on=tomorrow)
    context = desk.get("/admin/articles/issue/add/").context
    form = context["plan_form"]
    free = tomorrow + timedelta(days=1)
    assert form["day"].value() == free.isoformat()
    assert list(form.fields["like"].queryset) == [past]
    assert context["adminform"].form["issued_on"].value() == free


@pytest.mark.parametrize(
    "fields",
    [{}, {"day": "2024-02-30"}, {"day": "2031-05-04", "like": "999999"}, {"like": "x", "day": ""}],
)
def test_a_plan_without_a_day_or_a_past_issue_says_so(desk, past, fields):
    response = desk.post(PLAN, fields, follow=True)
    assert "请选好日期" in response.content.decode()
    assert list(Issue.objects.all()) == [past]


def test_a_day_that_is_taken_says_so(desk, past):
    fields = {"day": past.issued_on.isoformat(), "like": past.pk}
    assert "这个刊次已经有了" in desk.post(PLAN, fields, follow=True).content.decode()
    assert list(Issue.objects.all()) == [past]


def test_planning_needs_the_permission_and_a_post(roles, past, tomorrow):
    fields = {"day": tomorrow.isoformat(), "like": past.pk}
    reporter = signed_in(roles("记者"))
    assert reporter.post(PLAN, fields).status_code == 403
    assert reporter.get(PLAN).status_code == 405
    assert "照上个" not in reporter.get("/admin/").content.decode()
    assert Issue.objects.count() == 1
