"""Selections compiled once answer as the queryset they were made from."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from articles.models import Issue, Page
from articles.prepared import Prepared
from articles.tests import make

pytestmark = pytest.mark.django_db

WITH_NEIGHBOURS = Prepared(
    lambda at, issued_on: (
        Issue.objects.published(at).filter(issued_on=issued_on).with_neighbours(at)
    ),
    at=datetime,
    issued_on=date,
)


def test_each_call_is_answered_with_its_own_values(django_assert_num_queries):
    for day in (1, 2, 5):
        make.make_issue(issued_on=date(2024, 7, day))
    for day in (2, 5):
        asked = {"at": timezone.now(), "issued_on": date(2024, 7, day)}
        with django_assert_num_queries(1):
            found = WITH_NEIGHBOURS(**asked)
        assert found == list(Issue.objects.filter(issued_on=date(2024, 7, day)))


def test_annotations_are_python_values():
    for day in (1, 2):
        make.make_issue(issued_on=date(2024, 7, day))
    found = WITH_NEIGHBOURS(at=timezone.now(), issued_on=date(2024, 7, 2))[0]
    assert (found.previous_on, found.previous_edition) == (date(2024, 7, 1), 1)
    assert (found.next_on, found.next_edition) == (None, None)


def test_instants_are_compared_to_the_microsecond():
    at = timezone.now()
    make.make_issue(released_at=at)
    just_before = at.replace(microsecond=at.microsecond - 1 if at.microsecond else 0)
    asked = {"issued_on": date(2024, 7, 27)}
    assert len(WITH_NEIGHBOURS(at=at, **asked)) == 1
    if just_before < at:
        assert WITH_NEIGHBOURS(at=just_before, **asked) == []


def test_a_value_the_selection_does_not_use_is_refused():
    unused = Prepared(lambda at: Page.objects.all(), at=datetime)
    with pytest.raises(ValueError, match="at"):
        unused(at=timezone.now())
