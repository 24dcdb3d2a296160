"""图说: a photo as used with one article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .photo import Photo


class CaptionManager(models.Manager):
    """Finds a caption by its article and place."""

    def get_by_natural_key(self, article, position):
        """Return the caption at a position of an article (its uid)."""
        return self.get(article__uid=article, position=position)


class Caption(models.Model):
    """The words and the credit under a photo in one article.

    Photo news keeps its words in the article's body: the caption's own words are then empty.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="captions", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, related_name="captions", verbose_name=_("photo")
    )
    words = models.TextField(_("words"), blank=True)
    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("As printed here; left empty, the photo's own credit is shown."),
    )

    objects = CaptionManager()

    class Meta:
        verbose_name = _("caption")
        verbose_name_plural = _("captions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="captions_in_order")
        ]

    def __str__(self):
        return self.words or self.credit or str(self.photo)

    def natural_key(self):
        return (str(self.article.uid), self.position)

    natural_key.dependencies = ["articles.article", "articles.photo"]

    @property
    def printed_credit(self) -> str:
        """The credit to print: its own, or the photo's, with the mark of a generated picture."""
        credit = self.credit or self.photo.credit
        return self.photo.marked_credit(credit) if self.photo.generated else credit
