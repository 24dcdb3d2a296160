"""What was typed is offered to its writer alone; who else is here is shown."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.content import article_html
from articles.editing import autosave
from articles.editing.autosave import CLOSED
from articles.models import Article, WorkingCopy
from articles.tests import factories
from articles.tests.editor_sessions import Window, draft, reporter
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_url, fields, signed_in

__all__ = ["draft", "reporter"]

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_offered_with_what_differs(reporter, draft):
    Window(reporter, draft).type(
        headline="旧题目", body=article_html.html_from_paragraphs(["原来的正文。"])
    )
    WorkingCopy.objects.update(seen_at=timezone.now() - CLOSED)
    said = Window(reporter, draft).offers()
    (copy,) = said["copies"].values()
    assert copy["fields"][0] == ["headline", "旧题目"]
    assert "旧题<ins>目</ins>" in said["html"]
    assert str(reporter) in said["html"]
    assert "data-take" in said["html"]
    assert "原来的正文" not in said["html"]
    assert not said["waits"]


def test_what_is_open_in_another_window_is_named_and_not_handed_out(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="旧题目")
    said = Window(reporter, draft).offers()
    assert said["waits"]
    assert "data-take" not in said["html"]
    assert "另一个窗口" in said["html"]
    window.say(open=False)
    assert "data-take" in Window(reporter, draft).offers()["html"]


def test_the_window_that_asks_is_not_offered_its_own_words(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="正在写")
    assert window.offers()["copies"] == {}


def test_what_equals_the_saved_words_is_forgotten(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="旧题", body=draft.body)
    window.say(open=False)
    assert Window(reporter, draft).offers() == {
        "html": "",
        "copies": {},
        "known": [],
        "waits": False,
    }
    assert not WorkingCopy.objects.exists()


def test_a_copy_typed_on_earlier_words_is_compared_with_those(reporter, draft):
    chief = factories.make_chief()
    desk = signed_in(chief)
    window = Window(reporter, draft, version=1)
    form = fields(desk.get(article_url(draft)), "article_form")
    desk.post(article_url(draft), form | {"deck": "别人的副题"})
    draft.refresh_from_db()
    assert draft.version == 2
    window.type(headline="旧题目", deck="", body=draft.body)
    window.say(open=False)
    said = Window(reporter, draft, version=2).offers()
    assert "旧题<ins>目</ins>" in said["html"]
    assert "别人的副题" not in said["html"]
    assert "已有新版本" in said["html"]
    assert [copy["version"] for copy in said["copies"].values()] == [1]


def test_rows_pages_and_pictures_are_named_in_the_offer(reporter):
    page, photo = (
        factories.make_page(label="B2", name="社区"),
        factories.make_photo(alt="服务点大厅"),
    )
    column = factories.make_column(name="民生")
    window = Window(reporter)
    window.type(
        **{
            "headline": "新稿",
            "page": str(page.pk),
            "column": str(column.pk),
            "genre": "feature",
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-name": "林晓禾",
            "bylines-0-order": "2",
            "bylines-1-name": "周一鸣",
            "bylines-1-role": "记者",
            "bylines-1-order": "1",
            "captions-TOTAL_FORMS": "1",
            "captions-0-photo": str(photo.pk),
            "captions-0-words": "图说",
        }
    )
    window.say(open=False)
    said = Window(reporter).offers()
    (copy,) = said["copies"].values()
    assert copy["labels"] == {"page": str(page), "column": "民生", "captions-0-photo": "服务点大厅"}
    assert "记者 周一鸣\n林晓禾" in said["html"]
    assert str(page) in said["html"]
    assert "特写" in said["html"] or "通讯" in said["html"]


def test_nobody_else_is_offered_what_one_typed(reporter, draft, roles):
    window = Window(reporter, draft)
    window.type(headline="只有我看")
    window.say(open=False)
    editor = Window(roles("责任编辑"), draft)
    assert editor.offers()["copies"] == {}
    editor.window, editor.serial = window.window, 9
    editor.say("discard")
    editor.type(headline="抢")
    own = WorkingCopy.objects.get(member=reporter)
    assert own.fields == [("headline", "只有我看")]


def test_a_new_article_is_offered_in_the_form_of_new_articles(reporter):
    window = Window(reporter)
    window.type(headline="还没有存过的新稿", body="<p>正文。</p>")
    window.say(open=False)
    said = Window(reporter).offers()
    assert "还没有存过的新稿" in said["html"]
    form = fields(window.client.get(ARTICLE_ADD_URL), "article_form")
    form |= {"headline": "还没有存过的新稿", "_window": window.window, "_serial": 1}
    assert window.client.post(ARTICLE_ADD_URL, form).status_code == 302
    assert Window(reporter).offers()["copies"] == {}


def test_a_draft_deleted_meanwhile_leaves_what_others_typed_in_it(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="写在被删的稿里")
    Article.objects.filter(pk=draft.pk).delete()
    said = window.type(headline="写在被删的稿里。").json()
    assert said == {"kept": 2, "others": [], "note": "稿件已被删除。输入的文字已作为新稿暂存。"}
    window.say(open=False)
    WorkingCopy.objects.update(seen_at=timezone.now() - CLOSED)
    assert "写在被删的稿里。" in Window(reporter).offers()["html"]


def test_taking_over_moves_the_copy_to_the_new_window(reporter, draft):
    former, window = Window(reporter, draft), Window(reporter, draft)
    former.type(headline="旧窗口")
    window.serial = 1
    replaced = {"replaces": former.window, "replaces_serial": former.serial}
    window.say(fields=[("headline", "旧窗口")], **replaced)
    assert str(WorkingCopy.objects.get().editor_id) == window.window


def test_old_copies_are_swept_away_by_whoever_opens_a_form(reporter, draft):
    now = timezone.now()
    for days, typed_at in ((31, now), (29, now), (2, None), (0, None)):
        row = {"member": reporter, "article": draft, "editor_id": uuid4(), "typed_at": typed_at}
        WorkingCopy.objects.create(**row, seen_at=now - timedelta(days=days))
    Window(factories.make_chief(), draft).offers()
    kept = WorkingCopy.objects.values_list("seen_at", flat=True)
    assert [(now - seen).days for seen in kept] == [0, 29]


def test_others_at_the_article_are_shown_with_when_they_typed(reporter, draft, roles):
    editor, chief = roles("责任编辑"), factories.make_chief(name="陈编辑")
    Window(editor, draft).say()
    Window(chief, draft).type(headline="一")
    WorkingCopy.objects.filter(member=chief).update(
        typed_at=timezone.now() - timedelta(minutes=2, seconds=5)
    )
    said = Window(reporter, draft).say().json()["others"]
    assert [{key: value.replace("\xa0", " ") for key, value in line.items()} for line in said] == [
        {"who": "责任编辑 也打开着", "when": "未输入"},
        {"who": "陈编辑 正在编辑", "when": "2 分钟前输入"},
    ]
    WorkingCopy.objects.update(seen_at=timezone.now() - CLOSED)
    assert Window(reporter, draft).say().json()["others"] == []


def test_a_form_closed_untouched_leaves_nothing(reporter, draft):
    window = Window(reporter, draft)
    window.say()
    assert WorkingCopy.objects.count() == 1
    window.say(open=False)
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("others", [1, 25])
def test_being_here_takes_three_queries_however_many_are(draft, others, django_assert_num_queries):
    chief = factories.make_chief(is_superuser=True)
    window = Window(chief, draft)
    window.say()
    for number in range(others):
        member = factories.make_member(username=f"m{number}", is_staff=True)
        autosave.touch(by=member, article=draft, editor_id=uuid4())
    with django_assert_num_queries(2 + 2 + 3):  # login, transaction, its own
        assert len(window.say().json()["others"]) == others


@pytest.mark.parametrize("typed", [1, 10])
def test_offers_take_the_same_queries_however_many_are(typed, django_assert_num_queries):
    chief = factories.make_chief(is_superuser=True)
    page, photo, column = factories.make_page(), factories.make_photo(), factories.make_column()
    draft = factories.make_article(status="draft")
    window = Window(chief, draft)
    for number in range(typed):
        other = Window(chief, draft, client=window.client)
        other.type(
            **{
                "headline": f"第{number}稿",
                "page": str(page.pk),
                "column": str(column.pk),
                "captions-TOTAL_FORMS": "1",
                "captions-0-photo": str(photo.pk),
            }
        )
        other.say(open=False)
    with django_assert_num_queries(13):
        assert len(window.offers()["copies"]) == typed
