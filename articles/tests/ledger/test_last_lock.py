"""The head of the ledger is the last lock: nobody who writes waits for another in a circle."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.editing import batch
from articles.editing.batch import SeenArticle
from articles.ledger import verification
from articles.models import Article, LedgerEntry
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.form_helpers import article_url, fields, signed_in
from articles.tests.workflow_factories import member_who_may, rewritten, through, written
from articles.workflow.release import recall, release

pytestmark = pytest.mark.django_db(transaction=True)
# What waits for a row that another transaction may hold.
LOCKING = re.compile(r"FOR (?:NO KEY )?UPDATE|^(?:UPDATE|DELETE|INSERT)")
HEAD = 'UPDATE "articles_ledgerhead"'
FIRST_HEADLINE = "初稿"


def locked_after_the_head(act) -> list[str]:
    """Return the statements of an act that lock rows after the head, within its transaction."""
    found, has_head = [], False
    with CaptureQueriesContext(connection) as queries:
        act()
    for sql in (query["sql"] for query in queries):
        if sql.startswith(("BEGIN", "COMMIT")):
            has_head = False
        elif sql.startswith(HEAD):
            has_head = True
        elif has_head and LOCKING.search(sql):
            found.append(sql)
    assert any(query["sql"].startswith(HEAD) for query in queries)
    return found


def after_the_head(act) -> list[str]:
    """Return what an act asks of the database after the head, before its transaction ends."""
    found, has_head = [], False
    with CaptureQueriesContext(connection) as queries:
        act()
    for sql in (query["sql"] for query in queries):
        has_head = not sql.startswith(("BEGIN", "COMMIT")) and (has_head or sql.startswith(HEAD))
        found += [sql] * has_head
    assert found[0].startswith(HEAD)
    return found[1:]


@pytest.fixture
def chief():
    return make_chief()


def test_a_form_that_saves_and_takes_a_step_locks_the_head_last(client, chief):
    article = written(by=chief, page=make_page(issue=make_issue(released_at=None)))
    client.force_login(chief)
    form = fields(client.get(article_url(article)), "article_form")
    form |= {"headline": "新题", "_move": "submit"}
    assert locked_after_the_head(partial(client.post, article_url(article), form)) == []
    article.refresh_from_db()
    assert (article.headline, article.status) == ("新题", "first_review")


def test_the_form_of_a_new_member_ends_with_the_head(chief):
    role = Group.objects.create(name="夜班")
    desk = signed_in(make_chief(username="admin", is_superuser=True))
    facts = {"username": "lin", "name": "林小禾", "groups": [role.pk], "password1": "correct horse"}
    facts["password2"] = facts["password1"]
    assert after_the_head(partial(desk.post, reverse("admin:articles_member_add"), facts)) == []
    assert LedgerEntry.objects.get().kind == "role"


def test_a_release_and_a_correction_lock_the_head_last(chief):
    issue = make_issue(released_at=None)
    article = make_article(page=make_page(issue=issue), headline=FIRST_HEADLINE)
    assert locked_after_the_head(partial(release, issue, by=chief)) == []
    facts = {"headline": "改正的标题", "reason": "有误", "notice": "标题有误"}
    assert locked_after_the_head(partial(rewritten, article, by=chief, **facts)) == []


def test_a_step_with_several_articles_locks_the_head_last_in_each(chief):
    writer = member_who_may()
    seen = [SeenArticle.of(Article.objects.get(pk=written(by=writer).pk)) for _each in range(3)]
    assert locked_after_the_head(partial(batch.move_all, seen, "submit", by=writer)) == []
    assert LedgerEntry.objects.filter(kind="review").count() == 3


def test_crossing_saves_steps_and_releases_all_come_to_an_end(together, chief):
    writer, reader = member_who_may(), member_who_may()
    issue, other = make_issue(released_at=None), make_issue(issued_on=date(2024, 7, 28))
    make_article(page=make_page(issue=issue))
    page = make_page(issue=other)
    public = make_article(page=page)
    articles = [written(by=writer, page=page) for _each in range(2)]
    later = timezone.now() + timedelta(hours=1)

    def save_and_step(article):
        for number in range(4):
            rewritten(article, by=writer, headline=f"第{number}稿")
            through(Article.objects.get(pk=article.pk), ("submit", writer), ("return", reader))

    def release_and_recall():
        for _round in range(4):
            release(issue, by=chief, at=later)
            recall(issue, by=chief)

    def correct():
        for number in range(4):
            rewritten(public, by=chief, headline=f"改正{number}", reason="有误", notice="有误")

    steps = [partial(save_and_step, each) for each in articles]
    together([*steps, release_and_recall, correct])
    assert verification.verify().defects == []
    assert LedgerEntry.objects.filter(kind__in=("release", "recall")).count() == 8
