"""None"""

import pytest

from articles.content import article_html
from articles.models import Article, Change, Status
from articles.tests import factories
from articles.tests.form_helpers import article_url, fields, open_form, stored_copy

pytestmark = pytest.mark.django_db


def said(response) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def test_a_new_article_is_revision_1_and_a_save_without_a_change_makes_none(mine, article):
    mine.post(article_url(article), open_form(mine, article))
    mine.post(
        article_url(article), open_form(mine, article) | {"genre": "feature", "source": "新华社"}
    )
    kept = article.revisions.values_list("number", "change", "made_by__name", "status")
    assert list(kept) == [(1, Change.WRITTEN, "林晓禾", Status.DRAFT)]
    assert Article.objects.get().source == "新华社"


def test_what_two_editors_changed_in_different_fields_is_brought_together(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "新题", "tags": "民生，教育"})
    response = mine.post(
        article_url(article), my_form | {"kicker": "引题", "tags": "民生，交通，房产"}
    )
    now = stored_copy(article)
    assert response.status_code == 302
    assert (now.headline, now.kicker) == ("新题", "引题")
    assert now.tags == ("房产", "教育", "民生")
    kept = article.revisions.order_by("number").values_list("number", "change", "made_by__name")
    assert list(kept) == [
        (1, Change.WRITTEN, "林晓禾"),
        (2, Change.EDITED, "周一鸣"),
        (3, Change.MERGED, "林晓禾"),
    ]
    assert "已与周一鸣此间保存的修改合并：主题、标签。" in said(response)


def test_different_paragraphs_are_brought_together(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    new = article_html.html_from_paragraphs(["第一段。", "第二段。", "第三段，改过。"])
    theirs.post(article_url(article), their_form | {"body": new})
    new = article_html.html_from_paragraphs(["第一段改过。", "第二段。", "第三段。"])
    assert mine.post(article_url(article), my_form | {"body": new}).status_code == 302
    assert article_html.paragraphs(stored_copy(article).body) == [
        "第一段改过。",
        "第二段。",
        "第三段，改过。",
    ]


def test_rows_that_the_other_replaced_do_not_matter(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"bylines-0-DELETE": "on"})
    response = mine.post(article_url(article), my_form | {"kicker": "引题"})
    assert response.status_code == 302
    assert (stored_copy(article).bylines, stored_copy(article).kicker) == ((), "引题")


def test_what_is_no_word_is_brought_together_too(mine, theirs, article):
    page = factories.make_page(issue=factories.make_issue(released_at=None))
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(
        article_url(article), their_form | {"page": page.pk, "rank": "1", "genre": "feature"}
    )
    mine.post(article_url(article), my_form | {"source": "新华社", "headline": "新题"})
    now = Article.objects.get()
    assert (now.page, now.rank, now.genre, now.source) == (page, 1, "feature", "新华社")
    assert article.revisions.count() == 2


def test_a_form_with_mistakes_still_says_what_it_was_opened_at(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题"})
    shown = mine.post(article_url(article), my_form | {"kicker": "长" * 1001})
    again = fields(shown, "article_form")
    assert (again["_version"], again["_opened"]) == (my_form["_version"], my_form["_opened"])
    mine.post(article_url(article), again | {"kicker": "短", "_continue": "1"})
    assert (stored_copy(article).headline, stored_copy(article).kicker) == ("他的题", "短")


@pytest.mark.parametrize("stated", ["", "{", "[]", '{"links": [1]}', '{"page": {}, "links": []}'])
def test_nonsense_about_what_was_opened_is_no_error(mine, article, stated):
    form = open_form(mine, article) | {"_opened": stated, "kicker": "引题"}
    assert mine.post(article_url(article), form).status_code == 302
    assert stored_copy(article).kicker == "引题"


def test_words_that_a_side_door_stored_are_kept_as_a_revision_first(mine, article):
    form = open_form(mine, article)
    Article.objects.update(deck="旁门写的副题")
    mine.post(article_url(article), form | {"headline": "新题"})
    assert (stored_copy(article).headline, stored_copy(article).deck) == ("新题", "旁门写的副题")
    kept = article.revisions.order_by("number").values_list("made_by__name", flat=True)
    assert list(kept) == ["林晓禾", None, "林晓禾"]


def test_a_move_by_somebody_else_does_not_stop_a_save(mine, theirs, article):
    form = open_form(mine, article)
    Article.objects.update(status=Status.SECOND_REVIEW)
    response = mine.post(article_url(article), form | {"headline": "新题"})
    assert response.status_code == 302
    assert Article.objects.get().status == Status.FIRST_REVIEW
    assert "文字有改动，须重新审读。" in said(response)


def test_an_article_with_a_history_is_not_deleted(mine, article):
    assert (
        mine.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert Article.objects.exists()
