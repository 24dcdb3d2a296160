"""图片: a picture in the library."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from .contributor import Contributor


def unguessable_name(photo: "Photo", filename: str) -> str:
    """Return where a photo's file is kept: under its uid, nothing of the sender's name."""
    extension = filename.rpartition(".")[2].lower()
    return f"photos/{photo.uid.hex[:2]}/{photo.uid.hex}.{extension}"


class PhotoManager(models.Manager):
    """Finds photos by uid."""

    def get_by_natural_key(self, uid):
        """Return the photo with a uid."""
        return self.get(uid=uid)


class Photo(models.Model):
    """A picture in the library: its file, who made it, what it shows."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = ImageField(
        _("file"),
        upload_to=unguessable_name,
        width_field="width",
        height_field="height",
        ppoi_field="focus",
        help_text=_("JPEG, PNG or WebP, up to 30 MB."),
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    focus = PPOIField(_("focal point"))
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("As printed: 徐芊卉 摄")
    )
    contributor = models.ForeignKey(
        Contributor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("photographer"),
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PhotoManager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]

    def __str__(self):
        return self.alt or self.credit or str(self.uid)

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.contributor"]
