"""标签: the tags of articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, Tag


class TaggingManager(models.Manager):
    """Finds a tagging by its article and tag."""

    def get_by_natural_key(self, article, tag):
        """Return the tagging of an article (its uid) with a tag (its name)."""
        return self.get(content_object__uid=article, tag__name=tag)


class Tagging(ItemBase):
    """One tag on one article."""

    content_object = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="taggings", verbose_name=_("article")
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="taggings", verbose_name=_("tag")
    )

    objects = TaggingManager()

    class Meta:
        verbose_name = _("tagging")
        verbose_name_plural = _("taggings")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="one_tagging_per_tag")
        ]

    def natural_key(self):
        return (str(self.content_object.uid), self.tag.name)

    natural_key.dependencies = ["articles.article", "taggit.tag"]
