"""繁体用名: a name that pages in traditional characters write as the desk says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProtectedName(models.Model):
    """A name of a person or place that is not converted, or converted as given here."""

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("As printed."))
    traditional = models.CharField(
        _("in traditional characters"),
        max_length=60,
        blank=True,
        help_text=_("Left empty, the name stays as printed."),
    )

    class Meta:
        verbose_name = _("name in traditional characters")
        verbose_name_plural = _("names in traditional characters")
        ordering = ["name"]

    def __str__(self):
        return self.name
