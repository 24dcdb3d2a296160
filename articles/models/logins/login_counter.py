"""登录计数 (login counter): how often a log-in has failed, by account, address or device."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginCounter(models.Model):
    """The failed log-ins of one key, and until when no other is tried.

    Only `articles/accounts/throttle.py` writes it. The key is a digest: what is typed as a name
    may be a password. A row is worth nothing after an hour, and is deleted.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(db_index=True)
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("log-in counter")
        verbose_name_plural = _("log-in counters")
        default_permissions = []

    def __str__(self):
        return self.key
