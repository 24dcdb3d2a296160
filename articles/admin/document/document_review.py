"""Preview of the documents that wait: what was read, doubts first; then each becomes a draft.

What is stored is what waits in the database, not what the form holds: the form only names the
documents. The script of the page stores one after another; without JavaScript one request
stores as many as it has time for, and shows the rest again.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from articles.content.article_html import words
from articles.content.figures import FIGURE
from articles.content.text import count, parse_id
from articles.documents import document_import
from articles.documents.document_draft import DocumentDraft
from articles.documents.document_import import AlreadyStoredError, StoreConflictError
from articles.documents.document_messages import REFUSALS, NoteLine, note_lines
from articles.documents.draft_json import load_draft
from articles.documents.word.errors import DocumentRefusedError
from articles.editing.placement import PlacementError
from articles.models import Article, SourceDocument
from articles.photos.files.image_validation import InvalidImageError
from articles.photos.upload_messages import REFUSALS as PICTURE_REFUSALS

from .document_upload import wants_json

# How long one request stores documents, in seconds: a proxy would give up on a longer one.
TIME = 20
FAILURES = (AlreadyStoredError, StoreConflictError, PlacementError)
FAILURES += (DocumentRefusedError, InvalidImageError)


@dataclass(frozen=True, slots=True)
class Preview:
    """A document that waits, as the page shows it."""

    document: SourceDocument
    draft: DocumentDraft
    notes: list[NoteLine]
    others: list[SourceDocument]

    @property
    def has_doubts(self) -> bool:
        """Whether a person should look at it first."""
        return bool(self.others) or any(note.is_doubt for note in self.notes)

    @property
    def body(self) -> str:
        """The text as HTML, with the pictures in their places."""
        pictures = {each.uid: n for n, each in enumerate(self.draft.pictures, 1)}

        def shown(figure) -> str:
            number = pictures.get(figure[1])
            return _picture(self.document, number) if number else ""

        return mark_safe(FIGURE.sub(shown, self.draft.draft.copy.body))  # noqa: S308

    @property
    def length(self) -> int:
        """The number of 字 of the text."""
        return count(words(self.draft.draft.copy.body))


def review_view(request, *, site) -> HttpResponse:
    """Show the documents of a member that wait; a POST stores or discards those it names.

    403 without the right to write articles. Three queries for any number of documents, besides
    the desk's own.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    if request.method == "POST":
        return _post(request)
    previews = _previews(document_import.pending_of(request.user).select_related("page__issue"))
    context = {
        **site.each_context(request),
        "title": gettext("Documents to confirm"),
        "previews": sorted(previews, key=lambda preview: not preview.has_doubts),
        "may_add_photos": request.user.has_perm("articles.add_photo"),
        "opts": SourceDocument._meta,
    }
    return TemplateResponse(request, "admin/articles/sourcedocument/review.html", context)


def _picture(document: SourceDocument, number: int) -> str:
    address = reverse("admin:articles_sourcedocument_picture", args=[document.pk, number])
    return format_html('<img src="{}" alt="" loading="lazy" width="120" height="90">', address)


def _previews(documents: Iterable[SourceDocument]) -> list[Preview]:
    documents = list(documents)
    others = document_import.others_like(documents)
    drafts = [load_draft(document.stored_draft) for document in documents]
    return [
        Preview(document, draft, [*note_lines(draft.notes)], others.get(document.sha256, []))
        for document, draft in zip(documents, drafts, strict=True)
    ]


def _post(request) -> HttpResponse:
    """Store or discard the documents that the form names; go on where something waits."""
    keys = {parse_id(key) for key in request.POST.getlist("document")} - {None}
    chosen = [*document_import.pending_of(request.user).filter(pk__in=keys)]
    if "discard" in request.POST:
        document_import.discard(chosen)
        stored, failed = [], []
    else:
        stored, failed = _store_all(request, chosen)
        failed += [_reason(AlreadyStoredError())] if len(chosen) < len(keys) else []
    if wants_json(request):
        return _json(stored, failed)
    _add_messages(request, stored, failed)
    is_done = not document_import.pending_of(request.user).exists()
    name = "articles_article_changelist" if is_done and stored else "articles_sourcedocument_review"
    return HttpResponseRedirect(reverse(f"admin:{name}"))


def _store_all(request, documents: Iterable[SourceDocument]) -> tuple[list[Article], list[str]]:
    """Store documents while there is time; return the articles, and a line for each failure."""
    stored, failed, start = [], [], time.monotonic()
    for document in documents:
        if time.monotonic() - start > TIME:
            failed.append(gettext("There was no time for all of them. Store the others now."))
            break
        try:
            stored.append(document_import.store(document, by=request.user))
        except FAILURES as error:
            line = gettext("%(name)s: %(why)s") % {"name": document, "why": _reason(error)}
            failed.append(line)
    return stored, failed


def _reason(error: Exception) -> str:
    if isinstance(error, AlreadyStoredError):
        return gettext("It has been stored or discarded in another window.")
    if isinstance(error, StoreConflictError):
        return gettext("Something it needs was changed at the same moment. Try again.")
    if isinstance(error, DocumentRefusedError):
        return str(REFUSALS[error.reason])
    if isinstance(error, InvalidImageError):
        return str(PICTURE_REFUSALS[error.reason])
    return str(error)


def _json(stored: list[Article], failed: list[str]) -> JsonResponse:
    articles = [{"title": str(each), "address": _address(each)} for each in stored]
    return JsonResponse({"stored": articles, "failed": failed}, status=422 if failed else 200)


def _add_messages(request, stored: list[Article], failed: list[str]) -> None:
    for why in failed:
        messages.error(request, why)
    if stored:
        text = ngettext("%(n)d draft was made:", "%(n)d drafts were made:", len(stored))
        links = ((_address(each), each) for each in stored)
        links = format_html_join("、", '<a href="{}">{}</a>', links)
        messages.success(request, format_html("{} {}", text % {"n": len(stored)}, links))


def _address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
