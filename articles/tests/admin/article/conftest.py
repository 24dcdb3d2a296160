"""Fixtures for tests of the article form: signed-in members of the desk, and an article."""

import pytest
from django.test import Client

from articles.content import article_html
from articles.models import Article, Member
from articles.tests import factories
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, signed_in


@pytest.fixture
def chief(db) -> Member:
    """Return a superuser of the desk."""
    return factories.make_chief(username="chief", name="总编", is_superuser=True)


@pytest.fixture
def desk(chief) -> Client:
    """Return a client signed in as the superuser."""
    return signed_in(chief)


@pytest.fixture
def mine(db):
    """Return the client of the first of two editors."""
    return signed_in(factories.make_chief(username="lin", name="林晓禾"))


@pytest.fixture
def theirs(db):
    """Return the client of the second of two editors."""
    return signed_in(factories.make_chief(username="zhou", name="周一鸣"))


@pytest.fixture
def article(mine) -> Article:
    """Return a draft that the first editor has saved once."""
    rows = [{"order": 1, "role": "记者", "name": "林晓禾"}]
    body_typed = article_html.html_from_paragraphs(["第一段。", "第二段。", "第三段。"])
    mine.post(
        ARTICLE_ADD_URL,
        article_data(headline="旧题", body=body_typed, bylines=rows, tags="民生，交通"),
    )
    return Article.objects.get()
