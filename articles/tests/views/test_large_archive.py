"""What the queries of readers' pages cost does not grow with the number of issues."""

from datetime import date, timedelta

import pytest
from django.db import connection

from articles.models import Issue
from articles.tests.factories import PAST, make_article, make_issue, make_page
from articles.tests.query_cost import Cost

pytestmark = pytest.mark.django_db

FEW, MANY = 30, 11_000


def costs(client, paths) -> dict[str, float]:
    """Return what the queries of each page cost."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")
    found = {}
    for path in paths:
        with Cost() as cost:
            assert client.get(path).status_code == 200
        found[path] = cost.total
    return found


def make_issues_before(day: date, count: int) -> None:
    """Make published issues without pages, one a day, the last on the day before a day."""
    days = (day - timedelta(days=number) for number in range(1, count + 1))
    Issue.objects.bulk_create(Issue(issued_on=each, released_at=PAST) for each in days)


@pytest.mark.slow
def test_pages_cost_the_same_with_thirty_issues_and_with_eleven_thousand(client):
    latest = date(2024, 7, 27)
    page = make_page(issue=make_issue(issued_on=latest))
    articles = [make_article(page=page) for _ in range(3)]
    make_issue(issued_on=date(2024, 12, 1), released_at=None)
    make_issues_before(latest, FEW - 1)
    middle = f"/{latest - timedelta(days=FEW // 2)}/"
    paths = ["/", "/2024-07-27/", middle, "/2024-07-27/A1/", articles[1].get_absolute_url()]
    paths += ["/archive/", "/archive/2024/7/", "/archive/2024/", "/2024-07-27/pages/"]
    before = costs(client, paths)
    make_issues_before(date(2024, 1, 1), MANY - FEW)
    after = costs(client, paths)
    assert {path: cost for path, cost in after.items() if cost > 1.2 * before[path] + 50} == {}
