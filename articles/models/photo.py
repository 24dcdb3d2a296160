"""图片: a picture in the library."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, ImageFieldFile, PPOIField
from PIL import Image

from articles import pictures

from .article import Article
from .contributor import Contributor

EXTENSIONS = ("jpg", "jpeg", "png", "webp")


def unguessable_name(photo: "Photo", filename: str) -> str:
    """Return where an uploaded file is kept: a random name, nothing of the sender's."""
    name, extension = uuid.uuid4().hex, filename.rpartition(".")[2].lower()
    return f"photos/{name[:2]}/{name}.{extension if extension in EXTENSIONS else 'bin'}"


def as_jpeg(step: tuple):
    """Return how the image field makes a rendition: a plain picture, then one step; a JPEG."""

    def spec(file, context):
        context.extension = ".jpg"
        context.processors = ["plain", step]

    return spec


class PictureFile(ImageFieldFile):
    """A photo's file. Its size is that of the picture as it is seen, held upright."""

    @property
    def _image(self):
        """Nothing: an upload has been decoded and judged before it comes here."""

    def _set_instance_attribute(self, name, content):
        """Read the size from the file as it was stored: what was given may have no name."""
        setattr(self.instance, self.field.attname, self.name)

    def _get_image_dimensions(self) -> pictures.Size:
        if not hasattr(self, "_dimensions_cache"):
            was_closed = self.closed
            self.open()
            try:
                with Image.open(self.file) as image:
                    self._dimensions_cache = pictures.upright_size(image)
            finally:
                self.close() if was_closed else self.seek(0)
        return self._dimensions_cache


class PictureField(ImageField):
    """The image field of a photo."""

    attr_class = PictureFile


class PhotoQuerySet(models.QuerySet):
    """Selects photos."""

    def get_by_natural_key(self, uid):
        """Return the photo with a uid."""
        return self.get(uid=uid)

    def published(self, at: datetime | None = None):
        """Select the photos that readers see: those used in an article that they see.

        See also `ArticleQuerySet.published`.
        """
        articles = Article.objects.published(at)
        return self.filter(Exists(articles.filter(captions__photo=OuterRef("pk"))))


class Photo(models.Model):
    """A picture in the library: its file, who made it, what it shows."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = PictureField(
        _("file"),
        upload_to=unguessable_name,
        width_field="width",
        height_field="height",
        ppoi_field="focus",
        formats={name: as_jpeg(step) for name, step in pictures.RENDITIONS.items()},
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
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]

    def __str__(self):
        return self.alt or self.credit or str(self.uid)

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.contributor"]
