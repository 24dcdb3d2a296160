"""The form of a new article that is posted twice makes one article, and loses nothing."""

from functools import partial
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Article, Revision, Status
from articles.tests.factories import make_chief, make_issue, make_page
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    signed_in,
    stored_copy,
)

pytestmark = pytest.mark.django_db
ROWS = {"bylines": [{"order": 1, "role": "记者", "name": "林晓禾"}]}
TYPED = {"headline": "河埠路便民服务点启用", "body": "<p>昨天启用。</p>", "tags": "民生，交通"}


def typed_into(uid, **changed):
    return article_data(**ROWS, **TYPED | changed) | {"_uid": str(uid)}


def test_the_empty_form_names_its_article_and_another_one_another(mine):
    shown = [fields(mine.get(ARTICLE_ADD_URL), "article_form")["_uid"] for _ in range(2)]
    assert len({*shown}) == 2
    mine.post(ARTICLE_ADD_URL, typed_into(shown[0]))
    assert str(Article.objects.get().uid) == shown[0]


def test_a_form_with_an_error_keeps_the_name_of_its_article(mine):
    uid = uuid4()
    response = mine.post(ARTICLE_ADD_URL, typed_into(uid, genre="none"))
    assert fields(response, "article_form")["_uid"] == str(uid)
    assert not Article.objects.exists()


def test_the_second_post_leads_to_the_article_of_the_first(mine):
    form = typed_into(uuid4(), tags="民生，AI")
    answers = [mine.post(ARTICLE_ADD_URL, form) for _ in range(2)]
    article = Article.objects.get()
    assert [each.headers["Location"] for each in answers] == [article_url(article)] * 2
    assert (Revision.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_a_second_post_that_submits_it_too_leads_there_as_well(mine):
    form = typed_into(uuid4()) | {"_move": "submit"}
    for _ in range(2):
        mine.post(ARTICLE_ADD_URL, form)
    assert Article.objects.get().status != Status.DRAFT
    assert Revision.objects.count() == 1


def test_a_second_post_undoes_nothing_that_was_saved_since(mine):
    form = typed_into(uuid4())
    mine.post(ARTICLE_ADD_URL, form)
    article = Article.objects.get()
    opened = fields(mine.get(article_url(article)), "article_form")
    mine.post(article_url(article), opened | {"headline": "新题"})
    mine.post(ARTICLE_ADD_URL, form)
    assert stored_copy(Article.objects.get()).headline == "新题"


def test_other_words_from_the_same_form_are_asked_about_and_not_lost(mine):
    uid = uuid4()
    mine.post(ARTICLE_ADD_URL, typed_into(uid))
    asked = mine.post(ARTICLE_ADD_URL, typed_into(uid, headline="第二稿"))
    assert asked.status_code == 409
    assert [each.name for each in asked.context["disputes"]] == ["headline"]
    assert stored_copy(Article.objects.get()).headline == TYPED["headline"]
    form = fields(asked, "conflict_form") | {"choice-headline": "mine"}
    assert mine.post(asked.context["action"], form).status_code == 302
    assert stored_copy(Article.objects.get()).headline == "第二稿"


def test_the_article_of_somebody_else_is_neither_shown_nor_changed(mine, theirs):
    form = typed_into(uuid4())
    for desk in (mine, theirs):
        desk.post(ARTICLE_ADD_URL, form | {"headline": desk.session["_auth_user_id"]})
    former, later = Article.objects.order_by("pk")
    assert former.uid != later.uid
    assert former.revisions.get().made_by.name == "林晓禾"
    assert later.revisions.get().made_by.name == "周一鸣"


@pytest.mark.parametrize("uid", ["", "x", "1" * 40, "\x00"])
def test_a_form_without_a_name_makes_an_article_as_ever(mine, uid):
    mine.post(ARTICLE_ADD_URL, typed_into(uid))
    assert Article.objects.get().headline == TYPED["headline"]


@pytest.mark.slow
@pytest.mark.parametrize("is_placed", [False, True])
def test_ten_at_once_make_one_article(together, is_placed):
    member = make_chief(username="lin", name="林晓禾")
    page = make_page(issue=make_issue(released_at=None)).pk if is_placed else ""
    form = typed_into(uuid4(), page=page)

    desks = [signed_in(member) for _ in range(10)]
    answers = together([partial(desk.post, ARTICLE_ADD_URL, form) for desk in desks])
    assert {each.status_code for each in answers} == {302}
    assert {each.headers["Location"] for each in answers} == {article_url(Article.objects.get())}
    assert Revision.objects.count() == 1
