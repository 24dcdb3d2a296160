"""The list of articles of an archive of 100,000."""

import time

import pytest
from django.urls import reverse

from articles import body
from articles.models import Article, Genre, Status

from .make import make_issue, make_page
from .posting import signed_in

pytestmark = pytest.mark.slow

ARTICLES = 100_000
QUERIES = 7


def test_the_list_of_100_000_articles_asks_as_often_as_a_short_one_and_is_quick(
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
    began = time.perf_counter()
    with django_assert_num_queries(QUERIES):
        answer = desk.get(address)
    assert time.perf_counter() - began < 1.5
    assert len(answer.context["cl"].result_list) == 50


def fill(pages, first: int, last: int) -> None:
    """Put articles on every page at the places from `first` to `last`."""
    words = body.from_paragraphs(["云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 4])
    Article.objects.bulk_create(
        (
            Article(
                headline=f"云溪区第{place}个便民服务点启用",
                body=words,
                page=page,
                position=place,
                status=Status.SIGNED,
                genre=Genre.NEWS,
            )
            for page in pages
            for place in range(first, last + 1)
        ),
        batch_size=5_000,
    )
