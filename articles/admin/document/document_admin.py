"""原稿: the list of source documents, their upload and preview, and the files themselves."""

from collections.abc import Callable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.list_mixins import ListMixin, WritersAddMixin
from articles.documents import document_import
from articles.documents.document_pictures import open_file, thumbnail
from articles.documents.draft_json import load_draft
from articles.documents.word.errors import DocumentRefusedError
from articles.models import SourceDocument

from .document_review import review_view
from .document_upload import upload_view

PICTURE_CACHE_CONTROL = "private, max-age=3600"


@admin.register(SourceDocument)
class SourceDocumentAdmin(WritersAddMixin, ListMixin, admin.ModelAdmin):
    """Whoever may write articles may import documents; nobody changes or deletes them here."""

    list_display = ("download", "article", "page", "uploaded_by", "uploaded_at", "file_size")
    list_display_links = None
    list_select_related = ("article__column", "page__issue", "uploaded_by")
    date_hierarchy = "uploaded_at"
    search_fields = ("name", "article__headline")
    fields = ("download", "article", "uploaded_by", "uploaded_at", "file_size", "digest")

    def get_urls(self):
        protect = self.admin_site.admin_view
        return [
            path("review/", protect(self.review_view), name="articles_sourcedocument_review"),
            path("<int:pk>/file/", protect(self.file_view), name="articles_sourcedocument_file"),
            path(
                "<int:pk>/pictures/<int:number>/",
                protect(self.picture_view, cacheable=True),
                name="articles_sourcedocument_picture",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        """Leave out the documents that wait: they are shown to whoever uploaded them."""
        rows = super().get_queryset(request).defer("stored_draft")
        return rows.filter(article__isnull=False)

    def add_view(self, request, form_url="", extra_context=None):
        return upload_view(request, site=self.admin_site)

    def review_view(self, request):
        """Show the documents of a member that wait to be confirmed."""
        return review_view(request, site=self.admin_site)

    def file_view(self, request, pk):
        """Return a document byte for byte as a file, with its own name.

        403 without the right to see articles; 404 for one that waits, but for who uploaded it, and
        where the file is gone.
        """
        if not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        row = SourceDocument.objects.filter(pk=pk).first()
        if row is None or (row.article_id is None and row.uploaded_by_id != request.user.pk):
            raise Http404
        return FileResponse(
            _or_404(open_file, row),
            as_attachment=True,
            filename=row.name,
            content_type="application/octet-stream",
        )

    def picture_view(self, request, pk, number):
        """Return a picture of a document that waits, made small, to who uploaded it.

        It never changes: the browser keeps it for an hour, and asks by its ETag after that.
        """
        row = get_object_or_404(document_import.pending_of(request.user), pk=pk)
        etag = f'"{row.sha256}-{number}"'
        headers = {"ETag": etag, "Cache-Control": PICTURE_CACHE_CONTROL}
        response = HttpResponse(headers=headers, content_type="image/jpeg")
        response = get_conditional_response(request, etag, response=response)
        if response.status_code == 200:
            response.content = _or_404(thumbnail, row, _picture_part(row, number))
        return response

    # The list and the page of a document

    @admin.display(description=_("digest"))
    def digest(self, document):
        return document.sha256

    @admin.display(description=_("file"), ordering="name")
    def download(self, document):
        return download_link(document)

    @admin.display(description=_("size"), ordering="size")
    def file_size(self, document):
        return filesizeformat(document.size)


def _or_404(read: Callable, document: SourceDocument, *args):
    """Read the file of a document; 404 where it is gone or cannot be read any more."""
    try:
        return read(document, *args)
    except DocumentRefusedError as error:
        raise Http404 from error


def _picture_part(document: SourceDocument, number: int) -> str:
    """Return the name of a picture in the file of a document; 404 where there is none."""
    pictures = load_draft(document.stored_draft).pictures
    if not 0 < number <= len(pictures):
        raise Http404
    return pictures[number - 1].part


def download_link(document: SourceDocument) -> str:
    """Return a link to the file of a document."""
    address = reverse("admin:articles_sourcedocument_file", args=[document.pk])
    return format_html('<a href="{}" download>{}</a>', address, document.name)
