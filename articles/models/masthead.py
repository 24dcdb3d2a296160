"""报头: the paper's own facts."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MastheadQuerySet(models.QuerySet):
    """Selects the facts that held on a day."""

    def get_by_natural_key(self, valid_from):
        """Return the masthead that begins on a day (ISO date)."""
        return self.get(valid_from=valid_from)

    def on(self, day: date) -> "Masthead":
        """Return the masthead valid on a day, or the first one known, or an empty one.

        One query; a paper has a handful of these rows.
        """
        return valid_on(day, self)


def valid_on(day: date, mastheads: Iterable["Masthead"]) -> "Masthead":
    """Return the one of some mastheads that is valid on a day, as `MastheadQuerySet.on` does."""
    known = sorted(mastheads, key=lambda masthead: masthead.valid_from)
    valid = [masthead for masthead in known if masthead.valid_from <= day]
    if known:
        return valid[-1] if valid else known[0]
    return Masthead(name=gettext("The paper"), valid_from=day)


class Masthead(models.Model):
    """The paper's own facts from one day on; an issue prints those valid on its day."""

    valid_from = models.DateField(
        _("valid from"),
        unique=True,
        help_text=_("Issues from this day on print these facts."),
    )
    name = models.CharField(_("name of the paper"), max_length=60)
    supervisor = models.CharField(_("supervised by"), max_length=120, blank=True)
    sponsor = models.CharField(_("sponsored by"), max_length=120, blank=True)
    publisher = models.CharField(_("published by"), max_length=120, blank=True)
    cn_number = models.CharField(_("CN number"), max_length=40, blank=True)
    postal_code = models.CharField(_("postal distribution code"), max_length=40, blank=True)
    price = models.CharField(_("price"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    hotline = models.CharField(_("news hotline"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    complaints = models.CharField(
        _("complaints"),
        max_length=200,
        blank=True,
        help_text=_("Telephone or e-mail for reports of illegal or harmful information."),
    )
    licence = models.CharField(_("internet news licence"), max_length=120, blank=True)
    icp_number = models.CharField(_("ICP filing"), max_length=120, blank=True)
    police_number = models.CharField(_("police filing"), max_length=120, blank=True)
    about = models.TextField(
        _("about the paper"), blank=True, help_text=_("Shown to readers; one paragraph a line.")
    )

    objects = MastheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("mastheads")
        ordering = ["-valid_from"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.valid_from.isoformat(),)
