"""台账 (ledger): what happened, each entry bound to the one before it by its digest."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..revision import AppendOnly


class LedgerKind(models.TextChoices):
    """What happened."""

    REVISION = "revision", _("words stored")
    REVIEW = "review", _("step of the review")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    CORRECTION = "correction", _("correction")
    RELEASE = "release", _("issue released")
    RECALL = "recall", _("release recalled")
    TAKEN_IN = "taken_in", _("taken in from before")
    LOG_IN = "log_in", _("log-in")
    LOG_IN_FAILED = "log_in_failed", _("failed log-in")
    LOG_OUT = "log_out", _("log-out")
    SESSIONS = "sessions", _("sessions ended")
    SECOND_FACTOR = "second_factor", _("second factor changed")
    PASSWORD = "password", _("password changed")
    ACCOUNT = "account", _("account changed")
    ROLE = "role", _("role changed")
    PHOTO_ADDED = "photo_added", _("photo added")
    PHOTO_CHANGED = "photo_changed", _("photo changed")
    PHOTO_DELETED = "photo_deleted", _("photo deleted")
    ZONES_CHANGED = "zones_changed", _("zones changed")
    IMPORT = "import", _("import")
    EXPORT = "export", _("export")
    BACKUP = "backup", _("backup")
    RESTORE = "restore", _("restored from a backup")


class LedgerEntry(AppendOnly):
    """One event. Only `articles/ledger/` adds them; never changed, never deleted.

    `facts` are canonical JSON, as text: a database would store JSON in its own way. `row_digest`
    is that of all columns of the row which the entry tells of, where it is one of the audited.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("made at"), db_index=True)
    kind = models.CharField(_("event"), max_length=20, choices=LedgerKind.choices)
    # No constraint of the database: to check it would lock the member after the head.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("member"),
    )
    address = models.CharField(_("address"), max_length=45, blank=True)
    object_type = models.CharField(_("table"), max_length=30, blank=True)
    object_id = models.BigIntegerField(_("row"), null=True)
    facts = models.TextField(_("facts"))
    row_digest = models.CharField(_("digest of the row"), max_length=64, blank=True)
    previous = models.CharField(_("digest before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["-number"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["kind", "number"], name="ledger_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id"],
                condition=~Q(row_digest=""),
                name="row_entered_once",
            )
        ]

    def __str__(self):
        return _("entry %(number)d") % {"number": self.number}

    @property
    def told(self) -> dict:
        """The facts, by their names."""
        return json.loads(self.facts)


class LedgerHead(models.Model):
    """The last entry of the ledger: its number and digest. One row.

    Locked to append: always the last lock of a transaction (`articles/ledger/`).
    """

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("head of the ledger")
        verbose_name_plural = _("head of the ledger")
        default_permissions = ()

    def __str__(self):
        return f"{self.number}:{self.digest}"
