"""A release takes two steps: what the first shows is what the second lets out, and is kept."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Article, Release, Status
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import (
    CONFIRM,
    RELEASE_NOW,
    messages_of,
    release_at,
    release_url,
    released_at,
)
from articles.workflow import MoveRefusedError
from articles.workflow.preflight import Inspection
from articles.workflow.release import StaleInspectionError, recall, release


@pytest.fixture
def issue(db):
    """An issue with nothing that bars it, and two things that deserve a look."""
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page, headline="云溪区今天开渔", source="新华社")
    return page.issue


# What is confirmed


def test_the_first_step_says_what_goes_out_and_releases_nothing(roles, issue):
    make_article(page=make_page(issue=issue, label="A2"))
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    page = Parsed(signed_in(roles("值班总编")).post(release_url(issue), release_at(at)))
    local = timezone.localtime(at)
    day = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M} 北京时间"
    values = page.texts(".//dl[@class='goes-out']/dd")
    assert values[:3] == ["2024年7月27日 星期六", "2（A1、A2）", "2"]
    assert values[3].startswith(day)
    assert page.texts(".//form[@id='confirm']//ul[@class='findings']/li/a") == [
        "A1 没有指定头条。",
        "A1《云溪区今天开渔》已签发，但没有审签记录。",
        *page.texts(".//form[@id='confirm']//ul[@class='findings']/li/a")[2:],
    ]
    assert released_at(issue) is None
    assert not Release.objects.exists()


@pytest.mark.parametrize("shown", [[], ["no_lead:page:1:"], ["x" * 5000]])
def test_what_was_not_shown_is_shown_before_anything_goes_out(roles, issue, shown):
    desk = signed_in(roles("值班总编"))
    answer = desk.post(release_url(issue), RELEASE_NOW | CONFIRM | {"shown": shown})
    assert messages_of(answer) == ["在您查看之后这一期有了变化，请再看一遍。"]
    assert "A1 没有指定头条。" in answer.content.decode()
    assert released_at(issue) is None


def test_what_is_new_since_the_first_step_is_shown_once_more_and_marked(roles, issue):
    desk = signed_in(roles("值班总编"))
    first = Inspection.of(issue)
    make_article(page=issue.pages.first(), headline="河埠路通车", source="新华社")
    answer = desk.post(release_url(issue), RELEASE_NOW | CONFIRM | {"shown": list(first.keys)})
    marked = [each for each in Parsed(answer).all(".//li") if each.find("b") is not None]
    assert [each.find("a").text for each in marked] == ["A1《河埠路通车》已签发，但没有审签记录。"]
    again = list(Inspection.of(issue).keys)
    assert (
        desk.post(release_url(issue), RELEASE_NOW | CONFIRM | {"shown": again}).status_code == 302
    )
    assert released_at(issue) is not None


def test_other_words_in_the_same_places_are_shown_again(roles, issue):
    shown = Inspection.of(issue).keys
    Article.objects.update(version=5)
    with pytest.raises(StaleInspectionError):
        release(issue, by=roles("值班总编"), shown=shown)
    assert released_at(issue) is None


def test_a_confirmation_without_a_minute_or_now_does_nothing(roles, issue):
    desk = signed_in(roles("值班总编"))
    shown = list(Inspection.of(issue).keys)
    assert desk.post(release_url(issue), CONFIRM | {"shown": shown}).status_code == 200
    assert released_at(issue) is None


# What is kept


def test_each_release_and_recall_is_kept_with_what_was_shown(roles, issue):
    chief = roles("值班总编")
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    release(issue, by=chief, at=at)
    recall(issue, by=chief)
    release(issue, by=chief)
    notes = "A1 没有指定头条。\nA1《云溪区今天开渔》已签发，但没有审签记录。"
    kept = Release.objects.values_list("act", "goes_out_at", "articles", "shown", "made_by")
    assert list(kept) == [
        ("released", at, 1, notes, chief.pk),
        ("recalled", at, 0, "", chief.pk),
        ("released", released_at(issue), 1, notes, chief.pk),
    ]
    page = Parsed(signed_in(chief).get(release_url(issue)))
    shown = page.texts(".//ul[@class='events']/li")
    assert [words.split()[3].partition("（")[0] for words in shown] == ["发布", "撤回发布", "发布"]


def test_a_release_that_is_refused_leaves_no_event(roles, issue):
    for role, change in (("记者", {}), ("值班总编", {"status": Status.DRAFT})):
        Article.objects.update(**change)
        with pytest.raises(MoveRefusedError):
            release(issue, by=roles(role))
    assert not Release.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("number", [1, 25])
def test_the_screen_asks_as_often_for_25_articles_as_for_one(
    roles, issue, number, django_assert_num_queries
):
    desk = signed_in(roles("值班总编"))
    for n in range(number):
        make_article(page=make_page(issue=issue, label=f"B{n}"))
    desk.get(release_url(issue))
    with django_assert_num_queries(10):
        desk.get(release_url(issue))
