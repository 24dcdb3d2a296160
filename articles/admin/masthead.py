"""报头 (masthead): the admin of the imprint of the paper, dated, and of its wordmark."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.content.wordmark import WordmarkError, sanitize_wordmark
from articles.models import Masthead

from .list_mixins import ListMixin, PublicRowsMixin

REFUSALS = {
    "not_svg": _("This file is no SVG drawing."),
    "too_large": _("This drawing is too large: at most 16 KB of shapes, without pictures."),
    "empty": _("No shape is left in this drawing. Convert its characters to outlines first."),
    "no_size": _("This drawing has neither a view box nor a width and a height."),
}


class MastheadForm(forms.ModelForm):
    """The imprint; an uploaded drawing is cleaned, and stored as the wordmark."""

    drawing = forms.FileField(
        label=_("wordmark drawing"),
        required=False,
        help_text=_(
            "The name of the paper as an SVG drawing, its characters as outlines. It is shown in "
            "the colour of the text. Without it the name is set in type."
        ),
    )
    without_drawing = forms.BooleanField(label=_("set the name in type"), required=False)

    def clean_drawing(self) -> str:
        """Return the shapes of the uploaded drawing; "" where none was uploaded."""
        if not (upload := self.cleaned_data["drawing"]):
            return ""
        try:
            return sanitize_wordmark(upload.read())
        except WordmarkError as error:
            raise forms.ValidationError(REFUSALS[error.code], code=error.code) from None

    def save(self, *, commit=True):
        """Store the imprint with the drawing that was uploaded, or without the one it had."""
        if self.cleaned_data["without_drawing"]:
            self.instance.wordmark = ""
        if self.cleaned_data["drawing"]:
            self.instance.wordmark = self.cleaned_data["drawing"]
        return super().save(commit=commit)


@admin.register(Masthead)
class MastheadAdmin(PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """Each change is a new row, valid from its day on; an empty field is not printed."""

    form = MastheadForm
    list_display = ("valid_from", "name", "sponsor", "cn_number", "price")
    search_fields = ("name", "sponsor", "cn_number")
    fieldsets = (
        (None, {"fields": ("valid_from", "name", "price", "about")}),
        (_("Nameplate"), {"fields": ("drawing", "without_drawing")}),
        (
            _("Publisher"),
            {"fields": ("supervisor", "sponsor", "publisher", "cn_number", "postal_code")},
        ),
        (_("Contact"), {"fields": ("address", "hotline", "email", "complaints")}),
        (_("Licences"), {"fields": ("licence", "icp_number", "police_number")}),
    )
