"""Releasing an issue on the desk: what it asks, what it refuses, what readers then see."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from articles.models import Issue, Release, ReleaseAction, Status
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.form_helpers import fields, signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import (
    CONFIRM,
    RELEASE_NOW,
    messages_of,
    release_at,
    release_url,
    released_at,
)
from articles.workflow.preflight import Inspection
from articles.workflow.release import release


@pytest.fixture
def issue(db):
    """An issue with nothing that bars it, and two things that deserve a look."""
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page, headline="云溪区今天开渔", source="新华社")
    return page.issue


def confirmed(desk, issue, choice):
    """Choose when to release, and confirm what the screen then asks."""
    asked = fields(desk.post(release_url(issue), choice), "confirm")
    shown = list(Inspection.of(issue).keys)
    return desk.post(release_url(issue), asked | CONFIRM | {"shown": shown})


def test_a_paper_is_not_released_on_another_day_before_that_is_confirmed(roles, issue):
    desk = signed_in(roles("值班总编"))
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    for choice, day in ((RELEASE_NOW, timezone.localdate()), (release_at(at), localdate(at))):
        asked = desk.post(release_url(issue), choice)
        words = f"这是 2024年7月27日 的报纸，确认在 {date_format(day)} 发布给读者。"
        assert Parsed(asked).texts(".//label[@for='id_other_day']") == [words]
        answer = desk.post(release_url(issue), fields(asked, "confirm") | {"_confirm": "1"})
        errors = Parsed(answer).texts(".//ul[@class='errorlist']/li")
        assert errors == ["请先勾选，确认不在当天发布。还没有发布。"]
        assert released_at(issue) is None
    assert confirmed(desk, issue, release_at(at)).status_code == 302
    assert released_at(issue) == at


def test_on_the_day_of_the_paper_nothing_more_is_asked(roles, issue):
    Issue.objects.update(issued_on=timezone.localdate())
    desk = signed_in(roles("值班总编"))
    assert "other_day" not in desk.post(release_url(issue), RELEASE_NOW).content.decode()
    shown = {"_confirm": "1", "shown": list(Inspection.of(issue).keys)}
    assert desk.post(release_url(issue), RELEASE_NOW | shown).status_code == 302


@pytest.mark.parametrize("role", ["值班编委", "值班总编"])
def test_the_duty_editors_release_an_issue_at_once(roles, issue, role):
    desk = signed_in(roles(role))
    answer = confirmed(desk, issue, RELEASE_NOW)
    assert answer.url == reverse("admin:articles_issue_change", args=[issue.pk])
    assert messages_of(answer) == ["已发布，读者现在就能看到。"]
    assert list(Issue.objects.published()) == [issue]


def test_a_card_that_cannot_be_kept_does_not_hold_up_a_release(roles, issue, settings, tmp_path):
    (tmp_path / "full").touch()  # A file where a folder should be: nothing can be kept there.
    settings.MEDIA_ROOT = tmp_path / "full"
    answer = confirmed(signed_in(roles("值班总编")), issue, RELEASE_NOW)
    assert messages_of(answer) == ["已发布，读者现在就能看到。"]


def test_an_issue_is_released_for_a_minute_and_recalled(roles, issue):
    desk = signed_in(roles("值班编委"))
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    confirmed(desk, issue, release_at(at))
    assert released_at(issue) == at
    assert not Issue.objects.published().exists()
    assert "撤回发布" in desk.get(release_url(issue)).content.decode()
    assert messages_of(desk.post(release_url(issue), {"_recall": "1"}))[-1] == "已撤回发布。"
    assert released_at(issue) is None


def test_a_published_issue_is_not_recalled(roles, issue):
    desk = signed_in(roles("值班编委"))
    confirmed(desk, issue, RELEASE_NOW)
    answer = desk.post(release_url(issue), {"_recall": "1"})
    assert messages_of(answer)[-1] == "这一期读者已经看到，不能撤回。"
    assert released_at(issue) is not None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "明早六点",
        "2001-01-01T06:00",
        "1988-04-10T02:30",
        "1988-09-11T01:30",
        "0001-01-01T00:00",
        "10000-01-01T00:00",
    ],
)
def test_a_minute_that_is_none_or_past_is_refused_and_kept(roles, issue, typed):
    desk = signed_in(roles("值班总编"))
    for confirms in ({}, CONFIRM):
        answer = desk.post(release_url(issue), {"_at": "1", "at": typed} | confirms)
        assert answer.status_code == 200
        page = Parsed(answer)
        (field,) = page.all(".//input[@name='at']")
        assert (field.get("value") or "") == typed
        assert len(page.texts(".//ul[@class='errorlist']/li")) == 1
    assert released_at(issue) is None
    assert not Release.objects.exists()


def test_what_is_missing_is_listed_with_links(roles, issue):
    make_page(issue=issue, label="A2", name="民生")
    draft = make_article(page=issue.pages.first(), status=Status.DRAFT, headline="云溪区开渔")
    desk = signed_in(roles("值班总编"))
    html = desk.get(release_url(issue)).content.decode()
    assert "A2 还没有稿件。" in html
    assert f'href="{reverse("admin:articles_issue_change", args=[issue.pk])}"' in html
    assert "A1《云溪区开渔》尚未签发。" in html
    assert reverse("admin:articles_article_change", args=[draft.pk]) in html
    assert "立即发布" not in html
    for choice in (RELEASE_NOW, release_at(timezone.now() + timedelta(hours=1))):
        answer = desk.post(release_url(issue), choice | CONFIRM)
        assert messages_of(answer)[-1] == "这一期还不能发布，请看缺什么。"
    assert released_at(issue) is None


def test_six_oclock_of_its_day_is_proposed(roles):
    issue = make_issue(issued_on=timezone.localdate() + timedelta(days=2), released_at=None)
    make_article(page=make_page(issue=issue))
    desk = signed_in(roles("值班总编"))
    assert f'value="{issue.issued_on}T06:00"' in desk.get(release_url(issue)).content.decode()


@pytest.mark.parametrize("role", ["记者", "责任编辑", "部门主任", "校对", "管理员"])
def test_nobody_else_reaches_the_screen(roles, issue, role):
    desk = signed_in(roles(role))
    for answer in (desk.get(release_url(issue)), desk.post(release_url(issue), RELEASE_NOW)):
        assert answer.status_code == 403
    assert released_at(issue) is None


def test_a_stranger_is_sent_to_the_login(client, issue):
    assert "/login/" in client.get(release_url(issue)).url
    client.post(release_url(issue), RELEASE_NOW)
    assert released_at(issue) is None


def test_a_member_who_left_the_desk_releases_nothing(roles, issue):
    member = roles("值班总编")
    desk = signed_in(member)
    type(member).objects.update(is_active=False)
    desk.post(
        release_url(issue), RELEASE_NOW | CONFIRM | {"shown": list(Inspection.of(issue).keys)}
    )
    assert released_at(issue) is None


def test_looking_at_the_screen_changes_nothing(roles, issue):
    desk = signed_in(roles("值班总编"))
    for query in ("", "?_now=1&_confirm=1", "?_at=1&at=2100-01-01T06:00", "?_recall=1"):
        assert desk.get(release_url(issue) + query).status_code == 200
    assert released_at(issue) is None
    assert not LogEntry.objects.exists()
    assert not Release.objects.exists()


def test_a_form_from_elsewhere_is_refused(roles, issue):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(roles("值班总编"))
    desk.post(
        release_url(issue), RELEASE_NOW | CONFIRM, headers={"origin": "https://elsewhere.example"}
    )
    assert released_at(issue) is None


def test_an_unknown_issue_is_not_found(roles):
    assert signed_in(roles("值班总编")).get("/admin/articles/issue/9/release/").status_code == 404


@pytest.mark.slow
def test_pressing_ten_times_at_once_is_one_event_and_one_message(together):
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    chief = make_member(username="zongbian", is_staff=True, is_superuser=True)
    desks = [signed_in(chief) for _ in range(10)]
    posted = RELEASE_NOW | CONFIRM | {"shown": list(Inspection.of(page.issue).keys)}
    answers = together([partial(desk.post, release_url(page.issue), posted) for desk in desks])
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [302]
    assert [messages_of(answer) for answer in answers if answer.status_code == 302] == [
        ["已发布，读者现在就能看到。"]
    ]
    assert LogEntry.objects.filter(object_id=str(page.issue_id)).count() == 1
    (event,) = Release.objects.all()
    assert (event.act, event.pages, event.articles) == (ReleaseAction.RELEASED, 1, 1)


@pytest.mark.slow
def test_recalling_ten_times_at_once_is_one_event(together):
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    chief = make_member(username="zongbian", is_staff=True, is_superuser=True)
    release(page.issue, by=chief, at=timezone.now() + timedelta(hours=1))
    desks = [signed_in(chief) for _ in range(10)]
    posted = {"_recall": "1"}
    answers = together([partial(desk.post, release_url(page.issue), posted) for desk in desks])
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [302]
    assert [event.act for event in Release.objects.all()] == [
        ReleaseAction.RELEASED,
        ReleaseAction.RECALLED,
    ]


def preview(issue) -> str:
    return reverse("preview_issue", args=[issue.pk])


def test_the_desk_sees_the_front_page_before_readers_do(roles, issue):
    make_article(page=issue.pages.first(), status=Status.DRAFT, headline="云溪区今天开渔")
    answer = signed_in(roles("记者")).get(preview(issue))
    assert "云溪区今天开渔" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert not Issue.objects.published().exists()


def test_nobody_else_sees_the_preview(roles, client, issue):
    assert "/login/" in client.get(preview(issue)).url
    assert signed_in(roles("管理员")).get(preview(issue)).status_code == 403
    assert signed_in(roles("值班总编")).get("/admin/articles/issue/99/preview/").status_code == 404


def test_drafts_stay_out_of_the_readers_front_page(roles, issue, client):
    confirmed(signed_in(roles("值班总编")), issue, RELEASE_NOW)
    make_article(page=issue.pages.first(), status=Status.DRAFT, headline="河埠路今天通车")
    assert "河埠路今天通车" not in client.get(issue.get_absolute_url()).content.decode()


def test_only_a_published_issue_links_to_the_readers_site(roles, issue):
    desk = signed_in(roles("值班总编"))
    form = reverse("admin:articles_issue_change", args=[issue.pk])
    assert "在站点上查看" not in desk.get(form).content.decode()
    confirmed(desk, issue, RELEASE_NOW)
    assert f'href="{issue.get_absolute_url()}"' in desk.get(form).content.decode()
