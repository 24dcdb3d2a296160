"""Changing published words at the desk: by who may sign, with a reason, silently or told."""

import pytest
from django.urls import reverse

from articles import revisions
from articles.models import Article, Correction, Status
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import fields, signed_in
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    found = make_article(page=make_page(), headline="云溪区十二个村")
    revisions.current(found)
    return found


@pytest.fixture
def chief(roles):
    return signed_in(roles("值班总编"))


def form(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def save(desk, article, **typed):
    """Type something into the form of an article and save it."""
    filled = fields(desk.get(form(article)), "article_form")
    return desk.post(form(article), filled | typed | {"_save": "1"})


def history(article) -> list[tuple]:
    return list(article.revisions.order_by("number").values_list("number", "change", "reason"))


def test_a_slip_is_mended_silently_with_its_reason_in_the_history(chief, article, client):
    save(chief, article, headline="云溪区十三个村", reason="笔误")
    assert history(article) == [(1, "imported", ""), (2, "corrected", "笔误")]
    assert not Correction.objects.exists()
    assert Article.objects.get().status == Status.SIGNED
    page = Parsed(client.get(article.get_absolute_url()))
    assert page.texts(".//h1") == ["云溪区十三个村"]
    assert page.all(".//aside[@class='fix']") == []


def test_a_correction_is_told_to_readers(chief, article, client):
    save(chief, article, headline="云溪区十三个村", reason="核实", notice="应为十三个村。")
    (notice,) = Correction.objects.all()
    assert (notice.notice, notice.revision.number, notice.made_by.name) == (
        "应为十三个村。",
        2,
        "值班总编",
    )
    page = Parsed(client.get(article.get_absolute_url()))
    assert page.texts(".//aside[@class='fix']/p")[0].endswith("应为十三个村。")


def test_without_a_reason_nothing_is_stored_and_what_was_typed_comes_back(chief, article):
    answer = save(chief, article, headline="云溪区十三个村", notice="应为十三个村。")
    assert answer.status_code == 200
    assert "稿件已发布，请写明修改原因。" in answer.content.decode()
    typed = fields(answer, "article_form")
    assert (typed["headline"], typed["notice"]) == ("云溪区十三个村", "应为十三个村。")
    assert (Article.objects.get().headline, Correction.objects.count()) == ("云溪区十二个村", 0)
    assert history(article) == [(1, "imported", "")]


def test_a_notice_without_a_change_comes_back(chief, article):
    answer = save(chief, article, reason="核实", notice="应为十三个村。")
    assert "文字没有改动，无从更正。" in answer.content.decode()
    assert fields(answer, "article_form")["notice"] == "应为十三个村。"
    assert not Correction.objects.exists()


def test_saving_without_a_change_asks_for_nothing(chief, article):
    assert save(chief, article).status_code == 302
    assert history(article) == [(1, "imported", "")]


@pytest.mark.parametrize("role", ["记者", "责任编辑", "部门主任", "校对"])
def test_who_may_not_sign_is_not_asked_and_changes_nothing(roles, article, role):
    desk = signed_in(roles(role))
    answer = desk.get(form(article))
    assert answer.status_code == 200
    assert 'name="reason"' not in answer.content.decode()
    desk.post(form(article), {"headline": "改", "reason": "笔误", "_save": "1"})
    assert Article.objects.get().headline == "云溪区十二个村"


def test_before_publication_nobody_is_asked_why(chief):
    article = make_article(page=make_page(issue=make_issue(released_at=None)), status=Status.DRAFT)
    html = chief.get(form(article)).content.decode()
    assert 'name="reason"' not in html and 'name="notice"' not in html
    assert save(chief, article, headline="改过").status_code == 302
    assert Article.objects.get().headline == "改过"
