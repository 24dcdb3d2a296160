"""Documents at the desk: uploaded, looked at, stored or discarded, and the files afterwards."""

import json
from datetime import timedelta
from io import BytesIO
from unittest.mock import Mock

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from articles.admin.document import document_review
from articles.documents import document_import
from articles.documents.document_reader import LARGEST, LARGEST_TEXT
from articles.models import Article, Photo, SourceDocument
from articles.tests.factories import image_bytes, make_chief, make_issue, make_member, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.samples.word_files import paragraph, picture, run, styled, word_file

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/sourcedocument/add/"
REVIEW = "/admin/articles/sourcedocument/review/"
AS_SCRIPT = {"headers": {"accept": "application/json"}}


def upload(number=1, *, body="") -> SimpleUploadedFile:
    body = body or (
        styled("Title", f"第{number}个便民服务点启用")
        + paragraph("本报讯（记者 张可馨）昨天上午，云溪区的服务点启用，居民前来办事。")
        + paragraph(picture("a.jpg", "窗口"))
        + paragraph("图为居民在服务点办事。 王甲 摄")
    )
    data = word_file(body, media={"a.jpg": image_bytes()}).getvalue()
    return SimpleUploadedFile(f"稿件{number}.docx", data)


@pytest.fixture
def lin(db):
    return make_chief(username="lin", name="林晓禾", is_superuser=False)


@pytest.fixture
def desk(lin):
    return signed_in(lin)


def texts_of(response) -> list[str]:
    return [str(each) for each in get_messages(response.wsgi_request)]


def pending() -> list[int]:
    return list(SourceDocument.objects.filter(article=None).values_list("pk", flat=True))


def test_files_are_shown_before_they_are_stored_and_then_become_drafts(desk, lin):
    page = make_page(issue=make_issue(released_at=None))
    bad = SimpleUploadedFile("坏.docx", b"PK\x03\x04")
    answer = desk.post(ADD, {"files": [upload(1), bad, upload(2)], "page": page.pk})
    assert (answer.status_code, answer["Location"]) == (302, REVIEW)
    shown = desk.get(REVIEW).content.decode()
    for words in (
        "第1个便民服务点启用",
        "稿件2.docx",
        "图为居民在服务点办事。",
        "王甲 摄",
        "坏.docx",
    ):
        assert words in shown
    assert (Article.objects.count(), Photo.objects.count()) == (0, 0)
    answer = desk.post(REVIEW, {"document": pending(), "store": "1"})
    assert answer["Location"] == "/admin/articles/article/"
    found = Article.objects.order_by("position").values_list("headline", "page", "status")
    assert list(found) == [(f"第{n}个便民服务点启用", page.pk, "draft") for n in (1, 2)]
    assert Photo.objects.count() == 2
    assert texts_of(answer)[-1].startswith("已建立 2 篇草稿：")


def test_what_was_left_out_is_shown_and_doubts_stand_first(desk):
    doubtful = paragraph(
        "这里没有标题，只有一段话，讲的是昨天的事情。" + run("内部", "<w:vanish/>")
    )
    doubtful = paragraph(run("昨天开工，今天完工，明天验收。") + run("内部口径", "<w:vanish/>"))
    desk.post(ADD, {"files": [upload(1), upload(2, body=doubtful)]})
    shown = desk.get(REVIEW)
    names = [each.document.name for each in shown.context["previews"]]
    assert names == ["稿件2.docx", "稿件1.docx"]
    words = shown.content.decode()
    assert "没有找到标题" in words
    assert "<q>内部口径</q>" in words


