"""Bylines and captions of one article, stored by two editors at once."""

import pytest
from django.test import Client

from articles.models import Member, Status

from . import make
from .test_article_admin import address, rows_of, signed, typed


@pytest.mark.slow
@pytest.mark.parametrize("placed", [True, False])
def test_bylines_added_by_four_editors_at_once_are_all_kept_in_order(together, placed):
    page = make.make_page(issue=make.make_issue(released_at=None)) if placed else None
    article = make.make_article(page=page, status=Status.DRAFT)
    make.make_byline(article=article, name="先")
    chief = Member.objects.create_superuser("chief", password="correct horse battery")
    stored = rows_of(article)

    def add(name):
        client = Client()
        client.force_login(chief)
        rows = [*stored, {"order": 2, "role": "记者", "name": name}]
        form = typed(headline="同时", bylines=rows, stored=1, page=page.pk if page else "")
        return client.post(address(article), form).status_code

    assert together([lambda name=name: add(name) for name in "甲乙丙丁"]) == [302] * 4
    kept = signed(article)
    assert [place for place, _, _ in kept] == [1, 2, 3, 4, 5]
    assert sorted(name for _, _, name in kept) == sorted("先甲乙丙丁")
