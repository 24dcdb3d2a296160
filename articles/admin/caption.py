"""图说 on the article form: pictures in order, with their words."""

from django import forms

from articles.forms import CaptionForm
from articles.models import Caption

from .byline import OrderedInline
from .widgets import words


class CaptionInline(OrderedInline):
    """A picture of the library, its words here, its credit here."""

    model = Caption
    form = CaptionForm
    fields = ("order", "photo", "words", "credit")
    autocomplete_fields = ("photo",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("photo")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "words":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "words"})
        if db_field.name == "credit":
            kwargs["widget"] = words("short")
        return super().formfield_for_dbfield(db_field, request, **kwargs)
