"""原稿: the file that an article was imported from, byte for byte."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .page import Page

TEXT_EXTENSIONS, PAGE_EXTENSIONS = (".txt",), (".html", ".htm")
EXTENSIONS = (".docx", *TEXT_EXTENSIONS, *PAGE_EXTENSIONS)


def document_name(document: "SourceDocument", filename: str) -> str:
    """Return a random storage name for an uploaded file; its own name is not used."""
    name, suffix = uuid.uuid4().hex, PurePath(filename).suffix.lower()
    return f"documents/{name[:2]}/{name}{suffix if suffix in EXTENSIONS else '.bin'}"


class SourceDocument(models.Model):
    """A Word file or text as it came, and the article that was made of it.

    While it waits to be confirmed there is no article; `stored_draft` is then what was read, as
    it was shown, and `page` where it is to go. Only the desk gets the file.
    """

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        related_name="source_documents",
        verbose_name=_("article"),
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        related_name="source_documents",
        verbose_name=_("page"),
    )
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to=document_name, max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="source_documents",
        verbose_name=_("brought by"),
    )
    uploaded_at = models.DateTimeField(_("brought at"), default=timezone.now)
    # JSON in plain ASCII: no database takes NUL in any other form.
    stored_draft = models.TextField(default="")

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["-pk"]
        default_permissions = []

    def __str__(self):
        return self.name
