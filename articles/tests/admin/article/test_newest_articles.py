"""The list of articles of a long archive: the newest of it, and what waits."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from articles.admin.article import newest
from articles.admin.list_mixins import CappedPaginator
from articles.models import Article, Status
from articles.tests import factories
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def desk():
    return signed_in()


def headlines(desk, **query) -> str:
    return "".join(article.headline for article in desk.get(LIST, query).context["cl"].result_list)


def test_a_list_that_nothing_narrows_shows_the_latest_issues(desk, monkeypatch):
    monkeypatch.setattr(newest, "ISSUES", 2)
    column = factories.make_column()
    for headline, day in (("甲", 26), ("乙", 27), ("丙", 28)):
        issue = factories.make_issue(issued_on=date(2024, 7, day))
        page = factories.make_page(issue=issue)
        factories.make_article(page=page, headline=headline, column=column)
    factories.make_article(headline="丁")
    old = factories.make_article(headline="戊", status=Status.DRAFT)
    at = timezone.make_aware(datetime(2024, 7, 26, 12))
    Article.objects.filter(pk=old.pk).update(changed_at=at)

    assert (
        headlines(desk) == headlines(desk, o="") == headlines(desk, genre__exact="news") == "丁丙乙"
    )
    assert "2024年7月27日起的报纸" in desk.get(LIST).content.decode()
    assert "2024年7月27日起的报纸" in desk.get(LIST, {"day": "2024"}).content.decode()
    assert "起的报纸" not in desk.get(LIST, {"day": "2024-07-27"}).content.decode()
    assert desk.get(LIST, {"changed_on": "0001-01-01"}).status_code == 200
    assert headlines(desk, status__exact="signed") == "丁丙乙"
    assert headlines(desk, status__exact="draft") == "戊"
    assert headlines(desk, column__id__exact=column.pk) == "丙乙甲"
    assert headlines(desk, day="2024") == "丙乙"
    assert headlines(desk, day="2024-07-26") == "甲戊"


def test_the_list_of_a_long_column_shows_its_newest_and_what_waits(desk, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "cap", 3)
    column = factories.make_column()
    for headline, day in (("甲", 25), ("乙", 26), ("丙", 27), ("丁", 28)):
        page = factories.make_page(issue=factories.make_issue(issued_on=date(2024, 7, day)))
        factories.make_article(page=page, headline=headline, column=column)
    chosen = {"column__id__exact": column.pk}
    assert headlines(desk, **chosen) == "丁丙乙"
    assert "2024年7月26日起的报纸" in desk.get(LIST, chosen).content.decode()
    tonight = factories.make_issue(issued_on=date(2024, 7, 29), released_at=None)
    page = factories.make_page(issue=tonight)
    factories.make_article(page=page, headline="今", column=column, status=Status.DRAFT)
    factories.make_article(page=page, headline="别", status=Status.DRAFT)
    factories.make_article(headline="无", column=column, status=Status.DRAFT)
    assert newest.ids_of_column(str(column.pk), date(2024, 7, 26)).count() == 5
    assert headlines(desk, **chosen) == "无今丁丙乙"
    assert headlines(desk, **chosen, status__exact="draft") == "无今"
    assert headlines(desk, **chosen, day="2024-07-25") == "甲"


def test_a_column_that_is_no_number_leads_back_to_the_list(desk):
    for name in ("民生", "时政"):
        factories.make_column(name=name)
    assert desk.get(LIST, {"column__id__exact": "x"}).status_code == 302
