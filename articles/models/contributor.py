"""作者 (contributor): a person or organisation whose work is listed on one page."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ContributorManager(models.Manager):
    """Finds contributors by name and distinction."""

    def get_by_natural_key(self, name, distinction):
        """Return the contributor of a name and distinction."""
        return self.get(name=name, distinction=distinction)


class Contributor(models.Model):
    """A person or organisation that signs articles or photos."""

    name = models.CharField(_("name"), max_length=60)
    distinction = models.CharField(
        _("distinction"),
        max_length=60,
        blank=True,
        help_text=_("Tells two people of one name apart; shown to editors only."),
    )
    role = models.CharField(
        _("usual role"), max_length=30, blank=True, help_text=_("记者, 通讯员 …")
    )
    is_organisation = models.BooleanField(_("organisation"), default=False)

    objects = ContributorManager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name", "distinction"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "distinction"],
                name="contributors_can_be_told_apart",
                violation_error_message=_(
                    "There is already a contributor of this name; add a distinction."
                ),
            )
        ]

    def __str__(self):
        return f"{self.name}（{self.distinction}）" if self.distinction else self.name

    def natural_key(self):
        return (self.name, self.distinction)

    def get_absolute_url(self):
        return reverse("articles:contributor", args=[self.pk])
