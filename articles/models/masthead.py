"""报头 (masthead): the imprint of the paper: name, publisher, contact, licences."""

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


class MastheadQuerySet(models.QuerySet):
    """Selects mastheads."""

    def get_by_natural_key(self, valid_from):
        """Return the masthead that begins on a day (ISO date)."""
        return self.get(valid_from=valid_from)


class Masthead(models.Model):
    """The imprint from one day on; an issue prints the one valid on its day."""

    valid_from = models.DateField(
        _("valid from"), unique=True, help_text=_("Issues from this day on print these facts.")
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
    # Shapes as content/wordmark.py leaves them.
    wordmark = models.TextField(_("wordmark"), blank=True, editable=False)

    objects = MastheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("mastheads")
        ordering = ["-valid_from"]

    def __str__(self):
        return self.name

    @property
    def nameplate(self) -> SafeString:
        """The wordmark as HTML, or "" where the name is set in type."""
        return mark_safe(self.wordmark)  # noqa: S308 (the form stores nothing but clean shapes)

    def natural_key(self):
        return (self.valid_from.isoformat(),)
