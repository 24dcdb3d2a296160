"""版面原文: the raw text of a printed page as it was uploaded."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .page import Page


class RawPage(models.Model):
    """The raw text of a printed page, byte for byte, how it was parsed, and the corrections.

    `parsed` is what the parser made of it at upload; `corrections` are those that a person made
    since, of which the first `applied_count` apply: an undone one can be redone. `version` grows
    with every correction, so that two windows do not overwrite each other.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="raw_pages", verbose_name=_("page")
    )
    name = models.CharField(_("file"), max_length=200, blank=True)
    source = models.BinaryField(_("text as it came"))
    digest = models.CharField(_("digest"), max_length=64)
    encoding = models.CharField(_("encoding"), max_length=20)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="raw_pages",
        verbose_name=_("brought by"),
    )
    uploaded_at = models.DateTimeField(_("brought at"), default=timezone.now)
    # JSON in plain ASCII: no database takes NUL in any other form.
    parsed = models.TextField()
    corrections = models.TextField(default="[]")
    applied_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    drafts_at = models.DateTimeField(_("drafts made at"), null=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ["-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["page", "digest"], name="one_raw_page_per_text")
        ]

    def __str__(self):
        return f"{self.page} {self.name}".rstrip()
