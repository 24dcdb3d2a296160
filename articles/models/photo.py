"""图片 (photo): a picture in the library."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, ImageFieldFile, PPOIField
from PIL import Image

from articles.photos.files import crops, image_processing

from .article import Article
from .contributor import Contributor

EXTENSIONS = ("jpg", "jpeg", "png", "webp")
# Bits in each of the four parts of a perceptual hash.
BAND_BITS = 16


class Generated(models.TextChoices):
    """Whether a program made the picture up; the label of each is printed with the credit.

    The kinds are those of GB 45438-2025 (is, may be, seems to be generated) and of the IPTC.
    """

    GENERATED = "generated", _("AI-generated")
    COMPOSITE = "composite", _("partly AI-generated")
    POSSIBLE = "possible", _("possibly AI-generated")
    SUSPECTED = "suspected", _("suspected to be AI-generated")


def unguessable_name(photo: "Photo", filename: str) -> str:
    """Return a random storage name for an uploaded file; its own name is not used."""
    name, extension = uuid.uuid4().hex, filename.rpartition(".")[2].lower()
    return f"photos/{name[:2]}/{name}.{extension if extension in EXTENSIONS else 'bin'}"


def as_jpeg(step: tuple):
    """Return the image field's specification of a rendition: `plain`, then one step, as JPEG.

    A crop set by hand is a part of the step, and so of the name of the stored rendition.
    """
    name, box = step

    def spec(file, context):
        crop = name == "cropped" and crops.crop_for(box, file.instance.crops)
        context.extension = ".jpg"
        context.processors = ["plain", (*step, tuple(crop)) if crop else step]

    return spec


def validate_crops(value: object) -> None:
    """Raise ValidationError where a value is not the crops of a photo."""
    try:
        crops.check_crops(value)
    except ValueError as error:
        raise ValidationError(_("These crops do not lie within the picture.")) from error


def hash_band(number: int) -> models.GeneratedField:
    """Return the field of one part of the perceptual hash, by which near-duplicates are found."""
    part = F("perceptual_hash").bitrightshift(BAND_BITS * number).bitand((1 << BAND_BITS) - 1)
    return models.GeneratedField(
        expression=part,
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
        db_index=True,
    )


class PictureFile(ImageFieldFile):
    """The file of a photo. Its dimensions are those of the upright picture."""

    @property
    def _image(self):
        """None: the upload form has decoded and validated the file already."""

    def _set_instance_attribute(self, name, content):
        """Read the dimensions from the stored file: the uploaded one may have no name."""
        setattr(self.instance, self.field.attname, self.name)

    def _get_image_dimensions(self) -> image_processing.Size:
        if not hasattr(self, "_dimensions_cache"):
            was_closed = self.closed
            self.open()
            try:
                with Image.open(self.file) as image:
                    self._dimensions_cache = image_processing.upright_size(image)
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
    """A picture in the library: its file, credit, alternative text, focal point."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = PictureField(
        _("file"),
        upload_to=unguessable_name,
        width_field="width",
        height_field="height",
        ppoi_field="focus",
        formats={name: as_jpeg(step) for name, step in image_processing.RENDITIONS.items()},
        help_text=_("JPEG, PNG or WebP, up to 30 MB."),
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    focus = PPOIField(_("focal point"))
    crops = models.JSONField(_("crops"), default=dict, blank=True, validators=[validate_crops])
    words = models.TextField(
        _("draft of a caption"),
        blank=True,
        help_text=_("Offered as the caption where the photo is chosen for an article."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("As printed: 徐芊卉 摄")
    )
    generated = models.CharField(
        _("generated by AI"),
        max_length=20,
        choices=Generated,
        blank=True,
        help_text=_("Printed with the credit."),
    )
    generated_mark = models.CharField(
        _("mark of generation in the file"), max_length=300, blank=True, editable=False
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
    people = models.CharField(
        _("people"), max_length=500, blank=True, help_text=_("Separated by 、")
    )
    keywords = models.CharField(
        _("keywords"), max_length=500, blank=True, help_text=_("Separated by 、")
    )
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    rights_until = models.DateField(
        _("rights until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it may be printed."),
    )
    only_article = models.ForeignKey(
        Article,
        to_field="uid",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,  # An archive can name an article that is not in it.
        verbose_name=_("only for this article"),
        help_text=_("Left empty, every article may show it."),
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # 64 bits, signed as databases store them; None as long as it is not computed.
    perceptual_hash = models.BigIntegerField(null=True, editable=False)
    hash_band_0 = hash_band(0)
    hash_band_1 = hash_band(1)
    hash_band_2 = hash_band(2)
    hash_band_3 = hash_band(3)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]

    def __str__(self):
        words = self.words.partition("\n")[0]
        return self.alt or words or self.credit or f"{self._meta.verbose_name} {self.pk}"

    def marked_credit(self, credit: str) -> str:
        """Return a credit as printed: followed by the mark of a generated picture."""
        mark = str(self.get_generated_display() if self.generated else "")
        if not mark or mark in credit:
            return credit
        return f"{credit}（{mark}）" if credit else mark

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.contributor"]
