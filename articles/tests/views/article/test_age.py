"""An old article says how old it is, and leads to today's paper."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.views.article.age import age_notice


@pytest.mark.parametrize(
    ("printed_on", "today", "notice"),
    [
        (date(2024, 7, 27), date(2024, 8, 26), ""),
        (date(2024, 7, 27), date(2024, 8, 27), "这是1个月前的报道"),
        (date(2024, 7, 31), date(2024, 9, 30), "这是1个月前的报道"),
        (date(2024, 7, 27), date(2025, 7, 26), "这是11个月前的报道"),
        (date(2024, 7, 27), date(2025, 7, 27), "这是1年前的报道"),
        (date(2019, 10, 15), date(2025, 10, 14), "这是5年前的报道"),
        (date(2024, 2, 29), date(2025, 2, 28), "这是11个月前的报道"),
        (date(2024, 7, 27), date(2024, 7, 26), ""),
    ],
)
def test_an_age_is_told_in_whole_months_and_years(printed_on, today, notice):
    assert age_notice(printed_on, today) == notice


@pytest.mark.django_db
def test_an_old_article_leads_to_the_paper_of_today(client):
    today = timezone.localdate()
    for days, notices in ((3, []), (3 * 366, ["这是3年前的报道今日报纸"])):
        issue = factories.make_issue(issued_on=today - timedelta(days=days))
        article = factories.make_article(page=factories.make_page(issue=issue))
        page = Parsed(client.get(article.get_absolute_url()))
        assert page.texts(".//p[@class='age']") == notices
        assert page.links(".//p[@class='age']") == ["/"] * len(notices)
