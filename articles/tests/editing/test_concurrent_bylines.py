"""Bylines of one article, stored by several editors at once."""

import pytest

from articles.models import Status
from articles.tests import factories
from articles.tests.form_helpers import (
    article_data,
    article_url,
    byline_rows,
    bylines_of,
    fields,
    signed_in,
)


@pytest.mark.slow
@pytest.mark.parametrize("placed", [True, False])
def test_bylines_added_by_four_editors_at_once_are_asked_about_and_all_kept(together, placed):
    page = factories.make_page(issue=factories.make_issue(released_at=None)) if placed else None
    article = factories.make_article(page=page, status=Status.DRAFT)
    factories.make_byline(article=article, name="先")
    chief = factories.make_chief()
    stored = byline_rows(article)

    def add(name):
        client = signed_in(chief)
        rows = [*stored, {"order": 2, "role": "记者", "name": name}]
        form = article_data(headline="同时", bylines=rows, stored=1, page=page.pk if page else "")
        answer, asked = client.post(article_url(article), form | {"_version": "0"}), 0
        while answer.status_code == 409:
            asked += 1
            form = fields(answer, "conflict_form") | {"choice-bylines": "both"}
            answer = client.post(article_url(article), form)
        return answer.status_code, asked

    answers = together([lambda name=name: add(name) for name in "甲乙丙丁"])
    assert [status for status, _ in answers] == [302] * 4
    assert sum(asked == 0 for _, asked in answers) == 1
    kept = bylines_of(article)
    assert [place for place, _, _ in kept] == [1, 2, 3, 4, 5]
    assert sorted(name for _, _, name in kept) == sorted("先甲乙丙丁")
