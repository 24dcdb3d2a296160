"""The form of a photo: upload, validation, focal point."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.reason_field import ReasonField
from articles.editing.forms import LineField, LinesField
from articles.models import Photo
from articles.photos.files import image_validation
from articles.photos.files.image_validation import Reason
from articles.photos.upload_messages import REFUSALS

from .crops_field import CropsField

FOCUS_EDITOR = (
    '<div class="imagefield" data-ppoi-id="id_focus">{}<p class="help">{}</p>'
    '<div class="imagefield-preview"><img class="imagefield-preview-image" src="{}" alt="{}"></div>'
    '<p class="focus-sliders" hidden><label>{} <input type="range"></label> '
    '<label>{} <input type="range"></label></p></div>'
)


class PictureInput(forms.FileInput):
    """A file input; below it the current picture, on which the focal point is set."""

    class Media:
        js = [Script("js/desk/focal_point.js", type="module")]

    def render(self, name, value, attrs=None, renderer=None):
        file_input = super().render(name, value, attrs, renderer)
        photo = getattr(value, "instance", None)
        if photo is None or photo.pk is None:
            return file_input
        return format_html(
            FOCUS_EDITOR,
            file_input,
            _("Click on the picture to set its focal point: cuts keep it in sight."),
            reverse("articles:photo", args=[photo.uid, "small"]),
            photo.alt,
            _("Focus, left to right"),
            _("Focus, top to bottom"),
        )


class PictureField(forms.FileField):
    """A file field that accepts valid pictures only."""

    widget = PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            file.name = f"picture.{check_upload(file).lower()}"
        return file


def check_upload(file: UploadedFile) -> str:
    """Return the format of an uploaded picture; raise ValidationError where it is not valid."""
    try:
        image_validation.refuse(Reason.TOO_HEAVY, when=file.size > image_validation.MAX_BYTES)
        return image_validation.validate_image(file.read())
    except image_validation.InvalidImageError as error:
        raise ValidationError(REFUSALS[error.reason], code=error.reason) from error
    finally:
        file.seek(0)


class ArticleUidField(forms.ModelChoiceField):
    """A choice of an article by its uid; what is no uid is an error and not shown again."""

    def to_python(self, value):
        if isinstance(value, str) and value and self.prepare_value(value) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def prepare_value(self, value):
        value = super().prepare_value(value)
        try:
            return value and UUID(str(value))
        except ValueError:
            return None


class PhotoForm(forms.ModelForm):
    """The form of a photo."""

    file = PictureField(
        label=_("file"), help_text=Photo._meta.get_field("file").help_text, max_length=200
    )
    reason = ReasonField(
        label=_("Why it is changed"),
        help_text=_(
            "Signed articles show the photo (below): a change of its alternative text is a "
            "change of them, and they must be read again; published ones stay public."
        ),
    )
    # Whether a signed article shows the photo, and whether the member may sign.
    is_signed = may_sign = False

    class Meta:
        model = Photo
        fields = [
            *(
                "file",
                "focus",
                "crops",
                "words",
                "alt",
                "credit",
                "generated",
                "contributor",
                "taken_on",
            ),
            *("place", "people", "keywords", "rights", "rights_until", "only_article"),
        ]
        field_classes = {
            **dict.fromkeys(["alt", "credit", "place", "people", "keywords", "rights"], LineField),
            "words": LinesField,
            "crops": CropsField,
            "only_article": ArticleUidField,
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if crops := self.fields.get("crops"):
            crops.size = self.instance.width and (self.instance.width, self.instance.height)
        if focus := self.fields.get("focus"):
            focus.validators.append(
                RegexValidator(r"^(0|1|0?\.\d+|1\.0+)x(0|1|0?\.\d+|1\.0+)\Z", _("No focal point."))
            )

    def clean_crops(self):
        """Drop the crops of a picture that is replaced."""
        return {} if "file" in self.changed_data else self.cleaned_data["crops"]

    def clean(self):
        """Ask who may sign for the reason of a change that readers or reviewers see."""
        cleaned = super().clean()
        if self.is_signed and "alt" in self.changed_data:
            if not self.may_sign:
                self.add_error(
                    "alt", _("Signed articles show it: only who may sign may change it.")
                )
            elif not cleaned.get("reason", "").strip():
                self.add_error("reason", _("Please say why."))
        return cleaned

    def clean_generated(self):
        """Refuse to deny a generation that the file itself states."""
        generated = self.cleaned_data["generated"]
        is_replaced = "file" in self.changed_data
        if self.instance.generated_mark and not generated and not is_replaced:
            raise ValidationError(_("The file itself says that a program generated the picture."))
        return generated
