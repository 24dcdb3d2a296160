"""Signing, returning, releasing, recalling: one door, and what it refuses."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import workflow
from articles.models import Article, Issue, Status
from articles.workflow import Blocker, MoveRefused

from .make import make_article, make_issue, make_member, make_page


def member_who_may(*codenames, username="banzi"):
    member = make_member(username=username)
    member.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return member


@pytest.fixture
def signer(db):
    return member_who_may("sign_article", username="zhuren")


@pytest.fixture
def releaser(db):
    return member_who_may("release_issue", username="bianwei")


@pytest.fixture
def reporter(db):
    return make_member(username="jizhe")


@pytest.fixture
def ready(db):
    """An issue with nothing missing, not released."""
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    return page.issue


def stored(row):
    return type(row).objects.get(pk=row.pk)


def log_of(row):
    return list(
        LogEntry.objects.filter(object_id=str(row.pk)).values_list("user__username", flat=True)
    )


def test_signing_makes_a_draft_signed_and_is_logged(signer):
    article = make_article(status=Status.DRAFT)
    assert workflow.move(article, "sign", by=signer) == "已签发。"
    assert (article.status, stored(article).status) == (Status.SIGNED, Status.SIGNED)
    assert log_of(article) == ["zhuren"]


def test_signing_twice_is_refused_and_logged_once(signer):
    article = make_article(status=Status.DRAFT)
    stale = stored(article)
    workflow.move(article, "sign", by=signer)
    with pytest.raises(MoveRefused, match="别人先一步"):
        workflow.move(stale, "sign", by=signer)
    assert log_of(article) == ["zhuren"]


@pytest.mark.parametrize("name", ["sign", "return", "publish"])
def test_without_the_right_no_step_is_taken(reporter, name):
    article = make_article(status=Status.DRAFT)
    with pytest.raises(MoveRefused):
        workflow.move(article, name, by=reporter)
    assert stored(article).status == Status.DRAFT


def test_a_superuser_is_bound_by_the_table(db):
    chief = make_member(username="guanli", is_superuser=True)
    with pytest.raises(MoveRefused):
        workflow.move(make_article(), "sign", by=chief)
    with pytest.raises(MoveRefused, match="没有这一步"):
        workflow.move(make_article(), "publish", by=chief)


def test_only_the_moves_that_are_open_are_offered(signer, reporter):
    draft, signed = make_article(status=Status.DRAFT), make_article()
    assert workflow.open_moves(draft, by=signer) == ["sign"]
    assert workflow.open_moves(signed, by=signer) == ["return"]
    assert workflow.open_moves(draft, by=reporter) == []


def test_an_article_of_a_released_issue_is_not_returned(signer):
    for after in (timedelta(hours=-1), timedelta(hours=1)):
        issue = make_issue(released_at=timezone.now() + after)
        article = make_article(page=make_page(issue=issue))
        with pytest.raises(MoveRefused, match="请先撤回"):
            workflow.move(article, "return", by=signer)
        assert stored(article).status == Status.SIGNED
        Article.objects.all().delete()
        issue.delete()


def test_changed_words_void_the_sign_off(reporter):
    article = make_article()
    assert workflow.words_changed(article, by=reporter) is True
    assert stored(article).status == article.status == Status.DRAFT
    assert workflow.words_changed(article, by=reporter) is False


def test_words_of_a_released_issue_are_changed_only_by_who_may_sign(reporter, signer):
    article = make_article(page=make_page())
    assert not workflow.may_change_words(article, by=reporter)
    with pytest.raises(MoveRefused):
        workflow.words_changed(article, by=reporter)
    assert workflow.may_change_words(article, by=signer)
    assert workflow.words_changed(article, by=signer) is False
    assert stored(article).status == Status.SIGNED


def test_blockers_name_what_is_missing_in_page_order(db, django_assert_num_queries):
    issue = make_issue(released_at=None)
    assert workflow.blockers(issue) == [Blocker("这一期还没有版面。", issue)]
    tenth, second = make_page(issue=issue, label="A10"), make_page(issue=issue, label="A2", name="")
    draft = make_article(page=tenth, status=Status.DRAFT, headline="云溪区今天开渔")
    make_article(page=tenth)
    with django_assert_num_queries(2):
        found = workflow.blockers(issue)
    assert found == [
        Blocker("A2 还没有稿件。", second),
        Blocker("A10《云溪区今天开渔》尚未签发。", draft),
    ]


def test_a_ready_issue_is_released_at_once(ready, releaser):
    assert not Issue.objects.published().exists()
    workflow.release(ready, by=releaser)
    assert list(Issue.objects.published()) == [ready]
    assert log_of(ready) == ["bianwei"]


def test_a_release_waits_for_its_minute(ready, releaser):
    minute = timezone.now() + timedelta(hours=2)
    workflow.release(ready, by=releaser, at=minute)
    assert stored(ready).released_at == minute
    assert not Issue.objects.published(minute - timedelta(seconds=1)).exists()
    assert Issue.objects.published(minute).exists()


def test_a_past_minute_is_refused(ready, releaser):
    with pytest.raises(MoveRefused, match="时间已过"):
        workflow.release(ready, by=releaser, at=timezone.now() - timedelta(minutes=1))
    assert stored(ready).released_at is None


def test_an_issue_with_a_blocker_is_not_released(ready, releaser):
    make_page(issue=ready, label="A2")
    with pytest.raises(MoveRefused, match="还不能发布"):
        workflow.release(ready, by=releaser)
    assert stored(ready).released_at is None


def test_only_who_may_release_does(ready, signer):
    for act in (workflow.release, workflow.recall):
        with pytest.raises(MoveRefused, match="没有发布权限"):
            act(ready, by=signer)
    assert stored(ready).released_at is None


def test_a_release_is_recalled_until_its_minute(ready, releaser):
    workflow.release(ready, by=releaser, at=timezone.now() + timedelta(hours=1))
    workflow.recall(ready, by=releaser)
    assert stored(ready).released_at is None
    with pytest.raises(MoveRefused, match="没有发布"):
        workflow.recall(ready, by=releaser)
    workflow.release(ready, by=releaser)
    with pytest.raises(MoveRefused, match="不能撤回"):
        workflow.recall(ready, by=releaser)
    assert stored(ready).released_at is not None


def test_the_clock_is_the_newsrooms(db):
    assert workflow.clock(make_issue().released_at) == "2024年7月27日 06:00"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_ten_people_releasing_at_once_one_does(together):
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    member = make_member(username="zongbian", is_superuser=True)
    answers = []

    def press():
        try:
            workflow.release(Issue.objects.get(pk=page.issue_id), by=member)
            answers.append("released")
        except MoveRefused as refusal:
            answers.append(str(refusal))

    together([press] * 10)
    assert sorted(answers) == ["released"] + ["这一期已经发布或已定时，无需重复操作。"] * 9
    assert len(log_of(page.issue)) == 1
