"""What moves the number of which scope, in the transaction of the change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import publication, revisions
from articles.editing import placement, saving
from articles.models import Article, Issue, PublicChange, Status
from articles.publication import EVERYTHING, LISTS, NAMES, issue_scope
from articles.tests import factories
from articles.workflow import MoveRefusedError, move, transitions
from articles.workflow.release import recall, release, release_printed

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 27)


@pytest.fixture
def chief():
    return factories.make_chief()


@pytest.fixture
def issue():
    """A published issue; the days before and after it are published too."""
    for days in (-2, -1, 1, 2):
        factories.make_issue(issued_on=DAY + timedelta(days=days))
    return factories.make_issue(issued_on=DAY)


@pytest.fixture
def article(issue):
    return factories.make_article(page=factories.make_page(issue=issue))


@pytest.fixture
def draft():
    """A draft on a page of an issue that is not released."""
    tomorrow = factories.make_issue(issued_on=DAY + timedelta(days=9), released_at=None)
    page = factories.make_page(issue=tomorrow)
    return factories.make_article(page=page, status=Status.DRAFT)


def moved(act, *args, **options) -> set[str]:
    """Return the scopes whose numbers an act moves; an issue by its day of July."""
    days = {issue_scope(issue.pk): issue.issued_on.day for issue in Issue.objects.all()}
    scopes = [*publication.SITE, *days]
    before = publication.numbers(scopes)
    act(*args, **options)
    after = publication.numbers(scopes)
    return {days.get(scope, scope) for scope in scopes if after[scope] != before[scope]}


def rewrite(article, by, **facts):
    words = revisions.read(article)
    submission = saving.Submission(replace(words, **facts), saving.metadata_of(article))
    version = Article.objects.get(pk=article.pk).version
    saving.save(
        article.pk, submission, base=saving.BaseVersion(version), by=by, reason="更正", notice=""
    )


def test_a_correction_moves_its_issue_and_the_lists(article, chief):
    revisions.record(article, by=None)
    assert moved(rewrite, article, chief, headline="更正后的标题") == {27, LISTS}


def test_an_earlier_version_restored_moves_them(article, chief):
    revisions.record(article, by=None)
    first = article.revisions.get()
    rewrite(article, chief, headline="更正后的标题")
    assert moved(saving.restore, first, version=2, by=chief, reason="恢复") == {27, LISTS}


def test_a_withdrawal_moves_them(article, chief):
    assert moved(move, article, "withdraw", by=chief, note="有误") == {27, LISTS}


def test_work_on_an_issue_that_is_not_released_moves_nothing(draft, chief):
    assert moved(move, draft, "submit", by=chief) == set()
    assert moved(rewrite, draft, chief, headline="新标题") == set()
    assert moved(placement.set_rank, draft.pk, 1, by=chief) == set()
    assert moved(placement.place, draft, None, by=chief) == set()


def test_what_is_refused_moves_nothing(article, chief):
    def refused():
        with pytest.raises(MoveRefusedError):
            move(article, "withdraw", by=chief, note="")

    assert moved(refused) == set()


def test_an_article_that_is_signed_late_moves_the_released_issue(issue, chief):
    page = factories.make_page(issue=issue)
    late = factories.make_article(page=page, status=Status.FINAL_REVIEW)
    revisions.record(late, by=factories.make_member(username="jizhe"))
    assert moved(move, late, "hold", by=chief) == {27, LISTS}


def test_rank_and_place_move_the_issue(article, chief):
    other = factories.make_article(page=article.page)
    assert moved(placement.set_rank, article.pk, 1, by=chief) == {27, LISTS}
    seen = placement.arrangement([article.page], [article, other])
    put = (placement.put, other, article.page, 1)
    assert moved(*put, seen=seen, by=chief) == {27, LISTS}


def test_an_article_that_changes_issues_moves_both_that_wait_for_their_minute(issue, chief):
    soon = timezone.now() + timedelta(hours=1)
    pages = []
    for days in (3, 4):
        waiting = factories.make_issue(issued_on=DAY + timedelta(days=days), released_at=soon)
        pages.append(factories.make_page(issue=waiting))
    article = factories.make_article(page=pages[0])
    assert moved(placement.place, article, pages[1], by=chief) == {30, 31, LISTS}


def test_a_release_moves_the_issues_beside_it_and_those_that_wait(issue, chief):
    waiting = factories.make_issue(
        issued_on=DAY + timedelta(days=4), released_at=timezone.now() + timedelta(hours=1)
    )
    extra = factories.make_issue(issued_on=DAY, edition=2, released_at=None)
    page = factories.make_page(issue=extra)
    factories.make_article(page=page, headline="号外")
    assert waiting.issued_on.day == 31
    later = timezone.now() + timedelta(hours=2)
    assert moved(release, extra, by=chief, at=later) == {27, 28, 31, LISTS}
    assert moved(recall, extra, by=chief) == {27, 28, 31, LISTS}


def test_a_back_issue_moves_its_neighbours(issue, chief):
    old = factories.make_issue(issued_on=DAY - timedelta(days=9), released_at=None)
    factories.make_article(page=factories.make_page(issue=old))
    assert moved(release_printed, old, by=chief) == {18, 25, LISTS}


def test_articles_signed_as_printed_move_a_released_issue(issue, chief):
    page = factories.make_page(issue=issue)
    printed = factories.make_article(page=page, status=Status.DRAFT)
    revisions.record(printed, by=None)
    assert moved(transitions.sign_printed_articles, [printed], by=chief) == {27, LISTS}


def test_a_photo_moves_the_issues_that_show_it(article):
    photo = factories.make_caption(article=article).photo
    assert moved(publication.row_changed, photo) == {27, LISTS}
    assert moved(publication.row_changed, factories.make_photo()) == set()


@pytest.mark.parametrize("row_of", [lambda draft: draft.page, lambda draft: draft])
def test_a_row_that_was_loaded_before_the_release_moves_its_issue(draft, row_of):
    row, page = row_of(draft), draft.page
    assert moved(publication.row_changed, row) == set()
    Issue.objects.filter(pk=page.issue_id).update(released_at=timezone.now())
    assert page.issue.released_at is None
    assert moved(publication.row_changed, row) == {page.issue.issued_on.day, LISTS}


@pytest.mark.parametrize(
    ("make", "new", "changed"),
    [
        (factories.make_masthead, {EVERYTHING, LISTS, NAMES}, {EVERYTHING, LISTS, NAMES}),
        (factories.make_column, {LISTS}, {EVERYTHING, LISTS, NAMES}),
        (factories.make_contributor, {LISTS, NAMES}, {EVERYTHING, LISTS, NAMES}),
    ],
)
def test_what_any_page_may_show_moves_all(make, new, changed):
    row = make()
    assert moved(publication.row_changed, row, is_new=True) == new
    assert moved(publication.row_changed, row) == changed


def test_a_change_that_is_rolled_back_moves_nothing(issue):
    def fail():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            publication.everything_changed()
            raise ZeroDivisionError

    assert moved(fail) == set()


def test_a_number_never_comes_back_when_old_rows_are_merged(
    issue, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(publication, "MERGED_EVERY", 1)
    seen = set()
    for _ in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            publication.issues_changed([issue])
        PublicChange.objects.update(made_at=timezone.now() - timedelta(hours=2))
        seen.add(publication.numbers([LISTS])[LISTS])
    assert len(seen) == 5
    assert PublicChange.objects.filter(scope=LISTS).count() <= 2


def test_the_next_release_is_that_of_the_issues_between(issue):
    now = timezone.now()
    assert publication.next_release(now) is None
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    far = factories.make_issue(issued_on=DAY + timedelta(days=30), released_at=soon)
    extra = factories.make_issue(issued_on=DAY, edition=2, released_at=later)
    before, after = (Issue.objects.get(issued_on=DAY + timedelta(days=d)) for d in (-1, 1))
    assert publication.next_release(now) == soon
    assert publication.next_release_between(before, after, now) == later
    assert publication.next_release_between(after, None, now) == far.released_at
    assert publication.next_release_between(None, before, now) is None
    assert extra.released_at == later


def test_numbers_are_read_with_one_query(issue, django_assert_num_queries):
    scopes = [*publication.SITE, issue_scope(issue.pk), issue_scope(0)]
    publication.issues_changed([issue])
    with django_assert_num_queries(1):
        found = publication.numbers(scopes)
    assert found[issue_scope(0)] == ""
    assert found[issue_scope(issue.pk)] != ""


def test_rows_that_are_loaded_move_all():
    load = (call_command, "loaddata", "roles")
    assert moved(*load, verbosity=0) == {EVERYTHING, LISTS, NAMES}
