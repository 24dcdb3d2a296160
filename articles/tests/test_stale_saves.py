"""Two editors have one article open: what either saves is kept, through the form as it is."""

import json

import pytest

from articles import body, revisions
from articles.models import Article, Change, Status, WorkingCopy

from . import make
from .posting import fields, signed_in
from .test_article_admin import ADD, address, typed

pytestmark = pytest.mark.django_db
PARAGRAPHS = ["第一段。", "第二段。", "第三段。"]


@pytest.fixture
def mine():
    return signed_in(make.make_chief(username="lin", name="林晓禾"))


@pytest.fixture
def theirs():
    return signed_in(make.make_chief(username="zhou", name="周一鸣"))


@pytest.fixture
def article(mine) -> Article:
    rows = [{"order": 1, "role": "记者", "name": "林晓禾"}]
    body_typed = body.from_paragraphs(PARAGRAPHS)
    mine.post(ADD, typed(headline="旧题", body=body_typed, bylines=rows, tags="民生，交通"))
    return Article.objects.get()


def opened(client, article) -> dict:
    """Return the article form as a window shows it."""
    return fields(client.get(address(article)), "article_form") | {"_continue": "1"}


def settle(client, response, **decided):
    """Send the conflict screen with what was decided."""
    form = fields(response, "conflict_form")
    return client.post(response.request["PATH_INFO"], form | decided)


def words(article):
    return revisions.read(Article.objects.get(pk=article.pk))


def said(response) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def test_a_new_article_is_revision_1_and_a_save_without_a_change_makes_none(mine, article):
    mine.post(address(article), opened(mine, article))
    mine.post(address(article), opened(mine, article) | {"genre": "feature", "source": "新华社"})
    kept = article.revisions.values_list("number", "change", "made_by__name", "status")
    assert list(kept) == [(1, Change.WRITTEN, "林晓禾", Status.DRAFT)]
    assert Article.objects.get().source == "新华社"


def test_what_two_editors_changed_in_different_fields_is_brought_together(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "新题", "tags": "民生，教育"})
    response = mine.post(address(article), my_form | {"kicker": "引题", "tags": "民生，交通，房产"})
    now = words(article)
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
    my_form, their_form = opened(mine, article), opened(theirs, article)
    new = body.from_paragraphs(["第一段。", "第二段。", "第三段，改过。"])
    theirs.post(address(article), their_form | {"body": new})
    new = body.from_paragraphs(["第一段改过。", "第二段。", "第三段。"])
    assert mine.post(address(article), my_form | {"body": new}).status_code == 302
    assert body.paragraphs(words(article).body) == ["第一段改过。", "第二段。", "第三段，改过。"]


