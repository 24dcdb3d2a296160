"""审签: who moved which words from which status to which, when and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article, Status
from .revision import AppendOnly, Revision

# Moves that need a note.
WITH_REASON = ("return", "spike", "withdraw", "correct")


class Review(AppendOnly):
    """One move of an article. Never changed, never deleted."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("revision")
    )
    move = models.CharField(_("move"), max_length=20)
    from_status = models.CharField(_("from"), max_length=20, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=20, choices=Status.choices)
    note = models.TextField(_("note"), blank=True)
    public_note = models.TextField(
        _("note to readers"), blank=True, help_text=_("Shown at the address of what was withdrawn.")
    )
    printed_digest = models.CharField(
        _("digest of what is printed"),
        max_length=70,
        blank=True,
        db_default="",
        default="",
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="reviews",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["made_at"], name="reviews_by_time"),
            models.Index(fields=["-made_at"], name="withdrawals", condition=Q(move="withdraw")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=Status.values, to_status__in=Status.values),
                name="reviews_lead_between_known_statuses",
            ),
            models.CheckConstraint(
                condition=~Q(move__in=WITH_REASON) | ~Q(note=""), name="note_required"
            ),
        ]

    def __str__(self):
        return f"{self.maker} {self.move}"

    @property
    def maker(self) -> str:
        """The member who made it, or the operator at the command line."""
        return str(self.made_by or _("command line"))
