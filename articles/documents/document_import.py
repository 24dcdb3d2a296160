"""Import documents: read and kept until somebody confirms them, then stored as articles.

The file itself is kept with what was read of it, so that what is stored is what was shown.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles import ledger
from articles.content import characters
from articles.content.copy import CaptionText
from articles.content.figures import FIGURE
from articles.editing import saving
from articles.editing.saving import Submission
from articles.intake.persistence import byline_links, find_contributors
from articles.models import Article, Change, Column, LedgerKind, Member, Page, Photo, SourceDocument

from .document_draft import DocumentDraft, make_document_draft
from .document_pictures import add_pictures, remove_pictures, without_refused_pictures
from .document_reader import read_document
from .draft_json import dump_draft, load_draft
from .word.errors import DocumentRefusedError

# How long a document waits for somebody to confirm it.
KEPT_FOR = timedelta(days=7)


class AlreadyStoredError(Exception):
    """A document has been stored or discarded elsewhere."""


class StoreConflictError(Exception):
    """Something that the article needs was changed at the same moment; nothing is stored."""


def receive(
    name: str, file: File, *, by: Member, page: Page | None = None, keep_struck: bool = False
) -> SourceDocument:
    """Read a document and keep it until it is confirmed. Raises DocumentRefusedError.

    The same file uploaded again by the same member takes the place of the one that waits, which
    goes last. Three queries, and one for each file that it replaces.
    """
    document = without_refused_pictures(read_document(name, file, keep_struck=keep_struck), file)
    columns = Column.objects.values_list("name", flat=True)
    draft = make_document_draft(document, columns=columns)
    row = SourceDocument(name=characters.clean_line(name)[-200:], uploaded_by=by, page=page)
    row.size, row.sha256, row.stored_draft = file.size, _hash(file), dump_draft(draft)
    _save_with_file(row, file)
    discard(pending_of(by).filter(sha256=row.sha256, pk__lt=row.pk))
    return row


def pending_of(member: Member) -> QuerySet[SourceDocument]:
    """Select the documents of a member that wait to be confirmed."""
    rows = SourceDocument.objects.filter(uploaded_by=member, article=None)
    return rows.exclude(stored_draft="").order_by("pk")


def store(document: SourceDocument, *, by: Member) -> Article:
    """Make an article of a document that waits, with its pictures: all of it or nothing.

    The pictures are left out where the member may not add photos. They are made first, one by
    one: that takes long, and nobody should wait for it. Raises AlreadyStoredError,
    StoreConflictError, PlacementError, and DocumentRefusedError or InvalidImageError where the
    kept file is gone or cannot be read any more. Sixteen queries, two of them for the member's
    permissions; seven for each picture, two for their captions, those of `saving.create` for a page
    and a column.
    """
    if not _waits(document, by):
        raise AlreadyStoredError
    draft = load_draft(document.stored_draft)
    pictures = draft.pictures if by.has_perm("articles.add_photo") else ()
    photos: list[Photo] = []
    try:
        captions = add_pictures(document, pictures, photos, by=by)
        with ledger.atomic():
            return _create_article(document, draft, captions, by=by)
    except BaseException as error:
        remove_pictures(photos, by=by)
        if isinstance(error, IntegrityError | DocumentRefusedError) and not _waits(document, by):
            raise AlreadyStoredError from error
        if isinstance(error, IntegrityError):
            raise StoreConflictError from error
        raise


def discard(documents: Iterable[SourceDocument]) -> None:
    """Delete documents that wait, with their files; not one that was stored meanwhile.

    A file goes once the transaction is committed. One query for each.
    """
    for document in documents:
        number, _ = SourceDocument.objects.filter(pk=document.pk, article=None).delete()
        if number:
            transaction.on_commit(partial(document.file.storage.delete, document.file.name))


def purge_stale() -> None:
    """Delete documents that nobody has confirmed; called when documents are uploaded.

    One query, and one for each document.
    """
    since = timezone.now() - KEPT_FOR
    stale = SourceDocument.objects.filter(article=None, uploaded_at__lt=since)
    discard(stale.defer("stored_draft"))


def others_like(documents: Iterable[SourceDocument]) -> dict[str, list[SourceDocument]]:
    """Return by its hash the articles' documents that are the same files. One query."""
    hashes = {document.sha256 for document in documents}
    rows = SourceDocument.objects.filter(sha256__in=hashes, article__isnull=False)
    found: dict[str, list[SourceDocument]] = {}
    for row in rows.select_related("article__column").order_by("-pk"):
        found.setdefault(row.sha256, []).append(row)
    return found


def _save_with_file(row: SourceDocument, file: File) -> None:
    """Save a new row and its file, both or neither. One query."""
    file.seek(0)
    row.file.save(row.name, file, save=False)
    try:
        row.save()
    except BaseException:
        row.file.storage.delete(row.file.name)
        raise


def _hash(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _waits(document: SourceDocument, by: Member) -> bool:
    """Tell whether a document still waits for a member to confirm it."""
    return pending_of(by).filter(pk=document.pk).exists()


def _create_article(
    document: SourceDocument, draft: DocumentDraft, captions: tuple[CaptionText, ...], *, by: Member
) -> Article:
    """Return the article of a document, which is locked: its page may have been deleted."""
    row = pending_of(by).filter(pk=document.pk).select_for_update().first()
    if row is None:
        raise AlreadyStoredError
    copy = replace(draft.draft.copy, captions=captions)
    if not captions:
        copy = replace(copy, body=FIGURE.sub("", copy.body))
    links = byline_links(draft.draft, find_contributors([draft.draft]))
    article = Article(genre=draft.draft.genre, source=draft.draft.source)
    submission = Submission(copy, {"page": row.page_id}, links)
    saving.create(article, submission, by=by, change=Change.DOCUMENT)
    SourceDocument.objects.filter(pk=row.pk).update(article=article, stored_draft="")
    ledger.record(LedgerKind.IMPORT, row, by=by, article=article.pk)
    return article
