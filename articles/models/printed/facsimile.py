"""版面图 (facsimile): the printed page as picture and as PDF."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.page import Page
from articles.models.raw_page import RawPage

FOLDER = "pages"
FORMATS = {"webp": "image/webp", "jpg": "image/jpeg"}


class AfterWithdrawal(models.TextChoices):
    """What readers see of a page's picture once an article of it was withdrawn."""

    COVER = "cover", _("cover the article")
    GONE = "gone", _("show no picture")


def pdf_name(facsimile: "Facsimile", filename: str) -> str:
    """Return a random storage name; that of the uploaded file is not used."""
    name = uuid.uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}.pdf"


class Facsimile(models.Model):
    """The PDF of a printed page, and the pictures that were made of it once.

    The PDF holds what is printed and nothing else; `digest` is the SHA-256 of the file as it
    came, and of the number of the page in it. `pictures` are their widths and heights, the
    smallest first; the last one is for zooming. `version` grows when its zones are corrected, so
    that two windows do not overwrite each other.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="facsimile", verbose_name=_("page")
    )
    # The reading whose places are those of this picture; none where its text was not read.
    raw_page = models.ForeignKey(
        RawPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="facsimiles",
        verbose_name=_("text of a page"),
    )
    pdf = models.FileField(_("file"), upload_to=pdf_name, max_length=200)
    digest = models.CharField(_("digest"), max_length=64)
    width = models.FloatField(_("width"))
    height = models.FloatField(_("height"))
    pictures = models.JSONField(default=list)
    after_withdrawal = models.CharField(
        _("after a withdrawal"),
        max_length=10,
        choices=AfterWithdrawal,
        default=AfterWithdrawal.COVER,
    )
    has_zones_by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(_("brought at"), default=timezone.now)

    class Meta:
        verbose_name = _("facsimile")
        verbose_name_plural = _("facsimiles")
        default_permissions = []

    def __str__(self):
        return str(self.page)

    @property
    def widths(self) -> list[int]:
        """The widths of the pictures in pixels, the smallest first."""
        return [width for width, _height in self.pictures]

    def picture_name(self, width: int, kind: str, *, cover: str = "") -> str:
        """Return the storage name of a picture; `cover` is the key of its covered zones."""
        stem = self.pdf.name.removesuffix(".pdf")
        return f"{stem}{cover and f'-{cover}'}-{width}.{kind}"

    def picture_names(self, *, cover: str = "") -> list[str]:
        """Return the storage names of all pictures."""
        return [
            self.picture_name(width, kind, cover=cover) for width in self.widths for kind in FORMATS
        ]
