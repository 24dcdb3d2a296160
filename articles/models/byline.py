"""署名: who signs an article, as printed."""

from django.db import models
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.content.copy import is_credit

from .article import Article
from .contributor import Contributor


class BylineManager(models.Manager):
    """Finds a byline by its article and place."""

    def get_by_natural_key(self, article, position):
        """Return the byline at a position of an article (its uid)."""
        return self.get(article__uid=article, position=position)

    def of_contributor(self, contributor: Contributor) -> QuerySet:
        """Select the bylines of a person or organisation.

        One that is linked to nobody counts where no other contributor has its name.
        """
        namesakes = Contributor.objects.filter(name=contributor.name).exclude(pk=contributor.pk)
        is_unlinked = Q(contributor=None, name=contributor.name) & ~Exists(namesakes)
        return self.filter(Q(contributor=contributor) | is_unlinked)


class Byline(models.Model):
    """A role and a printed name, in printed order."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="bylines", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(
        _("role"), max_length=30, blank=True, help_text=_("As printed: 记者, 实习生, 通讯员, 摄 …")
    )
    name = models.CharField(_("name"), max_length=60, help_text=_("As printed."))
    contributor = models.ForeignKey(
        Contributor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bylines",
        verbose_name=_("contributor"),
    )

    objects = BylineManager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position"]
        indexes = [models.Index(fields=["name"], name="bylines_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="bylines_in_order")
        ]

    def __str__(self):
        if is_credit(self):
            return f"{self.name} {self.role}"
        return f"{self.role} {self.name}".strip()

    def natural_key(self):
        return (str(self.article.uid), self.position)

    natural_key.dependencies = ["articles.article", "articles.contributor"]
