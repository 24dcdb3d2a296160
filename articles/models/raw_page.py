"""版面原文: the text of a printed page as it came in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .page import Page


class RawPage(models.Model):
    """A text of a printed page, byte for byte, with who brought it and when, and its reading.

    `first_reading` is how it was read when it came; `steps` are the corrections that a person
    made since, of which the first `done` hold: what was undone can be redone. `version` grows
    with every step, so that two windows do not work over each other. `stored_at` tells when
    drafts were last made of it.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="raw_pages", verbose_name=_("page")
    )
    name = models.CharField(_("file"), max_length=200, blank=True)
    source = models.BinaryField(_("text as it came"))
    digest = models.CharField(_("digest"), max_length=64)
    encoding = models.CharField(_("encoding"), max_length=20)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="raw_pages",
        verbose_name=_("brought by"),
    )
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)
    # JSON in plain ASCII: no database takes NUL in any other form.
    first_reading = models.TextField()
    steps = models.TextField(default="[]")
    done = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(_("drafts made at"), null=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ["-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["page", "digest"], name="a_text_once_a_page")
        ]

    def __str__(self):
        return f"{self.page} {self.name}".rstrip()
