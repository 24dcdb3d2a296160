"""The list of articles of an archive of 100,000."""

from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from articles.content import article_html
from articles.models import Article, Status
from articles.tests.factories import make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.query_cost import Cost

pytestmark = pytest.mark.slow

ARTICLES = 100_000
QUERIES = 13
# Steps of SQLite, rows that PostgreSQL reads: a few for each article, since they are counted and
# sorted by their paper.
MOST = {"sqlite": 120 * ARTICLES, "postgresql": 5 * ARTICLES}


def test_the_list_of_100_000_articles_asks_as_often_as_a_short_one_and_reads_little(
    db, django_assert_num_queries
):
    desk = signed_in()
    pages = [make_page(issue=make_issue(edition=n + 1)) for n in range(100)]
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
    """Put articles on every page at the places from `first` to `last`: copies of one."""
    words = article_html.html_from_paragraphs(
        ["云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 4]
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
        if connection.vendor == "postgresql":
            # Autovacuum would, a moment later: without it plans depend on whether it came by.
            cursor.execute(f"ANALYZE {Article._meta.db_table}")
