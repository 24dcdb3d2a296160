"""栏目 (column): a standing column."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ColumnManager(models.Manager):
    """Finds columns by their names."""

    def get_by_natural_key(self, name):
        """Return the column of a name."""
        return self.get(name=name)


class Column(models.Model):
    """A standing column such as 重点项目 进行时."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    description = models.TextField(_("description"), blank=True)
    is_current = models.BooleanField(
        _("current"), default=True, help_text=_("Closed columns keep their page.")
    )

    objects = ColumnManager()

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)

    def get_absolute_url(self):
        return reverse("articles:column", args=[self.pk])
