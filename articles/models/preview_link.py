"""预览链接: lets somebody without an account read an unreleased issue for a set time."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .issue import Issue


class PreviewLink(models.Model):
    """One link given out. It works until it ends or is revoked."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="preview_links")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        default_permissions = ["add", "view"]

    def __str__(self):
        return str(self.uid)

    def is_open(self, at=None) -> bool:
        """Tell whether the link still works at an instant (now if None)."""
        return self.revoked_at is None and (at or timezone.now()) < self.ends_at
