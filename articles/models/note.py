"""批注: a remark of a colleague on an article, or on a passage of it. For the desk alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article

LONGEST_PASSAGE = 300
LONGEST_NOTE = 2_000


class NoteQuerySet(models.QuerySet):
    """Selects notes."""

    def open(self):
        """Select the notes that nobody has marked as done; answers are none."""
        return self.filter(answer_to=None, done_at=None)


class Note(models.Model):
    """One note on an article, or an answer to one. Readers never see it; no export has it.

    `passage` are the words that it is about, as they stood; empty where it is about the whole.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="notes", verbose_name=_("article")
    )
    answer_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="answers", editable=False
    )
    passage = models.CharField(_("passage"), max_length=LONGEST_PASSAGE, blank=True)
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="notes",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(_("done at"), null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="notes_say_something"),
            models.CheckConstraint(
                condition=Q(answer_to=None) | Q(done_at=None, passage=""),
                name="answers_are_not_done_and_have_no_passage",
            ),
        ]

    def __str__(self):
        return self.text[:40]
