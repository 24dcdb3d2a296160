"""未保存稿: what one editor has typed and not yet saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article


class WorkingCopy(models.Model):
    """The fields of one open form of one editor, as last heard from it.

    `window` names the browser window, so that two windows of one person stay apart.
    `article` is empty while a new article has never been saved.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="working_copies"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    window = models.UUIDField()
    opened_at_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=list)
    typed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unsaved copy")
        verbose_name_plural = _("unsaved copies")
        ordering = ["-seen_at"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["member", "window"], name="one_copy_a_window")
        ]

    def __str__(self):
        return f"{self.member} {self.typed_at}"
