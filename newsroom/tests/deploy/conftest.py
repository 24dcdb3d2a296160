"""Fixtures of the tests of deploy/: the paper on one machine, behind nginx."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from articles.lists.entries import follow
from articles.tests import factories
from articles.tests.gunicorn_server import looking_at, own_database

from .nginx_path import nginx_path
from .nginx_server import Paper


@pytest.fixture(scope="module")
def paper(tmp_path_factory, django_db_setup, django_db_blocker, static_files) -> Iterator[Paper]:
    """A paper with an article and a photo, as it is served by nginx, for the tests of a module."""
    if nginx_path() is None:
        pytest.skip("nginx with its Brotli module is not installed")
    folder = tmp_path_factory.mktemp("paper")
    with own_database(folder) as database, django_db_blocker.unblock():
        if connection.vendor == "sqlite":  # Sooner there than by migrations.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [urlsplit(database).path])
        paper = Paper(folder, database)
        try:
            with looking_at(database), override_settings(MEDIA_ROOT=folder / "media"):
                call_command("migrate", verbosity=0)
                publish(paper)
            paper.start()
            yield paper
        finally:
            paper.stop()


def publish(paper: Paper) -> None:
    """Store a released issue; the article and the photo are attributes of the paper."""
    factories.make_masthead()
    page = factories.make_page(issue=factories.make_issue())
    paper.article = factories.make_article(page=page, headline="河埠路公园开放")
    paper.other = factories.make_article(page=page, headline="要撤下的稿件")
    paper.photo = factories.make_caption(article=paper.article).photo
    follow([paper.article.pk, paper.other.pk])
