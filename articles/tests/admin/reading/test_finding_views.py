"""Findings of intake on the desk: where they are shown, and how one is dismissed."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Finding
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, on_a_page, put_at
from articles.workflow.preflight import Inspection

pytestmark = pytest.mark.django_db
BODY = "<p>要贯彻贯彻会议精神，开好渔季。</p>"


@pytest.fixture
def people():
    return [member_who_may(username=f"chengyuan{number}") for number in range(4)]


@pytest.fixture
def article(people):
    return put_at("first_review", writer=people[0], readers=people[1:], body=BODY, **on_a_page())


@pytest.fixture
def finding(article):
    return Finding.objects.create(
        article=article, kind="doubled-word", excerpt="贯彻贯彻", message="词语重复"
    )


@pytest.fixture
def desk(people):
    return signed_in(people[1])


def form(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def read(article) -> str:
    return reverse("read_article", args=[article.pk])


def dismiss(client, finding, reason="原文如此", back=""):
    address = reverse("admin:articles_article_dismiss", args=[finding.article_id])
    query = f"?next={back}" if back else ""
    return client.post(address + query, {"finding": finding.pk, "reason": reason})


def findings_of(article) -> list[tuple]:
    found = Inspection.of(article.page.issue).findings
    return [(each.brief, each.is_barring) for each in found if each.code == "doubtful"]


@pytest.mark.parametrize("page", [form, read])
def test_an_open_finding_is_shown_with_a_form_that_dismisses_it(desk, article, finding, page):
    html = desk.get(page(article)).content.decode()
    assert "词语重复" in html and "<q>贯彻贯彻</q>" in html
    assert f'id="dismiss-{finding.pk}"' in html
    assert f'form="dismiss-{finding.pk}"' in html


def test_preflight_warns_of_it_and_does_not_bar_the_release(article, finding):
    assert findings_of(article) == [("读版存疑 1 处", False)]


def test_the_board_shows_the_number(desk, people, article, finding):
    board = reverse("admin:articles_issue_board", args=[article.page.issue_id])
    people[1].user_permissions.add(*Permission.objects.filter(codename="view_issue"))
    assert "读版存疑 1 处" in desk.get(board).content.decode()


def test_it_is_dismissed_with_a_reason_which_is_kept(desk, people, article, finding):
    answer = dismiss(desk, finding, " 原文如此 ")
    assert answer.url == f"{form(article)}#findings"
    finding.refresh_from_db()
    assert (finding.dismissed_by, finding.reason) == (people[1], "原文如此")
    assert finding.dismissed_at
    html = desk.get(form(article)).content.decode()
    assert "已排除 1 处" in html and "原文如此" in html and 'id="dismiss-' not in html
    assert findings_of(article) == []


def test_the_page_that_it_was_dismissed_on_is_shown_again(desk, article, finding):
    assert dismiss(desk, finding, back=read(article)).url == f"{read(article)}#findings"
    answer = dismiss(desk, finding, back="https://evil.example/")
    assert answer.url == f"{form(article)}#findings"


def test_without_a_reason_it_stays_open(desk, article, finding):
    dismiss(desk, finding, "  ")
    finding.refresh_from_db()
    assert finding.dismissed_at is None
    assert "请写明原因" in desk.get(form(article)).content.decode()


def test_it_is_dismissed_once(desk, people, finding):
    dismiss(desk, finding, "原文如此")
    dismiss(signed_in(people[2]), finding, "另有缘由")
    finding.refresh_from_db()
    assert (finding.dismissed_by, finding.reason) == (people[1], "原文如此")


def test_who_may_not_change_articles_dismisses_none(people, article, finding):
    viewer = signed_in(member_who_may("view_article"))
    assert dismiss(viewer, finding).status_code == 403
    assert 'id="dismiss-' not in viewer.get(read(article)).content.decode()
    assert "<q>贯彻贯彻</q>" in viewer.get(read(article)).content.decode()


def test_a_finding_of_another_article_is_not_found(desk, people, article, finding):
    other = put_at("first_review", writer=people[0], readers=people[1:])
    address = reverse("admin:articles_article_dismiss", args=[other.pk])
    assert desk.post(address, {"finding": finding.pk, "reason": "x"}).status_code == 404
    assert desk.post(address, {"finding": "x", "reason": "x"}).status_code == 404
    assert desk.get(address).status_code == 405


def test_words_that_were_mended_have_no_finding_any_more(desk, article, finding):
    type(article).objects.filter(pk=article.pk).update(body="<p>要贯彻会议精神。</p>")
    assert "<q>贯彻贯彻</q>" not in desk.get(form(article)).content.decode()
    assert findings_of(article) == []
