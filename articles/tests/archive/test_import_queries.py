"""An import asks the database as often for an issue of one article as for one of many."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.tests.archive_records import row, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("options", [{}, {"release": True}])
def test_an_issue_of_one_article_asks_as_often_as_one_of_many(options):
    def issue(day: str, many: int) -> list[dict]:
        return [
            row(
                date=day,
                order=order,
                column=f"栏目{day}{order}",
                tags=[f"标签{day}{order}"],
                bylines=[{"name": f"某{day}{order}", "contributor": [f"某{day}{order}", ""]}],
            )
            for order in range(1, many + 1)
        ]

    def asked(rows: list[dict]) -> int:
        with CaptureQueriesContext(connection) as queries:
            stored(*rows, **options)
        return len(queries)

    ContentType.objects.get_for_model(Article)  # Django asks for it once in a process.
    few, many = asked(issue("2019-10-01", 1)), asked(issue("2019-10-02", 35))
    assert many == few
    assert asked(issue("2019-10-02", 35)) == asked(issue("2019-10-01", 1)) < few
    if not options:
        changed = [r | {"deck": "新"} for r in issue("2019-10-02", 35)]
        assert asked(changed) == asked([issue("2019-10-01", 1)[0] | {"deck": "新"}])
