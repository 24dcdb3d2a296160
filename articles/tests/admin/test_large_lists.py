"""The list of articles of an archive of 100,000: forty a day, as in a real month."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from articles.content import article_html
from articles.models import Article, Status
from articles.query_planner import refresh_statistics
from articles.tests.factories import make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.query_cost import Cost

pytestmark = pytest.mark.slow

ARTICLES, ISSUES = 100_000, 2_500
SHOWN = 50 * ARTICLES // ISSUES
QUERIES = 12
# Steps of SQLite, rows that PostgreSQL reads: a few for each article of the latest issues, since
# they are counted and sorted by their paper; PostgreSQL reads all days and pages for that, too.
MOST = {"sqlite": 300 * SHOWN, "postgresql": 10 * SHOWN + 4 * ISSUES}


def test_the_list_of_100_000_articles_asks_as_often_as_a_short_one_and_reads_little(
    db, django_assert_num_queries
):
    desk = signed_in()
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(ISSUES)]
    pages = [make_page(issue=make_issue(issued_on=day)) for day in days]
    address = reverse("admin:articles_article_changelist")
    fill(pages, 1, 1)
    desk.get(address)
    with django_assert_num_queries(QUERIES):
        desk.get(address)
    fill(pages, 2, ARTICLES // len(pages))
    assert Article.objects.count() == ARTICLES
    with django_assert_num_queries(QUERIES):
        answer = desk.get(address)
    assert len(answer.context["cl"].result_list) == 50
    with Cost() as cost:
        desk.get(address)
    assert cost.total < MOST[connection.vendor]


def fill(pages, first: int, last: int) -> None:
    """Put articles on every page at the places from `first` to `last`: copies of one.

    Of 520 字, which PostgreSQL does not compress: a small table it reads whole, not by an index.
    """
    words = article_html.html_from_paragraphs(
        ["云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 20]
    )
    model = Article(headline="云溪区便民服务点启用", body=words, status=Status.SIGNED)
    columns = [field for field in Article._meta.concrete_fields if not field.primary_key]
    alike = {
        each.column: each.get_db_prep_save(each.pre_save(model, True), connection)
        for each in columns
    }
    uid = Article._meta.get_field("uid")
    rows = (
        alike
        | {"uid": uid.get_db_prep_save(uuid4(), connection), "page_id": page.pk, "position": place}
        for page in pages
        for place in range(first, last + 1)
    )
    names, marks = ", ".join(alike), ", ".join(["%s"] * len(alike))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Article._meta.db_table} ({names}) VALUES ({marks})",
            (tuple(row.values()) for row in rows),
        )
    # A newsroom's database would, at night: what plans it makes depends on whether it did.
    refresh_statistics()
