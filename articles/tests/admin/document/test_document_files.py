"""The files of documents at the desk, their list, and the pictures of those that wait."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from articles.documents import document_import
from articles.tests.factories import (
    image_bytes,
    make_article,
    make_chief,
    make_member,
    make_source_document,
)
from articles.tests.form_helpers import signed_in
from articles.tests.samples.word_files import paragraph, picture, styled, word_file

pytestmark = pytest.mark.django_db

BODY = styled("Title", "便民服务点启用") + paragraph("昨天启用。") + paragraph(picture("a.jpg"))


@pytest.fixture
def lin(db):
    return make_chief(username="lin", name="林晓禾", is_superuser=False)


@pytest.fixture
def desk(lin):
    return signed_in(lin)


@pytest.fixture
def waiting(lin):
    file = ContentFile(word_file(BODY, media={"a.jpg": image_bytes()}).getvalue())
    return document_import.receive("稿件1.docx", file, by=lin)


def picture_address(document, number: int) -> str:
    return reverse("admin:articles_sourcedocument_picture", args=[document.pk, number])


def test_pictures_are_shown_small_while_they_wait(desk, waiting):
    answer = desk.get(picture_address(waiting, 1))
    assert (answer["Content-Type"], answer.content[:2]) == ("image/jpeg", b"\xff\xd8")
    for number in (0, 2):
        assert desk.get(picture_address(waiting, number)).status_code == 404


def test_the_browser_keeps_a_picture_for_itself_and_asks_whether_it_is_the_same(desk, waiting):
    answer = desk.get(picture_address(waiting, 1))
    assert answer["Cache-Control"] == "private, max-age=3600"
    headers = {"If-None-Match": answer["ETag"]}
    again = desk.get(picture_address(waiting, 1), headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    other = signed_in(make_chief(username="zhang"))
    assert other.get(picture_address(waiting, 1), headers=headers).status_code == 404


def test_a_file_that_is_gone_is_not_found_and_the_review_says_what_to_do(desk, waiting):
    waiting.file.storage.delete(waiting.file.name)
    assert desk.get(picture_address(waiting, 1)).status_code == 404
    file = reverse("admin:articles_sourcedocument_file", args=[waiting.pk])
    assert desk.get(file).status_code == 404
    review = reverse("admin:articles_sourcedocument_review")
    answer = desk.post(review, {"document": waiting.pk, "action": "store"}, follow=True)
    assert "服务器上已没有这份文件，请重新导入。" in answer.content.decode()


def test_a_picture_is_shown_without_reading_the_document(desk, waiting, monkeypatch):
    monkeypatch.delattr("articles.documents.word.package.parse_xml")
    assert desk.get(picture_address(waiting, 1)).status_code == 200


def test_the_file_is_kept_with_the_article_byte_for_byte_for_the_desk_only(
    desk, lin, waiting, client
):
    data = waiting.file.open().read()
    article = document_import.store(waiting, by=lin)
    form = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    address = f"/admin/articles/sourcedocument/{waiting.pk}/file/"
    assert f'<a href="{address}" download>稿件1.docx</a>' in form
    answer = desk.get(address)
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Type"] == "application/octet-stream"
    assert client.get(address).status_code == 302
    reader = signed_in(make_member(username="xin", is_staff=True))
    assert reader.get(address).status_code == 403


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_of_files_takes_the_same_queries_for_any_number(
    desk, lin, number, django_assert_num_queries
):
    desk.get("/admin/articles/sourcedocument/")
    for _ in range(number):
        make_source_document(make_article(), by=lin)
    with django_assert_num_queries(8):
        shown = desk.get("/admin/articles/sourcedocument/").content.decode()
    assert shown.count("稿件.txt") == number