def test_a_script_gets_the_outcome_of_each_file(desk):
    answer = desk.post(ADD, {"files": [upload()]}, **AS_SCRIPT)
    assert (answer.status_code, answer.json()) == (200, {"refused": []})
    answer = desk.post(
        ADD,
        {"files": [SimpleUploadedFile("坏.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]},
        **AS_SCRIPT,
    )
    assert answer.status_code == 422
    assert answer.json() == {"refused": ["这是旧格式的 .doc 或 .wps 文件。请打开后另存为 .docx。"]}
    assert desk.post(ADD, {}, **AS_SCRIPT).status_code == 422
    (key,) = pending()
    answer = desk.post(REVIEW, {"document": key, "store": "1"}, **AS_SCRIPT)
    article = Article.objects.get()
    address = reverse("admin:articles_article_change", args=[article.pk])
    assert answer.json() == {
        "stored": [{"title": article.headline, "address": address}],
        "failed": [],
    }
    answer = desk.post(REVIEW, {"document": key, "store": "1"}, **AS_SCRIPT)
    assert answer.json() == {"stored": [], "failed": ["已在别的窗口存入或放弃。"]}


def test_the_form_says_which_files_it_takes_and_how_large(desk):
    shown = desk.get(ADD).content.decode()
    assert 'accept=".docx,.txt,.html,.htm"' in shown
    most, most_text = (size // 1024**2 for size in (LARGEST, LARGEST_TEXT))
    assert f"不超过 {most} MB" in shown
    assert f"不超过 {most_text} MB" in shown


def test_struck_words_of_a_web_page_are_shown_as_left_out_as_the_form_says(desk):
    assert "仅对 Word 和 WPS 文档有效" in desk.get(ADD).content.decode()
    page = "<h2>便民服务点启用</h2><p>昨天<s>今天</s>启用。</p>".encode()
    desk.post(ADD, {"files": [SimpleUploadedFile("稿.html", page)], "keep_struck": "on"})
    shown = desk.get(REVIEW).content.decode()
    assert "昨天启用。" in shown
    assert "<q>今天</q>" in shown


def test_files_that_are_all_refused_leave_the_form(desk):
    answer = desk.post(ADD, {"files": [SimpleUploadedFile("坏.docx", b"x")]})
    assert answer.status_code == 200
    assert "坏.docx" in answer.content.decode()
    assert desk.post(ADD, {}).context["form"].errors == {"files": ["请选择文件。"]}


def test_a_hundred_files_are_taken_at_once_and_no_more(desk):
    words = [f"第{number}个服务点启用\n昨天启用。" for number in range(101)]

    def files(number: int) -> dict:
        chosen = enumerate(words[:number])
        return {"files": [SimpleUploadedFile(f"{n}.txt", text.encode()) for n, text in chosen]}

    assert desk.post(ADD, files(101)).context["form"].errors == {"files": ["一次最多 100 个文件。"]}
    assert desk.post(ADD, files(100)).status_code == 302
    desk.post(REVIEW, {"document": pending(), "store": "1"})
    assert Article.objects.count() == 100


def test_one_that_fails_is_named_and_waits_and_the_others_are_stored(desk, lin):
    lin.user_permissions.remove(*lin.user_permissions.filter(codename="release_issue"))
    desk.post(ADD, {"files": [upload(1)], "page": make_page().pk})  # of a released issue
    desk.post(ADD, {"files": [upload(2)]})
    answer = desk.post(REVIEW, {"document": pending(), "store": "1"})
    assert answer["Location"] == REVIEW
    assert [each.headline for each in Article.objects.all()] == ["第2个便民服务点启用"]
    assert [each.name for each in SourceDocument.objects.filter(article=None)] == ["稿件1.docx"]
    assert any(each.startswith("稿件1.docx：") for each in texts_of(answer))


def test_one_request_stores_as_many_as_it_has_time_for(desk, monkeypatch):
    desk.post(ADD, {"files": [upload(1), upload(2)]})
    monkeypatch.setattr(document_review, "TIME", -1)
    answer = desk.post(REVIEW, {"document": pending(), "store": "1"})
    assert (answer["Location"], Article.objects.count(), len(pending())) == (REVIEW, 0, 2)


def test_one_that_something_else_crosses_is_named_and_can_be_stored_again(desk, monkeypatch):
    desk.post(ADD, {"files": [upload()]})
    with monkeypatch.context() as patch:
        patch.setattr(document_import, "add_pictures", Mock(side_effect=IntegrityError))
        answer = desk.post(REVIEW, {"document": pending(), "store": "1"}, **AS_SCRIPT)
    why = "稿件1.docx：它需要的内容同时被改动了。请再试一次。"
    assert (answer.status_code, answer.json()) == (422, {"stored": [], "failed": [why]})
    answer = desk.post(REVIEW, {"document": pending(), "store": "1"}, **AS_SCRIPT)
    assert answer.json()["failed"] == []


def test_an_upload_deletes_what_nobody_has_confirmed_for_a_week(
    desk, django_capture_on_commit_callbacks
):
    desk.post(ADD, {"files": [upload(1)]})
    old = SourceDocument.objects.get()
    SourceDocument.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(ADD, {"files": [upload(2)]}, **AS_SCRIPT)
    assert [row.name for row in SourceDocument.objects.all()] == ["稿件2.docx"]
    assert not old.file.storage.exists(old.file.name)


def test_documents_can_be_discarded_without_a_trace(desk, django_capture_on_commit_callbacks):
    desk.post(ADD, {"files": [upload()]})
    file = SourceDocument.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(REVIEW, {"document": pending(), "discard": "1"})
    assert answer["Location"] == REVIEW
    assert not SourceDocument.objects.exists()
    assert not file.storage.exists(file.name)


def test_nobody_sees_stores_or_discards_what_somebody_else_uploaded(desk):
    desk.post(ADD, {"files": [upload()]})
    (key,) = pending()
    other = signed_in(make_chief(username="zhang"))
    assert "稿件1.docx" not in other.get(REVIEW).content.decode()
    for action in ("store", "discard"):
        other.post(REVIEW, {"document": key, action: "1"})
    assert pending() == [key]
    assert other.get(f"/admin/articles/sourcedocument/{key}/file/").status_code == 404
    assert other.get(f"/admin/articles/sourcedocument/{key}/pictures/1/").status_code == 404


def test_the_same_file_is_told_when_it_comes_again(desk):
    file = upload()
    desk.post(ADD, {"files": [file]})
    desk.post(REVIEW, {"document": pending(), "store": "1"})
    file.seek(0)
    desk.post(ADD, {"files": [file]})
    assert "这个文件已经导入过" in desk.get(REVIEW).content.decode()


def test_who_may_not_write_articles_may_not_import(db):
    member = make_member(username="jiaodui", is_staff=True)
    desk = signed_in(member)
    assert desk.get(ADD).status_code == desk.get(REVIEW).status_code == 403
    assert desk.post(ADD, {"files": [upload()]}).status_code == 403
    assert "sourcedocument" not in desk.get("/admin/").content.decode()


def test_the_index_and_the_list_of_articles_lead_to_the_import(desk):
    for address in ("/admin/", "/admin/articles/article/"):
        assert f'href="{ADD}"' in desk.get(address).content.decode()


def test_the_board_leads_to_the_import_onto_a_page(desk):
    page = make_page(issue=make_issue(released_at=None))
    board = desk.get(reverse("admin:articles_issue_board", args=[page.issue_id]))
    assert f'href="{ADD}?page={page.pk}"' in board.content.decode()
    form = desk.get(f"{ADD}?page={page.pk}").content.decode()
    assert f'<option value="{page.pk}" selected>' in form


@pytest.mark.parametrize("number", [1, 12])
def test_the_preview_takes_the_same_queries_for_any_number(
    desk, lin, number, django_assert_num_queries
):
    desk.get(REVIEW)
    for each in range(number):
        desk.post(ADD, {"files": [upload(each)]}, **AS_SCRIPT)
    with django_assert_num_queries(6):
        desk.get(REVIEW)


def test_what_waits_is_json_that_any_database_takes(desk):
    desk.post(ADD, {"files": [upload()]})
    stored = SourceDocument.objects.get().stored_draft
    assert stored.isascii()
    assert json.loads(stored)["genre"] == "news"
    assert BytesIO(stored.encode()).getvalue()
