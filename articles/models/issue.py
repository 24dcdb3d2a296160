"""期: the paper of one date."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import lunar_calendar


class IssueQuerySet(models.QuerySet):
    """Selects issues in the newsroom's words."""

    def get_by_natural_key(self, issued_on, edition):
        """Return the issue of a date (ISO) and edition number."""
        return self.get(issued_on=issued_on, edition=edition)

    def published(self, at: datetime | None = None):
        """Select the issues that readers see at an instant (aware; now if None).

        See also `ArticleQuerySet.published`.
        """
        return self.filter(released_at__lte=at or timezone.now())

    def locked(self, ids):
        """Hold the rows of some issues until the transaction ends, always in the same order.

        SQLite has no row locks: there a transaction that writes holds the whole database.
        """
        return self.select_for_update().filter(pk__in=ids).order_by("pk")


class Issue(models.Model):
    """The paper of one date; edition 2 and up is an extra (号外) of the same date.

    Readers see it as a whole from `released_at` on, and never before.
    """

    issued_on = models.DateField(_("date"), help_text=_("The date printed on the paper."))
    edition = models.PositiveSmallIntegerField(
        _("edition"), default=1, help_text=_("1 is the normal paper; 2 and up are extras.")
    )
    serial = models.PositiveIntegerField(
        _("serial number"), null=True, blank=True, help_text=_("总第…期; left out where empty.")
    )
    # No index: SQLite would sort what it finds, where that of the dates has issues in order.
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-issued_on", "-edition"]
        permissions = [("release_issue", _("Can release an issue"))]
        constraints = [
            models.UniqueConstraint(
                fields=["issued_on", "edition"],
                name="one_issue_a_date_and_edition",
                violation_error_message=_("There is already an issue of this date and edition."),
            ),
            models.CheckConstraint(
                condition=Q(edition__gte=1),
                name="edition_counts_from_one",
                violation_error_message=_("Editions count from 1."),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.issued_on.isoformat(), self.edition)

    @property
    def url_key(self) -> str:
        """What names it in addresses: 2024-07-27, or 2024-07-27-2 for the first extra."""
        day = self.issued_on.isoformat()
        return day if self.edition == 1 else f"{day}-{self.edition}"

    def get_absolute_url(self):
        return reverse("articles:issue", args=[self.url_key])

    @property
    def title(self) -> str:
        """The date in words, with 号外 for an extra: 2024年7月27日."""
        day = date_format(self.issued_on)
        if self.edition == 1:
            return day
        return _("%(day)s extra %(number)d") % {"day": day, "number": self.edition - 1}

    @property
    def weekday(self) -> str:
        """星期六."""
        return lunar_calendar.WEEKDAYS[self.issued_on.weekday()]

    @property
    def lunar_date(self) -> str:
        """甲辰年六月廿二."""
        return lunar_calendar.lunar_date(self.issued_on)

    def is_published(self, at: datetime | None = None) -> bool:
        """Tell whether readers see the issue. See also `IssueQuerySet.published`."""
        return self.released_at is not None and self.released_at <= (at or timezone.now())
