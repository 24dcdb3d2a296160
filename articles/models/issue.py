"""期: the paper of one date."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import almanac

from .addresses import address


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

    def in_month(self, year: int, month: int):
        """Select the issues of one month."""
        return self.filter(issued_on__year=year, issued_on__month=month)

    def with_neighbours(self, at: datetime | None = None):
        """Annotate the keys of the published issues before and after, over days without a paper.

        `previous_on`/`previous_edition` and `next_on`/`next_edition`, or None; no further query.
        """
        seen = Issue.objects.published(at)
        same_day = Q(issued_on=OuterRef("issued_on"))
        before = seen.filter(
            Q(issued_on__lt=OuterRef("issued_on")) | same_day & Q(edition__lt=OuterRef("edition"))
        ).order_by("-issued_on", "-edition")
        after = seen.filter(
            Q(issued_on__gt=OuterRef("issued_on")) | same_day & Q(edition__gt=OuterRef("edition"))
        ).order_by("issued_on", "edition")
        return self.annotate(
            previous_on=Subquery(before.values("issued_on")[:1]),
            previous_edition=Subquery(before.values("edition")[:1]),
            next_on=Subquery(after.values("issued_on")[:1]),
            next_edition=Subquery(after.values("edition")[:1]),
        )


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
    released_at = models.DateTimeField(
        _("released at"), null=True, blank=True, editable=False, db_index=True
    )

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

    def get_absolute_url(self):
        return address("issue", (self.issued_on, self.edition))

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
        return almanac.weekday(self.issued_on)

    @property
    def lunar_date(self) -> str:
        """甲辰年六月廿二."""
        return almanac.lunar_date(self.issued_on)

    def is_published(self, at: datetime | None = None) -> bool:
        """Tell whether readers see the issue. See also `IssueQuerySet.published`."""
        return self.released_at is not None and self.released_at <= (at or timezone.now())
