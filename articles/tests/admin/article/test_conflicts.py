"""Two editors have one article open: what either saves is kept, through the form as it is."""

import pytest

from articles.admin.article.conflict_page import TypedForm
from articles.models import Article, Change, Status, WorkingCopy
from articles.tests import factories
from articles.tests.form_helpers import (
    article_url,
    fields,
    open_form,
    resolve_conflict,
    signed_in,
    stored_copy,
)

pytestmark = pytest.mark.django_db


def test_the_same_field_is_asked_about_and_nothing_is_overwritten_or_lost(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题", "deck": "他的副题"})
    response = mine.post(
        article_url(article), my_form | {"headline": "我的题", "kicker": "我的引题"}
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert [each.name for each in response.context["disputes"]] == ["headline"]
    for text in ("周一鸣", "旧题", "删除线为删去", "副题"):
        assert text in html
    assert stored_copy(article).headline == "他的题"
    kept = dict(WorkingCopy.objects.get().fields)
    assert (kept["headline"], kept["kicker"]) == ("我的题", "我的引题")
    assert WorkingCopy.objects.get().member.name == "林晓禾"


@pytest.mark.parametrize(
    ("decided", "headline"),
    [
        ({"choice-headline": "mine"}, "我的题"),
        ({"choice-headline": "mine", "own-headline": "合写的题"}, "合写的题"),
        ({"choice-headline": "theirs"}, "他的题"),
    ],
)
def test_what_was_decided_is_a_new_revision(mine, theirs, article, decided, headline):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题", "deck": "他的副题"})
    asked = mine.post(article_url(article), my_form | {"headline": "我的题", "kicker": "我的引题"})
    response = resolve_conflict(mine, asked, **decided)
    now = stored_copy(article)
    assert response.status_code == 302
    assert (now.headline, now.deck, now.kicker) == (headline, "他的副题", "我的引题")
    assert (now.tags, [row.name for row in now.bylines]) == (("交通", "民生"), ["林晓禾"])
    latest = article.revisions.first()
    assert (latest.number, latest.change, latest.made_by.name) == (3, Change.MERGED, "林晓禾")
    assert not WorkingCopy.objects.exists()


def test_what_is_left_undecided_is_asked_again(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题", "dateline": "他的电头"})
    asked = mine.post(
        article_url(article), my_form | {"headline": "我的题", "dateline": "我的电头"}
    )
    again = resolve_conflict(
        mine, asked, **{"choice-headline": "theirs", "own-dateline": "再改的电头"}
    )
    assert again.status_code == 409
    assert "再改的电头" in again.content.decode()
    assert dict(WorkingCopy.objects.get().fields)["dateline"] == "再改的电头"
    decided = {"choice-headline": "theirs", "choice-dateline": "mine"}
    assert resolve_conflict(mine, again, **decided).status_code == 302
    assert (stored_copy(article).headline, stored_copy(article).dateline) == (
        "他的题",
        "再改的电头",
    )


@pytest.mark.slow
def test_a_step_that_met_a_conflict_is_not_taken_and_its_note_is_kept(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题"})
    step = {"headline": "我的题", "_move": "submit", "_note": "请今晚看"}
    asked = mine.post(article_url(article), my_form | step)
    assert resolve_conflict(mine, asked, **{"choice-headline": "mine"}).status_code == 302
    assert Article.objects.get().status == Status.DRAFT
    assert fields(mine.get(article_url(article)), "article_form")["_note"] == "请今晚看"


def test_formatting_that_both_changed_is_told_apart_from_words(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    bold = my_form["body"].replace("第一段", "<strong>第一段</strong>")
    theirs.post(article_url(article), their_form | {"body": bold})
    bold = my_form["body"].replace("第一", "<strong>第一</strong>")
    asked = mine.post(article_url(article), my_form | {"body": bold})
    assert [each.is_unseen for each in asked.context["disputes"]] == [True]


@pytest.mark.slow
def test_a_third_editor_who_saves_meanwhile_is_not_overwritten_either(mine, theirs, article):
    third = signed_in(factories.make_chief(username="wu", name="吴明远"))
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题"})
    asked = mine.post(article_url(article), my_form | {"headline": "我的题"})
    third.post(
        article_url(article), open_form(third, article) | {"headline": "第三题", "deck": "副题"}
    )
    again = resolve_conflict(mine, asked, **{"choice-headline": "mine"})
    assert again.status_code == 409
    assert again.context["others"] == "吴明远"
    assert resolve_conflict(mine, again, **{"choice-headline": "mine"}).status_code == 302
    assert (stored_copy(article).headline, stored_copy(article).deck) == ("我的题", "副题")


def test_both_editors_bylines_can_be_kept(mine, theirs, article):
    linked = factories.make_contributor(name="丙")
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    row = {"bylines-1-order": "2", "bylines-1-role": "通讯员"}
    added = their_form | row | {"bylines-1-name": "丙", "bylines-1-contributor": linked.pk}
    theirs.post(article_url(article), added)
    asked = mine.post(article_url(article), my_form | row | {"bylines-1-name": "乙"})
    assert asked.status_code == 409
    assert resolve_conflict(mine, asked, **{"choice-bylines": "both"}).status_code == 302
    rows = article.bylines.values_list("role", "name", "contributor")
    assert list(rows) == [
        ("记者", "林晓禾", None),
        ("通讯员", "乙", None),
        ("通讯员", "丙", linked.pk),
    ]


def test_a_page_to_which_both_moved_the_article_is_asked_about(mine, theirs, article):
    issue = factories.make_issue(released_at=None)
    one, other = (factories.make_page(issue=issue, label=label) for label in ("A1", "A2"))
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"page": one.pk})
    asked = mine.post(article_url(article), my_form | {"page": other.pk, "headline": "新题"})
    assert [each.name for each in asked.context["disputes"]] == ["page"]
    assert resolve_conflict(mine, asked, **{"choice-page": "theirs"}).status_code == 302
    assert (Article.objects.get().page, Article.objects.get().headline) == (one, "新题")


@pytest.mark.parametrize("version", [None, "", "无", "-1", "9" * 40, "7"])
def test_a_form_that_does_not_say_its_version_overwrites_nothing(mine, theirs, article, version):
    theirs.post(article_url(article), open_form(theirs, article) | {"headline": "他的题"})
    form = open_form(mine, article) | {"headline": "我的题"}
    form |= {"_version": version} if version is not None else {}
    if version is None:
        del form["_version"]
    asked = mine.post(article_url(article), form)
    assert asked.status_code == 409
    assert stored_copy(article).headline == "他的题"
    assert "我的题" in asked.content.decode()


@pytest.mark.parametrize(
    "damage", [{"_typed": "{"}, {"_theirs": "x"}, {"_theirs": "99"}, {"_facts": "["}]
)
def test_a_damaged_conflict_screen_stores_nothing(mine, theirs, article, damage):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"headline": "他的题"})
    asked = mine.post(article_url(article), my_form | {"headline": "我的题"})
    assert resolve_conflict(mine, asked, **damage).status_code == 400
    assert stored_copy(article).headline == "他的题"


def test_a_conflict_with_a_side_door_is_settled_too(mine, article):
    form = open_form(mine, article)
    Article.objects.update(headline="旁门写的题")
    asked = mine.post(article_url(article), form | {"headline": "我的题"})
    assert resolve_conflict(mine, asked, **{"choice-headline": "theirs"}).status_code == 302
    assert stored_copy(article).headline == "旁门写的题"


def test_the_conflict_screen_has_no_inline_code(mine, theirs, article):
    my_form, their_form = open_form(mine, article), open_form(theirs, article)
    theirs.post(article_url(article), their_form | {"body": "<p>他</p>"})
    asked = mine.post(article_url(article), my_form | {"body": "<p>我<strong>写</strong></p>"})
    html = asked.content.decode()
    assert " style=" not in html
    assert " on" not in "".join(part.split(">")[0] for part in html.split("<script")[1:])
    typed = TypedForm.load(fields(asked, "conflict_form")["_typed"])
    assert typed.submission.copy.body == "<p>我<strong>写</strong></p>"
