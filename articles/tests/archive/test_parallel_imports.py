"""Imports at the same time, and the desk going on with what an import has brought."""

import pytest
from django.db.models import Count

from articles import revisions
from articles.editing import saving
from articles.models import Article, Column, Contributor, Issue, Page, Review, Revision, Status
from articles.tests.archive_records import row, stored
from articles.tests.factories import make_chief, make_member
from articles.workflow import move, queues

pytestmark = pytest.mark.django_db
DAYS = [f"2019-10-{day:02d}" for day in range(1, 9)]


def issue(day: str) -> list[dict]:
    who = {"name": "张可馨", "contributor": ["张可馨", ""]}
    return [row(date=day, order=order, column="民生", bylines=[who]) for order in range(1, 9)]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_three_imports_at_once_store_everything_once(together):
    def work():
        return [stored(*issue(day), release=True) for day in DAYS]

    outcomes = together([work, work, work])
    assert [sum(each[n].created for each in outcomes) for n in range(len(DAYS))] == [8] * 8
    assert [sum(each[n].is_released for each in outcomes) for n in range(len(DAYS))] == [1] * 8
    counts = [each.objects.count() for each in (Issue, Page, Article, Revision, Review)]
    assert counts == [8, 8, 64, 64, 64]
    assert (Column.objects.count(), Contributor.objects.count()) == (1, 1)
    assert not Article.objects.annotate(kept=Count("revisions")).exclude(kept=1).exists()


def test_a_printed_article_is_corrected_and_withdrawn_like_any_other(client):
    stored(row(), release=True)
    article, chief = Article.objects.get(), make_chief()
    copy = revisions.read(article)
    typed = saving.Submission(
        type(copy)(headline="更正后的标题", body=copy.body), saving.metadata_of(article)
    )
    seen = saving.BaseVersion(1, saving.metadata_of(article))
    kept = saving.save(article.pk, typed, base=seen, by=chief, reason="错字", notice="标题有误。")
    assert kept.article.status == Status.SIGNED
    address = article.get_absolute_url()
    assert "更正后的标题" in client.get(address).content.decode()
    move(Article.objects.get(), "withdraw", by=chief, note="有误")
    assert client.get(address).status_code == 410
    moves = Review.objects.order_by("pk").values_list("move", flat=True)
    assert list(moves) == ["print", "correct", "withdraw"]


def test_words_of_nobody_wait_for_everybody_s_reading_and_for_nobody_s_mending():
    stored(row(), row(order=2))
    chief, reader = make_chief(), make_chief(username="bianwei")
    article = Article.objects.first()
    move(article, "submit", by=chief)
    assert list(queues.waiting_for(reader)) == [article]
    move(article, "pass_first", by=reader)
    assert list(queues.waiting_for(chief)) == [article]
    nobody = make_member(username="jizhe")
    for queue in (queues.waiting_for, queues.returned_to, queues.unfinished_by):
        assert list(queue(nobody)) == []
    assert list(queues.unfinished_by(chief)) == []
