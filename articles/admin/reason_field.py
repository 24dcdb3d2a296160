"""The field that asks why something is changed that is signed or public."""

from django import forms

from articles.editing.forms import LineField


class ReasonField(LineField):
    """A wide line, which the form asks for where it must be given."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"class": "vLargeTextField"})
        super().__init__(required=False, max_length=300, widget=widget, **kwargs)
