"""旧地址: where an address of an earlier site leads; and how often others were asked in vain."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """An address of an earlier site, or all of one shape: it leads to a page here, or is gone."""

    pattern = models.CharField(
        _("old address"),
        max_length=500,
        unique=True,
        help_text=_(
            "As it stood behind the host: /html/2019-10/12/content_123_4567.htm. Parts in braces "
            "make a pattern: {year}, {month}, {day}, {page}, {id}, {any}, as in "
            "/html/{year}-{month}/{day}/node_{page}.htm."
        ),
    )
    target = models.CharField(
        _("leads to"),
        max_length=500,
        blank=True,
        help_text=_(
            "An address of this site: /articles/123/, or /{year}-{month}-{day}/{page}/ for a "
            "pattern. Empty: it is gone."
        ),
    )
    reason = models.CharField(
        _("why it is gone"),
        max_length=200,
        blank=True,
        help_text=_("Readers are told this, where it leads nowhere."),
    )
    has_parts = models.GeneratedField(
        expression=Q(pattern__contains="{"),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("pattern"),
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["pattern"]
        indexes = [
            models.Index("has_parts", name="old_address_patterns", condition=Q(has_parts=True))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(target="", reason__gt="") | Q(target__gt="", reason=""),
                name="old_address_leads_or_is_gone",
                violation_error_message=_(
                    "Give either the address that it leads to, or why it is gone."
                ),
            )
        ]

    def __str__(self):
        return self.pattern


class MissedAddress(models.Model):
    """How often an address that leads nowhere was asked for on one day; nothing of who asked."""

    day = models.DateField(_("day"), editable=False)
    path = models.CharField(_("address"), max_length=200, editable=False)
    count = models.PositiveIntegerField(_("times"), default=0, editable=False)

    class Meta:
        verbose_name = _("address asked for in vain")
        verbose_name_plural = _("addresses asked for in vain")
        ordering = ["-day", "-count", "path"]
        constraints = [
            models.UniqueConstraint(fields=["day", "path"], name="one_row_a_day_and_address")
        ]

    def __str__(self):
        return self.path
