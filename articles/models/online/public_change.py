"""A change of what readers see: one row each, counted by the part of the site that it touches."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_token() -> int:
    """Return a number that no other database gives the same row."""
    return secrets.randbelow(2**31)


class PublicChange(models.Model):
    """What readers see within a scope has changed; see `articles/publication.py`.

    Rows are added and never updated: two changes at once do not wait for each other, as they
    would for a counter in one row.
    """

    scope = models.CharField(max_length=32)
    token = models.IntegerField(default=random_token)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        default_permissions = ()
        indexes = [models.Index(fields=["scope"], name="public_change_scope")]

    def __str__(self):
        return f"{self.scope} {self.made_at}"
