"""The forms of the photo tray: one uploaded photo, what is known of it, several files at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.editing.forms import LineField, LinesField
from articles.models import Photo

from .photo_form import PictureField

MOST_FILES = 100


class PhotoFactsForm(forms.ModelForm):
    """What is known of a photo, as the tray asks for it."""

    class Meta:
        model = Photo
        fields = ["words", "alt", "credit", "taken_on", "place"]
        field_classes = {
            **dict.fromkeys(["alt", "credit", "place"], LineField),
            "words": LinesField,
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "taken_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }


class PhotoUploadForm(PhotoFactsForm):
    """One file with what was typed for it.

    `uid` is made by the browser, so that a file that is sent twice is stored once; `anyway`
    stores a photo although the library has one that looks like it.
    """

    file = PictureField()
    uid = forms.UUIDField()
    anyway = forms.BooleanField(required=False)

    class Meta(PhotoFactsForm.Meta):
        fields = ["file", *PhotoFactsForm.Meta.fields]


class SeveralPhotosForm(forms.Form):
    """Several files, with what is the same for all of them, for browsers without JavaScript."""

    credit = LineField(max_length=120, required=False)
    taken_on = forms.DateField(required=False)
    place = LineField(max_length=120, required=False)

    def __init__(self, post, files):
        super().__init__(post, prefix="photos")
        self.uploads = files.getlist("photos")

    def clean(self):
        if len(self.uploads) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files at once."), params={"most": MOST_FILES})
        return super().clean()


class PostedFactsForm(PhotoFactsForm):
    """What a request says of a stored photo; a field that it does not have is left alone."""

    def __init__(self, post, photo: Photo):
        super().__init__(post, instance=photo, prefix=str(photo.pk))
        for name in [*self.fields]:
            if self.add_prefix(name) not in self.data:
                del self.fields[name]

    @property
    def message(self) -> str:
        """The errors in one line."""
        return " ".join(text for texts in self.errors.values() for text in texts)