def test_the_same_field_is_asked_about_and_nothing_is_overwritten_or_lost(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题", "deck": "他的副题"})
    response = mine.post(address(article), my_form | {"headline": "我的题", "kicker": "我的引题"})
    html = response.content.decode()
    assert response.status_code == 409
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert [each.name for each in response.context["disputes"]] == ["headline"]
    for text in ("周一鸣", "旧题", "删除线为删去", "副题"):
        assert text in html
    assert words(article).headline == "他的题"
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
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题", "deck": "他的副题"})
    asked = mine.post(address(article), my_form | {"headline": "我的题", "kicker": "我的引题"})
    response = settle(mine, asked, **decided)
    now = words(article)
    assert response.status_code == 302
    assert (now.headline, now.deck, now.kicker) == (headline, "他的副题", "我的引题")
    assert (now.tags, [row.name for row in now.bylines]) == (("交通", "民生"), ["林晓禾"])
    latest = article.revisions.first()
    assert (latest.number, latest.change, latest.made_by.name) == (3, Change.MERGED, "林晓禾")
    assert not WorkingCopy.objects.exists()


def test_what_is_left_undecided_is_asked_again(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题", "dateline": "他的电头"})
    asked = mine.post(address(article), my_form | {"headline": "我的题", "dateline": "我的电头"})
    again = settle(mine, asked, **{"choice-headline": "theirs", "own-dateline": "再改的电头"})
    assert again.status_code == 409
    assert "再改的电头" in again.content.decode()
    assert dict(WorkingCopy.objects.get().fields)["dateline"] == "再改的电头"
    decided = {"choice-headline": "theirs", "choice-dateline": "mine"}
    assert settle(mine, again, **decided).status_code == 302
    assert (words(article).headline, words(article).dateline) == ("他的题", "再改的电头")


def test_a_step_that_met_a_conflict_is_not_taken_and_its_note_is_kept(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题"})
    step = {"headline": "我的题", "_move": "submit", "_note": "请今晚看"}
    asked = mine.post(address(article), my_form | step)
    assert settle(mine, asked, **{"choice-headline": "mine"}).status_code == 302
    assert Article.objects.get().status == Status.DRAFT
    assert fields(mine.get(address(article)), "article_form")["_note"] == "请今晚看"


def test_formatting_that_both_changed_is_told_apart_from_words(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    bold = my_form["body"].replace("第一段", "<strong>第一段</strong>")
    theirs.post(address(article), their_form | {"body": bold})
    bold = my_form["body"].replace("第一", "<strong>第一</strong>")
    asked = mine.post(address(article), my_form | {"body": bold})
    assert [each.is_unseen for each in asked.context["disputes"]] == [True]


def test_a_third_editor_who_saves_meanwhile_is_not_overwritten_either(mine, theirs, article):
    third = signed_in(make.make_chief(username="wu", name="吴明远"))
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题"})
    asked = mine.post(address(article), my_form | {"headline": "我的题"})
    third.post(address(article), opened(third, article) | {"headline": "第三题", "deck": "副题"})
    again = settle(mine, asked, **{"choice-headline": "mine"})
    assert again.status_code == 409
    assert again.context["others"] == "吴明远"
    assert settle(mine, again, **{"choice-headline": "mine"}).status_code == 302
    assert (words(article).headline, words(article).deck) == ("我的题", "副题")


def test_rows_that_the_other_replaced_do_not_matter(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"bylines-0-DELETE": "on"})
    response = mine.post(address(article), my_form | {"kicker": "引题"})
    assert response.status_code == 302
    assert (words(article).bylines, words(article).kicker) == ((), "引题")


def test_both_editors_bylines_can_be_kept(mine, theirs, article):
    linked = make.make_contributor(name="丙")
    my_form, their_form = opened(mine, article), opened(theirs, article)
    row = {"bylines-1-order": "2", "bylines-1-role": "通讯员"}
    added = their_form | row | {"bylines-1-name": "丙", "bylines-1-contributor": linked.pk}
    theirs.post(address(article), added)
    asked = mine.post(address(article), my_form | row | {"bylines-1-name": "乙"})
    assert asked.status_code == 409
    assert settle(mine, asked, **{"choice-bylines": "both"}).status_code == 302
    rows = article.bylines.values_list("role", "name", "contributor")
    assert list(rows) == [
        ("记者", "林晓禾", None),
        ("通讯员", "乙", None),
        ("通讯员", "丙", linked.pk),
    ]


def test_what_is_no_word_is_brought_together_too(mine, theirs, article):
    page = make.make_page(issue=make.make_issue(released_at=None))
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"page": page.pk, "rank": "1", "genre": "feature"})
    mine.post(address(article), my_form | {"source": "新华社", "headline": "新题"})
    now = Article.objects.get()
    assert (now.page, now.rank, now.genre, now.source) == (page, 1, "feature", "新华社")
    assert article.revisions.count() == 2


def test_a_page_to_which_both_moved_the_article_is_asked_about(mine, theirs, article):
    issue = make.make_issue(released_at=None)
    one, other = (make.make_page(issue=issue, label=label) for label in ("A1", "A2"))
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"page": one.pk})
    asked = mine.post(address(article), my_form | {"page": other.pk, "headline": "新题"})
    assert [each.name for each in asked.context["disputes"]] == ["page"]
    assert settle(mine, asked, **{"choice-page": "theirs"}).status_code == 302
    assert (Article.objects.get().page, Article.objects.get().headline) == (one, "新题")


