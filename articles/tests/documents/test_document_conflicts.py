"""Two windows, or two people, work on the same document or on what it needs, at the same moment."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError

from articles.documents import document_import
from articles.documents.document_import import (
    AlreadyStoredError,
    StoreConflictError,
    discard,
    pending_of,
    receive,
    store,
)
from articles.documents.word.errors import DocumentRefusedError, Reason
from articles.models import Article, SourceDocument
from articles.tests.factories import make_chief, make_issue, make_page

pytestmark = pytest.mark.django_db

DATA = "便民服务点启用\n本报讯（记者 张可馨）昨天启用。".encode()


@pytest.fixture
def lin(db):
    return make_chief(username="lin", name="林晓禾")


def failing(error: Exception, *, after=lambda: None):
    """Return a function that does something and fails."""

    def fail(*args, **options):
        after()
        raise error

    return fail


def test_a_document_that_another_window_has_stored_is_not_discarded(
    lin, django_capture_on_commit_callbacks
):
    shown = receive("稿.txt", ContentFile(DATA), by=lin)
    article = store(shown, by=lin)
    with django_capture_on_commit_callbacks(execute=True):
        discard([shown])
    assert article.source_documents.get().file.open().read() == DATA


def test_an_upload_that_cannot_be_kept_leaves_the_older_one_waiting(
    lin, monkeypatch, django_capture_on_commit_callbacks
):
    older = receive("稿.txt", ContentFile(DATA), by=lin)
    monkeypatch.setattr(SourceDocument, "save", failing(OSError("full")))
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OSError, match="full"):
        receive("稿.txt", ContentFile(DATA), by=lin)
    assert list(pending_of(lin)) == [older]
    assert default_storage.exists(older.file.name)


def test_an_upload_does_not_discard_one_that_came_after_it(lin, monkeypatch):
    def save(row, file):
        values = {"uploaded_by": lin, "size": 1, "sha256": row.sha256, "stored_draft": "{}"}
        SourceDocument.objects.create(pk=2, name="later.txt", **values)
        row.pk = 1
        row.save()

    monkeypatch.setattr(document_import, "_save_with_file", save)
    receive("earlier.txt", ContentFile(DATA), by=lin)
    assert [row.name for row in pending_of(lin)] == ["earlier.txt", "later.txt"]


def test_what_was_changed_at_the_same_moment_is_told_from_what_is_stored_already(lin, monkeypatch):
    document = receive("稿.txt", ContentFile(DATA), by=lin)
    monkeypatch.setattr(document_import, "add_pictures", failing(IntegrityError("uid")))
    with pytest.raises(StoreConflictError):
        store(document, by=lin)
    assert list(pending_of(lin)) == [document]
    fail = failing(IntegrityError("uid"), after=lambda: discard([document]))
    monkeypatch.setattr(document_import, "add_pictures", fail)
    with pytest.raises(AlreadyStoredError):
        store(document, by=lin)
    assert not Article.objects.exists()


def test_a_document_that_is_discarded_while_it_is_stored_is_told_so(lin, monkeypatch):
    document = receive("稿.txt", ContentFile(DATA), by=lin)
    fail = failing(DocumentRefusedError(Reason.GONE), after=lambda: discard([document]))
    monkeypatch.setattr(document_import, "add_pictures", fail)
    with pytest.raises(AlreadyStoredError):
        store(document, by=lin)


def test_a_document_whose_page_is_deleted_meanwhile_is_stored_on_none(lin):
    page = make_page(issue=make_issue(released_at=None))
    document = receive("稿.txt", ContentFile(DATA), by=lin, page=page)
    page.delete()
    assert store(document, by=lin).page_id is None
