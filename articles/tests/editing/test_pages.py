"""A page that is added late: its label, its name, and who may add it."""

from datetime import date

import pytest

from articles.editing.pages import add_page, next_label, usual_name
from articles.editing.placement import PlacementError
from articles.tests.factories import PAST, make_issue, make_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("labels", "expected"),
    [([], "A1"), (["A1"], "A2"), (["A9"], "A10"), (["08"], "09"), (["99"], "100"), (["~"], "A1")]
    + [(["A1", "A2", "B1"], "B2")],
)
def test_the_label_after_the_last_one(labels, expected):
    assert next_label(labels) == expected


def test_the_name_is_that_of_the_latest_page_with_the_label():
    for day, name in ((1, "民生"), (3, "文化"), (5, "")):
        make_page(issue=make_issue(issued_on=date(2024, 7, day)), label="A4", name=name)
    assert (usual_name("A4"), usual_name("A5")) == ("文化", "")


def test_an_editor_adds_a_page(roles):
    issue = make_issue(released_at=None)
    page = add_page(issue, " b1 ", " 文化 ", by=roles("责任编辑"))
    assert list(issue.pages.values_list("label", "name")) == [("B1", "文化")]
    assert page.pk


@pytest.mark.parametrize("label", ["", "A1", "要闻", "A1000", "A1B", "a1\x00"])
def test_a_label_that_is_taken_or_none_is_refused(roles, label):
    issue = make_issue(released_at=None)
    make_page(issue=issue)
    with pytest.raises(PlacementError):
        add_page(issue, label, "", by=roles("责任编辑"))
    assert issue.pages.count() == 1


def test_a_released_or_deleted_issue_and_a_reporter_are_refused(roles):
    editor, reporter = roles("值班总编"), roles("记者")
    released, planned, deleted = (make_issue(edition=n, released_at=None) for n in (1, 2, 3))
    type(released).objects.filter(pk=released.pk).update(released_at=PAST)
    type(deleted).objects.filter(pk=deleted.pk).delete()
    for issue, by in ((released, editor), (deleted, editor), (planned, reporter)):
        with pytest.raises(PlacementError):
            add_page(issue, "A1", "", by=by)
    assert not released.pages.exists() and not planned.pages.exists()
