"""Documents wait until they are confirmed; then each becomes an article, all of it or nothing."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.content.copy import BylineText
from articles.content.figures import figure_photos
from articles.documents import document_import
from articles.documents.document_import import (
    AlreadyStoredError,
    others_like,
    pending_of,
    purge_stale,
    receive,
    store,
)
from articles.documents.document_pictures import add_pictures, remove_pictures
from articles.documents.draft_json import load_draft
from articles.documents.word.content import Note
from articles.documents.word.errors import DocumentRefusedError, Reason
from articles.editing.placement import PlacementError
from articles.models import Article, Change, Column, LedgerEntry, Photo, SourceDocument
from articles.tests.factories import (
    image_bytes,
    make_chief,
    make_contributor,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.query_cost import LEDGER, NEW_ENTRY
from articles.tests.samples.word_files import paragraph, picture, styled, word_file

pytestmark = pytest.mark.django_db

BODY = (
    styled("Title", "便民服务点启用")
    + paragraph("本报讯（记者 张可馨）昨天上午，云溪区的服务点启用，附近居民前来办事。")
    + paragraph(picture("a.jpg", "窗口"))
    + paragraph("图为居民在服务点办事。 王甲 摄")
    + paragraph("服务点设有八个窗口，可以办理六十项业务。")
)


@pytest.fixture
def lin(db):
    return make_chief(username="lin", name="林晓禾")


def file_of(body: str = BODY, **options) -> ContentFile:
    options = {"media": {"a.jpg": image_bytes()}} | options
    return ContentFile(word_file(body, **options).getvalue(), name="稿件.docx")


def stored_files() -> list[str]:
    """Return the names of all files in the folders of documents and photos."""
    found = []
    for folder in ("documents", "photos"):
        if default_storage.exists(folder):
            for inner in default_storage.listdir(folder)[0]:
                found += default_storage.listdir(f"{folder}/{inner}")[1]
    return sorted(found)


def test_a_document_becomes_a_draft_on_its_page_with_its_picture_and_its_file(lin):
    page, who = make_page(issue=make_issue(released_at=None)), make_contributor(name="张可馨")
    file = file_of()
    article = store(receive("稿件.docx", file, by=lin, page=page), by=lin)
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.dateline, article.status) == (
        "便民服务点启用",
        "本报讯",
        "draft",
    )
    assert (article.page, article.position, article.version) == (page, 1, 1)
    assert [(each.role, each.contributor) for each in article.bylines.all()] == [("记者", who)]
    caption = article.captions.get()
    assert (caption.words, caption.credit) == ("图为居民在服务点办事。", "王甲 摄")
    photo = caption.photo
    assert figure_photos(article.body) == [str(photo.uid)]
    assert (photo.alt, photo.credit, photo.words) == ("窗口", "王甲 摄", "图为居民在服务点办事。")
    assert article.revisions.get().change == Change.DOCUMENT
    document = article.source_documents.get()
    assert (document.name, document.uploaded_by, document.stored_draft) == ("稿件.docx", lin, "")
    data = document.file.open().read()
    assert data == file_of().read() or data == file.open().read()
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_nothing_is_in_the_paper_before_it_is_confirmed(lin):
    document = receive("稿件.docx", file_of(), by=lin)
    assert (Article.objects.count(), Photo.objects.count()) == (0, 0)
    assert list(pending_of(lin)) == [document]
    assert load_draft(document.stored_draft).draft.copy.bylines == (BylineText("记者", "张可馨"),)
    assert not pending_of(make_member(username="zhang")).exists()


def test_a_document_is_stored_once_and_only_by_who_uploaded_it(lin):
    document = receive("稿件.docx", file_of(), by=lin)
    with pytest.raises(AlreadyStoredError):
        store(document, by=make_chief(username="zhang"))
    store(document, by=lin)
    with pytest.raises(AlreadyStoredError):
        store(document, by=lin)
    assert (Article.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_document_whose_file_is_gone_is_refused_and_leaves_nothing_behind(lin):
    document = receive("稿件.docx", file_of(), by=lin)
    document.file.storage.delete(document.file.name)
    with pytest.raises(DocumentRefusedError) as refused:
        store(document, by=lin)
    assert refused.value.reason == Reason.GONE
    assert (Article.objects.count(), stored_files()) == (0, [])
    assert pending_of(lin).get() == document


def test_a_photo_of_an_attempt_that_was_cut_off_is_used(lin):
    document = receive("稿件.docx", file_of(), by=lin)
    photos = []
    add_pictures(document, load_draft(document.stored_draft).pictures, photos, by=lin)
    article = store(document, by=lin)
    assert [each.photo for each in article.captions.all()] == photos


def test_a_document_that_cannot_be_placed_leaves_nothing_behind(lin):
    lin.user_permissions.clear()
    page = make_page()  # of a released issue
    document = receive("稿件.docx", file_of(), by=lin, page=page)
    before = stored_files()
    with pytest.raises(PlacementError):
        store(SourceDocument.objects.get(pk=document.pk), by=type(lin).objects.get(pk=lin.pk))
    assert (Article.objects.count(), Photo.objects.count(), Column.objects.count()) == (0, 0, 0)
    assert stored_files() == before
    assert pending_of(lin).exists()


def test_the_ledger_tells_of_the_pictures_also_of_those_that_are_taken_out_again(lin):
    store(receive("稿件.docx", file_of(), by=lin), by=lin)
    photo = Photo.objects.get()
    remove_pictures([photo], by=lin)  # It is in use.
    photo.captions.all().delete()
    pk = photo.pk
    remove_pictures([photo], by=lin)
    told = LedgerEntry.objects.filter(object_type="photo").order_by("number")
    assert [(row.kind, row.member, row.object_id) for row in told] == [
        ("photo_added", lin, pk),
        ("photo_deleted", lin, pk),
    ]


def test_who_may_not_add_photos_gets_the_text_alone(lin):
    lin.user_permissions.remove(*lin.user_permissions.filter(codename="add_photo"))
    member = type(lin).objects.get(pk=lin.pk)
    article = store(receive("稿件.docx", file_of(), by=member), by=member)
    assert (article.captions.count(), Photo.objects.count(), figure_photos(article.body)) == (
        0,
        0,
        [],
    )


def test_a_refused_document_leaves_nothing_behind(lin):
    before = stored_files()
    with pytest.raises(DocumentRefusedError):
        receive("稿件.docx", ContentFile(b"PK\x03\x04"), by=lin)
    assert (stored_files(), SourceDocument.objects.count()) == (before, 0)


def test_a_refused_picture_is_told_and_its_words_stay_in_the_text(lin):
    document = receive("稿件.docx", file_of(media={"a.jpg": b"\x01EMF"}), by=lin)
    draft = load_draft(document.stored_draft)
    assert draft.pictures == ()
    assert draft.notes.found[Note.REFUSED_PICTURES].words.strip() == "a.jpg"
    assert "图为居民在服务点办事。" in draft.draft.copy.body
    assert store(document, by=lin).captions.count() == 0


def test_pictures_that_would_block_a_worker_refuse_the_document(lin, monkeypatch):
    monkeypatch.setattr("articles.documents.document_pictures.MOST_WORK", 2_000)
    with pytest.raises(DocumentRefusedError):
        receive("稿件.docx", file_of(), by=lin)


def test_the_same_file_waits_once_and_is_told_when_it_was_imported(
    lin, django_capture_on_commit_callbacks
):
    data = file_of().read()
    with django_capture_on_commit_callbacks(execute=True):
        first = receive("a.docx", ContentFile(data), by=lin)
        second = receive("b.docx", ContentFile(data), by=lin)
    assert list(pending_of(lin)) == [second]
    assert not default_storage.exists(first.file.name)
    assert others_like([second]) == {}
    store(second, by=lin)
    third = receive("c.docx", ContentFile(data), by=lin)
    assert [each.pk for each in others_like([third])[third.sha256]] == [second.pk]


def test_documents_that_nobody_confirms_are_deleted_after_a_week(
    lin, django_capture_on_commit_callbacks
):
    old, new = (receive(f"{name}.docx", file_of(paragraph(name)), by=lin) for name in "甲乙")
    SourceDocument.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=8))
    stored = receive("丙.docx", file_of(paragraph("丙")), by=lin)
    store(stored, by=lin)
    SourceDocument.objects.filter(pk=stored.pk).update(
        uploaded_at=timezone.now() - timedelta(days=8)
    )
    with django_capture_on_commit_callbacks(execute=True):
        purge_stale()
    assert set(SourceDocument.objects.values_list("pk", flat=True)) == {new.pk, stored.pk}
    assert not default_storage.exists(old.file.name)


@pytest.mark.parametrize(("pictures", "queries"), [(0, 13), (3, 36)])
def test_storing_takes_few_queries(lin, pictures, queries, django_assert_num_queries):
    media = {f"{n}.jpg": image_bytes(size=(60 + n, 40)) for n in range(pictures)}
    body = BODY.replace(picture("a.jpg", "窗口"), "") + "".join(
        paragraph(picture(name)) + paragraph("正文。") for name in media
    )
    document = receive("a.docx", file_of(body, media=media), by=lin)
    with django_assert_num_queries(queries + NEW_ENTRY + LEDGER + bool(pictures)):
        document_import.store(document, by=lin)


def test_a_text_is_kept_with_its_bytes(lin):
    data = "便民服务点启用\r\n本报讯（记者 张可馨）昨天启用。".encode("gb18030")
    article = store(receive("稿.txt", ContentFile(data), by=lin), by=lin)
    assert article.headline == "便民服务点启用"
    assert article.source_documents.get().file.open().read() == data


def test_the_name_of_a_file_is_not_its_place(lin):
    document = receive("../../etc/甲\x00.docx", ContentFile(word_file(BODY).getvalue()), by=lin)
    assert document.file.name.startswith("documents/")
    assert document.name == "../../etc/甲.docx"
    assert BytesIO(document.file.open().read()).getvalue()[:2] == b"PK"
