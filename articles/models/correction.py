"""更正 (correction): a dated public notice on a published article."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .revision import AppendOnly, Revision


class Correction(AppendOnly):
    """A notice to readers that says what was wrong in a published article and what is right."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", verbose_name=_("revision")
    )
    notice = models.TextField(_("notice"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("correction notice")
        verbose_name_plural = _("correction notices")
        ordering = ["-made_at"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="corrections_newest")]

    def __str__(self):
        return self.notice
