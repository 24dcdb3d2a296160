"""Planning an issue after a past one: its date, pages, people and serial."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.editing import planning
from articles.models import Issue, Page
from articles.tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db

MONDAY = date(2024, 7, 22)


def pages_of(issue: Issue) -> list[dict]:
    return list(issue.pages.in_order().values(*planning.PAGE_FIELDS))


def test_an_issue_planned_like_another_has_its_pages_people_and_the_next_serial(
    django_assert_num_queries,
):
    past = make_issue(issued_on=MONDAY, serial=9000)
    make_page(issue=past, label="A10", name="文体", editor="张三", planned=3)
    make_page(issue=past, label="A2", name="民生", designer="李四", proofreader="王五")
    make_article(page=past.pages.first(), position=1)
    make_issue(issued_on=MONDAY + timedelta(days=5), serial=9005)
    with django_assert_num_queries(8):  # Four of them, and savepoints.
        issue = planning.plan_like(past, issued_on=date(2024, 7, 29))
    assert (issue.serial, issue.edition, issue.released_at) == (9006, 1, None)
    assert pages_of(issue) == pages_of(past)
    assert not any(page.articles.exists() for page in issue.pages.all())


def test_without_serials_none_is_made_up():
    issue = planning.plan_like(make_issue(issued_on=MONDAY, serial=None), issued_on=date.max)
    assert issue.serial is None


def test_a_date_that_is_taken_is_refused_and_nothing_is_stored():
    past = make_issue(issued_on=MONDAY)
    make_page(issue=past)
    with pytest.raises(planning.DateTakenError):
        planning.plan_like(past, issued_on=MONDAY)
    assert (Issue.objects.count(), Page.objects.count()) == (1, 1)


def test_the_next_free_date_is_the_first_from_tomorrow_without_an_issue():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert planning.next_free_date() == tomorrow
    for days in (0, 1, 3):
        make_issue(issued_on=tomorrow + timedelta(days=days))
    make_issue(issued_on=tomorrow + timedelta(days=2), edition=2)
    assert planning.next_free_date() == tomorrow + timedelta(days=2)


def test_a_paper_is_planned_like_that_of_a_week_before_or_else_the_last():
    assert planning.next_plan() is None
    day = timezone.localdate() + timedelta(days=1)
    last = make_issue(issued_on=day - timedelta(days=2))
    make_page(issue=last)
    empty = make_issue(issued_on=day - timedelta(days=1))
    assert planning.next_plan() == planning.Plan(day, last)
    assert planning.next_plan().label == f"照{last.title}建版"
    week_before = make_issue(issued_on=day - timedelta(days=7))
    make_page(issue=week_before)
    make_page(issue=week_before, label="A9")
    assert planning.next_plan() == planning.Plan(day, week_before)
    assert planning.next_plan().label == f"照上个{week_before.weekday}建版"
    assert empty.pages.count() == 0
