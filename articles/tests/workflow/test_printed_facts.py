"""A sign-off covers what is printed besides the words: source, genre, a photo's description."""

import pytest
from django.urls import reverse

from articles import revisions
from articles.models import Article, Photo, Revision, Status
from articles.tests.factories import (
    make_article,
    make_caption,
    make_chief,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.form_helpers import article_url, fields, signed_in
from articles.tests.query_cost import LEDGER
from articles.tests.workflow_factories import member_who_may
from articles.workflow.transitions import void_for_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return signed_in(make_chief(username="chief", name="总编"))


@pytest.fixture
def reporter():
    return signed_in(member_who_may("change_article", "change_photo", "view_photo"))


def signed_article(*, is_public, status=Status.SIGNED):
    page = make_page(issue=make_issue(**({} if is_public else {"released_at": None})))
    article = make_article(page=page, status=status, source="新华社")
    revisions.record(article, by=make_chief(username="author"))
    return Article.objects.get(pk=article.pk)


def save(desk, article, **typed):
    filled = fields(desk.get(article_url(article)), "article_form")
    return desk.post(article_url(article), filled | typed | {"_save": "1"})


@pytest.mark.parametrize("typed", [{"source": "中新社"}, {"genre": "commentary"}])
@pytest.mark.parametrize("status", [Status.SIGNED, Status.FINAL_REVIEW])
def test_what_was_passed_with_another_source_or_genre_is_read_again(chief, typed, status):
    article = signed_article(is_public=False, status=status)
    save(chief, article, **typed)
    now = Article.objects.get()
    assert (now.status, now.version) != (status, article.version)
    first, last = now.revisions.order_by("number")
    assert (last.copy, last.made_by.name) == (first.copy, "总编")
    assert " → " in last.reason
    if "source" in typed:
        assert last.reason == "来源：新华社 → 中新社"


@pytest.mark.parametrize("typed", [{"rank": "1"}, {"source": "新华社"}])
def test_a_rank_is_no_part_of_it(chief, typed):
    article = signed_article(is_public=False)
    save(chief, article, **typed)
    assert Article.objects.get().status == Status.SIGNED
    assert Revision.objects.count() == 1


def test_the_source_of_a_draft_is_changed_without_a_revision(chief):
    article = signed_article(is_public=False, status=Status.DRAFT)
    save(chief, article, source="中新社")
    assert Article.objects.get().source == "中新社"
    assert Revision.objects.count() == 1


def test_the_source_of_a_public_article_is_changed_with_a_reason_only(chief):
    article = signed_article(is_public=True)
    refused = save(chief, article, source="中新社")
    assert refused.status_code == 200
    assert fields(refused, "article_form")["source"] == "中新社"
    assert Article.objects.get().source == "新华社"
    save(chief, article, source="中新社", reason="来源有误")
    assert Article.objects.get().source == "中新社"
    assert Article.objects.get().status == Status.SIGNED
    assert article.revisions.first().reason == "来源有误；来源：新华社 → 中新社"
    assert article.reviews.get().move == "correct"


def photo_url(photo):
    return reverse("admin:articles_photo_change", args=[photo.pk])


def describe(desk, photo, **typed):
    return desk.post(photo_url(photo), {"focus": "0.5x0.5", "crops": "{}"} | typed)


@pytest.fixture(params=[False, True])
def shown(request):
    """Return a signed article with a photo, public or not."""
    article = signed_article(is_public=request.param)
    make_caption(article=article, photo=make_photo(alt="旧说明"))
    revisions.record(article, by=None)
    return Article.objects.get()


def test_who_may_not_sign_is_told_so_beside_the_description(reporter, shown):
    photo = Photo.objects.get()
    refused = describe(reporter, photo, alt="新说明", reason="写错")
    form = refused.context["adminform"].form
    assert (refused.status_code, list(form.errors)) == (200, ["alt"])
    assert form["alt"].value() == "新说明"
    assert Photo.objects.get().alt == "旧说明"
    assert Revision.objects.count() == 2


def test_the_chief_is_asked_why_and_shown_which_articles_it_is_in(chief, shown):
    page = chief.get(photo_url(Photo.objects.get())).content.decode()
    assert article_url(shown) in page
    assert "须重新审读" in page
    asked = describe(chief, Photo.objects.get(), alt="新说明")
    assert list(asked.context["adminform"].form.errors) == ["reason"]
    assert Photo.objects.get().alt == "旧说明"


def test_a_description_is_a_change_of_the_articles_that_show_it(chief, shown):
    is_public = shown.page.issue.is_published()
    answer = describe(chief, Photo.objects.get(), alt="新说明", reason="写错")
    assert answer.status_code == 302
    assert Photo.objects.get().alt == "新说明"
    now = Article.objects.get()
    assert (now.status == Status.SIGNED) == is_public
    assert [each.reason for each in now.revisions.order_by("number")] == ["", "", "写错"]
    review = now.reviews.get()
    assert (review.move, review.note) == ("correct" if is_public else "void", "写错")
    assert review.revision.number == now.version == 3


def test_other_facts_of_such_a_photo_are_changed_as_ever(chief, shown):
    describe(chief, Photo.objects.get(), alt="旧说明", place="河埠路")
    assert Photo.objects.get().place == "河埠路"
    assert Article.objects.get().status == Status.SIGNED


def test_of_an_article_under_review_the_reviews_are_void_and_nobody_is_asked(reporter):
    article = signed_article(is_public=False, status=Status.FINAL_REVIEW)
    make_caption(article=article, photo=make_photo(alt="旧说明"))
    revisions.record(article, by=None)
    describe(reporter, Photo.objects.get(), alt="新说明")
    assert Photo.objects.get().alt == "新说明"
    assert Article.objects.get().status == Status.FIRST_REVIEW


def test_the_photo_of_drafts_alone_needs_no_reason(reporter):
    make_caption(article=make_article(status=Status.DRAFT), photo=make_photo(alt="旧说明"))
    page = reporter.get(photo_url(Photo.objects.get()))
    assert "reason" not in page.context["adminform"].form.fields
    describe(reporter, Photo.objects.get(), alt="新说明")
    assert Photo.objects.get().alt == "新说明"


@pytest.mark.parametrize("count", [1, 3])
def test_a_description_costs_five_queries_and_sixteen_for_each_article(
    count, django_assert_num_queries
):
    photo, by = make_photo(), make_chief()
    page = make_page(issue=make_issue())
    articles = [make_article(page=page, headline=f"稿件{number}") for number in range(count)]
    for article in articles:
        make_caption(article=article, photo=photo)
        revisions.record(article, by=None)
    with django_assert_num_queries(5 + 16 * count + LEDGER):
        void_for_photo([article.pk for article in articles], by=by, reason="描述不准")
    for article in articles:
        assert article.revisions.latest("number").reason == "描述不准"
