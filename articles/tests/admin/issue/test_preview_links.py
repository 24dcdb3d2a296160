"""Preview links at the desk: who makes them, what is listed, how they end."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import previews
from articles.models import Issue, PreviewLink
from articles.tests.factories import make_article, make_chief, make_issue, make_member, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.workflow import MoveRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    """An unreleased issue."""
    page = make_page(issue=make_issue(issued_on=date(2030, 1, 2), released_at=None))
    make_article(page=page)
    return page.issue


@pytest.fixture
def link(issue):
    return previews.create_link(issue, by=make_chief())


def screen(issue) -> str:
    return reverse("admin:articles_issue_previews", args=[issue.pk])


@pytest.mark.parametrize("role", ["责任编辑", "值班编委", "值班总编"])
def test_an_editor_makes_a_link_and_revokes_it(roles, issue, role, client):
    desk = signed_in(roles(role))
    assert desk.post(screen(issue), {"_make": "1", "hours": "48"}).url == screen(issue)
    link = PreviewLink.objects.get()
    listed = Parsed(desk.get(screen(issue)))
    (address,) = [each.get("value") for each in listed.all(".//td/input")]
    assert address == f"http://testserver/preview/{previews.token(link)}/"
    assert role in listed.text(".//table[@class='links']/tbody/tr")
    assert link.ends_at - link.made_at - timedelta(hours=48) < timedelta(seconds=5)
    assert client.get(address).status_code == 200
    desk.post(screen(issue), {"_revoke": str(link.pk)})
    assert client.get(address).status_code == 404
    assert Parsed(desk.get(screen(issue))).all(".//table[@class='links']/tbody/tr") == []
    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")] == [
        "生成预览链接，48 小时内有效。",
        "预览链接已作废。",
    ]


def test_the_issue_form_leads_to_its_links(roles, issue):
    form = reverse("admin:articles_issue_change", args=[issue.pk])
    html = signed_in(roles("责任编辑")).get(form).content.decode()
    assert f'href="{screen(issue)}"' in html


@pytest.mark.parametrize("role", ["记者", "校对", "管理员"])
def test_nobody_else_makes_or_sees_links(roles, issue, role):
    desk = signed_in(roles(role))
    for answer in (desk.get(screen(issue)), desk.post(screen(issue), {"_make": "1", "hours": "1"})):
        assert answer.status_code == 403
    with pytest.raises(MoveRefusedError):
        previews.create_link(issue, by=make_member(username="jizhe"))
    assert not PreviewLink.objects.exists()


def test_a_link_is_made_by_post_only_and_with_the_desk_s_token(roles, issue, link):
    desk = signed_in(roles("责任编辑"))
    for query in ("?_make=1&hours=5", f"?_revoke={link.pk}"):
        assert desk.get(screen(issue) + query).status_code == 200
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(link.made_by)
    elsewhere.post(screen(issue), {"_revoke": str(link.pk)})
    assert list(PreviewLink.objects.values_list("pk", "revoked_at")) == [(link.pk, None)]


@pytest.mark.parametrize("hours", ["", "0", "169", "x", "1.5"])
def test_hours_that_are_none_are_asked_again(roles, issue, hours):
    answer = signed_in(roles("责任编辑")).post(screen(issue), {"_make": "1", "hours": hours})
    assert answer.status_code == 200
    assert Parsed(answer).all(".//ul[@class='errorlist']") != []
    assert not PreviewLink.objects.exists()


def test_no_link_is_made_to_a_published_issue(roles, issue):
    Issue.objects.filter(pk=issue.pk).update(released_at=timezone.now())
    desk = signed_in(roles("责任编辑"))
    desk.post(screen(issue), {"_make": "1", "hours": "1"})
    assert not PreviewLink.objects.exists()
    assert "_make" not in desk.get(screen(issue)).content.decode()


def test_a_link_of_another_issue_is_not_revoked_here(roles, issue, link):
    other = make_issue(issued_on=date(2030, 1, 3), released_at=None)
    desk = signed_in(roles("责任编辑"))
    for pk in (link.pk, "x", "9" * 30):
        assert desk.post(screen(other), {"_revoke": str(pk)}).status_code == 404
    assert previews.links_of(issue) == [link]
