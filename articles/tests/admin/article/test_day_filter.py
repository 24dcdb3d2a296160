"""The list of articles by the day of the paper: chosen, or typed."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return signed_in()


def headlines(desk, day: str) -> str:
    """Return the headlines of the list of some days, in its order."""
    shown = desk.get("/admin/articles/article/", {"day": day}).context["cl"].result_list
    return "".join(article.headline for article in shown)


def test_the_list_shows_the_papers_of_some_days(desk, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 8, 3))
    days = [("甲", 8, 4), ("乙", 8, 3), ("丙", 7, 28), ("丁", 7, 27), ("戊", 6, 30)]
    for headline, month, day in days:
        issue = factories.make_issue(issued_on=date(2024, month, day))
        factories.make_article(page=factories.make_page(issue=issue), headline=headline)
    loose = factories.make_article(headline="己")
    at = datetime(2024, 7, 31, 23, tzinfo=UTC)  # The first of August in the newsroom.
    Article.objects.filter(pk=loose.pk).update(changed_at=at)
    found = [headlines(desk, day=each) for each in ("next", "week", "month", "before", "x")]
    assert found == ["甲乙", "乙己丙", "甲乙己", "丙丁", "甲乙己丙丁戊"]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("2024-07-27", "甲"),
        ("2024-7", "乙甲"),
        (" 2024-12 ", "丙"),
        ("2024", "丙乙甲"),
        ("2023", ""),
        ("2024-13", "丙乙甲"),
        ("0000", "丙乙甲"),
        ("0001-01-01", "丙乙甲"),
        ("9999-12-31", "丙乙甲"),
        ("昨天", "丙乙甲"),
    ],
)
def test_a_day_a_month_or_a_year_can_be_typed(desk, typed, found):
    for headline, day in (("甲", (7, 27)), ("乙", (7, 31)), ("丙", (12, 31))):
        issue = factories.make_issue(issued_on=date(2024, *day))
        factories.make_article(page=factories.make_page(issue=issue), headline=headline)
    assert headlines(desk, day=typed) == found


def test_what_is_on_no_page_is_found_by_the_day_of_its_last_change(desk):
    article = factories.make_article(headline="甲")
    factories.make_article(headline="乙")
    at = timezone.make_aware(datetime(2024, 7, 27, 23, 59))
    Article.objects.filter(pk=article.pk).update(changed_at=at)
    assert headlines(desk, day="2024-07-27") == "甲"
