"""未保存稿: the fields of an article form that are typed and not yet saved (autosave)."""

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article

Pairs = list[tuple[str, str]]


class WorkingCopy(models.Model):
    """The fields of one open article form of one member, as last autosaved.

    `editor_id` identifies the form, so that two windows of one member are kept apart; `serial`
    grows with every change in it, so that a message that arrives late overwrites nothing.
    `article` is empty while a new article has never been saved, and when a draft was deleted.
    `typed_at` is empty where a form is open in which nothing was typed.
    """

    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, related_name="working_copies"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    editor_id = models.UUIDField()
    serial = models.PositiveIntegerField(default=0)
    opened_at_version = models.PositiveIntegerField(default=0)
    # JSON in plain ASCII: no database takes NUL, or half a character, in any other form.
    stored_fields = models.TextField(default="[]")
    typed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("unsaved copy")
        verbose_name_plural = _("unsaved copies")
        ordering = ["-seen_at"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["member", "editor_id"], name="one_working_copy_per_editor_id"
            )
        ]

    def __str__(self):
        return f"{self.member} {self.typed_at}"

    @property
    def fields(self) -> Pairs:
        """The names and values typed, in the order of the form."""
        return [(name, value) for name, value in json.loads(self.stored_fields)]

    @fields.setter
    def fields(self, pairs: Pairs):
        self.stored_fields = json.dumps(pairs, separators=(",", ":"))
