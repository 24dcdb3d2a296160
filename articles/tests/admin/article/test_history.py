"""The history of an article: listed, compared, restored."""

import pytest
from django.test import Client

from articles import revisions
from articles.models import Article, Change, Correction, Review, Status
from articles.models.revision import AppendOnlyError
from articles.tests import factories
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    signed_in,
)
from articles.workflow import transitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.make_chief(username="lin", name="林晓禾")


@pytest.fixture
def desk(chief) -> Client:
    return signed_in(chief)


@pytest.fixture
def article(desk) -> Article:
    """An article of three revisions: 甲题, 乙题, 丙题."""
    desk.post(ARTICLE_ADD_URL, article_data(headline="甲题", body="<p>一二三四五</p>", tags="民生"))
    article = Article.objects.get()
    save(desk, article, headline="乙题", body="<p>一二三</p>")
    save(desk, article, headline="丙题", deck="副题")
    article.refresh_from_db()
    return article


def save(client, article, **changed):
    form = fields(client.get(article_url(article)), "article_form") | {"_continue": "1"} | changed
    assert client.post(article_url(article), form).status_code == 302


def history(article) -> str:
    return article_url(article).replace("change", "history")


def compared(article, older, newer) -> str:
    return f"/admin/articles/article/{article.pk}/compare/?from={older}&to={newer}"


def restore(client, article, older, **more):
    page = client.get(compared(article, older, article.version))
    form = fields(page, "restore_form")
    return client.post(f"/admin/articles/article/{article.pk}/restore/", form | more)


def test_every_revision_and_move_is_listed_latest_first(desk, chief, article):
    transitions.move(article, "submit", by=chief)
    lines = desk.get(history(article)).context["lines"]
    assert [(line.what, str(line.who), line.status, line.grown) for line in lines] == [
        ("送审", "林晓禾", "草稿 → 待一审", None),
        ("改稿", "林晓禾", "草稿", 0),
        ("改稿", "林晓禾", "草稿", -2),
        ("写稿", "林晓禾", "草稿", None),
    ]


@pytest.mark.parametrize("number", [1, 25])
def test_the_history_takes_the_same_queries_however_long(
    desk, article, django_assert_num_queries, number
):
    for n in range(number):
        article.deck = f"副题{n}"
        article.save()
        revisions.record(article, by=factories.make_member(username=f"m{n}"))
    with django_assert_num_queries(9):
        assert len(desk.get(history(article)).context["lines"]) == 3 + number


def test_a_long_history_is_shown_in_pages(desk, chief, article):
    for n in range(60):
        article.deck = f"副题{n}"
        article.save()
        revisions.record(article, by=chief)
    first, second = (desk.get(history(article) + f"?p={n}").context["lines"] for n in (1, 2))
    assert [len(first), len(second)] == [50, 13]
    assert [line.revision.number for line in (*first, *second)] == list(range(63, 0, -1))


def test_two_revisions_are_compared_character_by_character(desk, article):
    page = desk.get(compared(article, 1, 2))
    found = [
        (field.title, [(segment.kind, segment.text) for segment in field.segments])
        for field in page.context["differences"]
    ]
    assert found == [
        ("主题", [("gone", "甲"), ("new", "乙"), ("same", "题")]),
        ("正文", [("same", "一二三"), ("gone", "四五")]),
    ]
    assert page.context["restorable"] is None


def test_a_revision_is_restored_as_a_new_one(desk, article):
    before = revisions.read(article)
    assert restore(desk, article, 1, reason="改错了").status_code == 302
    now, latest = revisions.read(Article.objects.get()), article.revisions.first()
    assert now == article.revisions.get(number=1).copy != before
    assert (latest.number, latest.change, latest.reason) == (4, Change.RESTORED, "改错了")
    assert article.revisions.get(number=3).copy == before


def test_restoring_the_words_as_they_are_makes_no_revision(desk, article):
    save(desk, article, headline="乙题", deck="")
    article.refresh_from_db()
    assert restore(desk, article, 2).status_code == 302
    assert article.revisions.count() == 4


def test_a_stale_restore_overwrites_nothing_and_shows_the_difference_again(desk, article):
    form = fields(desk.get(compared(article, 1, 3)), "restore_form")
    save(desk, article, headline="丁题")
    answer = desk.post(
        f"/admin/articles/article/{article.pk}/restore/", form | {"reason": "还是第一版"}
    )
    assert answer.status_code == 409
    assert "您看过之后这篇稿件又有人保存过" in answer.content.decode()
    assert Article.objects.get().headline == "丁题"
    again = fields(answer, "restore_form")
    assert (again["_version"], again["reason"]) == ("4", "还是第一版")


def test_a_restored_article_must_be_read_again(desk, article):
    Article.objects.update(status=Status.FINAL_REVIEW)
    restore(desk, article, 1)
    assert Article.objects.get().status == Status.FIRST_REVIEW


def test_published_words_are_restored_with_a_reason_only(desk, article):
    Article.objects.update(status=Status.SIGNED, page=factories.make_page(), position=1)
    refused = restore(desk, article, 1)
    assert (refused.status_code, Article.objects.get().headline) == (409, "丙题")
    assert (
        restore(desk, article, 1, reason="误改", notice="标题有误，现予更正。").status_code == 302
    )
    assert Article.objects.get().headline == "甲题"
    assert Correction.objects.get().notice == "标题有误，现予更正。"


def test_who_may_not_change_sees_the_history_and_restores_nothing(article):
    reader = signed_in(factories.make_member(username="reader", is_staff=True, is_superuser=False))
    assert reader.get(history(article)).status_code == 403
    member = factories.make_chief(username="wu")
    member.user_permissions.set(member.user_permissions.filter(codename="view_article"))
    reader = signed_in(member)
    assert reader.get(history(article)).status_code == 200
    page = reader.get(compared(article, 1, 3))
    assert page.context["restorable"] is None
    form = {"number": "1", "_version": "3"}
    post = f"/admin/articles/article/{article.pk}/restore/"
    assert reader.post(post, form).status_code == 403


def test_only_a_post_restores_and_nonsense_is_not_found(desk, article):
    post = f"/admin/articles/article/{article.pk}/restore/"
    assert desk.get(post).status_code == 405
    assert desk.post(post, {"number": "x"}).status_code == 404
    assert desk.get(compared(article, 1, 99)).status_code == 404
    assert desk.get(compared(article, "x", "")).status_code == 404


@pytest.mark.parametrize("name", ["revision", "review"])
def test_nobody_changes_or_deletes_a_revision_or_a_review_in_the_admin(name, chief, article):
    transitions.move(article, "submit", by=chief)
    root = signed_in(factories.make_member(username="root", is_staff=True, is_superuser=True))
    row = {"revision": article.revisions, "review": Review.objects}[name].first()
    for step in (f"{row.pk}/delete/", f"{row.pk}/change/", "add/"):
        answer = root.post(f"/admin/articles/{name}/{step}", {"post": "yes", "note": "改"})
        assert answer.status_code in (403, 404)
    row.refresh_from_db()
    with pytest.raises(AppendOnlyError):
        row.save()


def test_a_deletion_is_not_offered_and_the_history_says_what_to_do(desk, article):
    root = signed_in(factories.make_member(username="root", is_staff=True, is_superuser=True))
    assert "/delete/" not in root.get(article_url(article)).content.decode()
    assert "不用的稿件请毙稿" in desk.get(history(article)).content.decode()
