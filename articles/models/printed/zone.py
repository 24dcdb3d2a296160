"""热区 (zone): a polygon on the picture of a page that opens an article."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.facsimiles.polygons import is_polygon
from articles.models.article import Article

from .facsimile import Facsimile


def validate_polygon(value: object) -> None:
    """Raise ValidationError where a value is not the corners of a polygon in ‰ of the page."""
    if not is_polygon(value):
        raise ValidationError(_("These are not the corners of a zone within the page."))


class Zone(models.Model):
    """A polygon, [x, y] in ‰ of the page's width and height; an article may have several.

    One that was drawn and not given to an article yet has none; readers do not meet it. While
    readers do not see its article, it is covered in the picture: so an article that has zones
    stays.
    """

    facsimile = models.ForeignKey(
        Facsimile, on_delete=models.CASCADE, related_name="zones", verbose_name=_("facsimile")
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        related_name="zones",
        verbose_name=_("article"),
    )
    polygon = models.JSONField(_("corners"), validators=[validate_polygon])
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        default_permissions = []
        ordering = ["facsimile", "order"]
        constraints = [
            models.UniqueConstraint(fields=["facsimile", "order"], name="one_zone_an_order")
        ]

    def __str__(self):
        return f"{self.facsimile} {self.order}"