def test_a_form_with_mistakes_still_says_what_it_was_opened_at(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题"})
    shown = mine.post(address(article), my_form | {"kicker": "长" * 201})
    again = fields(shown, "article_form")
    assert (again["_version"], again["_opened"]) == (my_form["_version"], my_form["_opened"])
    mine.post(address(article), again | {"kicker": "短", "_continue": "1"})
    assert (words(article).headline, words(article).kicker) == ("他的题", "短")


@pytest.mark.parametrize("version", [None, "", "无", "-1", "9" * 40, "7"])
def test_a_form_that_does_not_say_its_version_overwrites_nothing(mine, theirs, article, version):
    theirs.post(address(article), opened(theirs, article) | {"headline": "他的题"})
    form = opened(mine, article) | {"headline": "我的题"}
    form |= {"_version": version} if version is not None else {}
    if version is None:
        del form["_version"]
    asked = mine.post(address(article), form)
    assert asked.status_code == 409
    assert words(article).headline == "他的题"
    assert "我的题" in asked.content.decode()


@pytest.mark.parametrize("stated", ["", "{", "[]", '{"links": [1]}', '{"page": {}, "links": []}'])
def test_nonsense_about_what_was_opened_is_no_error(mine, article, stated):
    form = opened(mine, article) | {"_opened": stated, "kicker": "引题"}
    assert mine.post(address(article), form).status_code == 302
    assert words(article).kicker == "引题"


@pytest.mark.parametrize(
    "damage", [{"_typed": "{"}, {"_theirs": "x"}, {"_theirs": "99"}, {"_facts": "["}]
)
def test_a_damaged_conflict_screen_stores_nothing(mine, theirs, article, damage):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"headline": "他的题"})
    asked = mine.post(address(article), my_form | {"headline": "我的题"})
    assert settle(mine, asked, **damage).status_code == 400
    assert words(article).headline == "他的题"


def test_words_that_a_side_door_stored_are_kept_as_a_revision_first(mine, article):
    form = opened(mine, article)
    Article.objects.update(deck="旁门写的副题")
    mine.post(address(article), form | {"headline": "新题"})
    assert (words(article).headline, words(article).deck) == ("新题", "旁门写的副题")
    kept = article.revisions.order_by("number").values_list("made_by__name", flat=True)
    assert list(kept) == ["林晓禾", None, "林晓禾"]


def test_a_conflict_with_a_side_door_is_settled_too(mine, article):
    form = opened(mine, article)
    Article.objects.update(headline="旁门写的题")
    asked = mine.post(address(article), form | {"headline": "我的题"})
    assert settle(mine, asked, **{"choice-headline": "theirs"}).status_code == 302
    assert words(article).headline == "旁门写的题"


def test_a_move_by_somebody_else_does_not_stop_a_save(mine, theirs, article):
    form = opened(mine, article)
    Article.objects.update(status=Status.SECOND_REVIEW)
    response = mine.post(address(article), form | {"headline": "新题"})
    assert response.status_code == 302
    assert Article.objects.get().status == Status.FIRST_REVIEW
    assert "文字有改动，须重新审读。" in said(response)


def test_an_article_with_a_history_is_not_deleted(mine, article):
    assert (
        mine.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert Article.objects.exists()


def test_the_conflict_screen_has_no_inline_code(mine, theirs, article):
    my_form, their_form = opened(mine, article), opened(theirs, article)
    theirs.post(address(article), their_form | {"body": "<p>他</p>"})
    asked = mine.post(address(article), my_form | {"body": "<p>我<strong>写</strong></p>"})
    html = asked.content.decode()
    assert " style=" not in html
    assert " on" not in "".join(part.split(">")[0] for part in html.split("<script")[1:])
    assert json.loads(fields(asked, "conflict_form")["_typed"])
