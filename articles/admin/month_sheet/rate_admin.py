"""稿分标准 (point rates): the table by which the month sheet gives points."""

from django import forms
from django.contrib import admin
from django.urls import path

from articles.models import PointRate

from ..list_mixins import ListMixin, yes_or_no
from .sheet_page import sheet_view


class RateForm(forms.ModelForm):
    """The points of a row, named for those who do not see the row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = f"{PointRate._meta.get_field('points').verbose_name}：{self.instance}"
        self.fields["points"].widget.attrs["aria-label"] = label


@admin.register(PointRate)
class PointRateAdmin(ListMixin, admin.ModelAdmin):
    """The points are changed in the list itself."""

    list_display = ("__str__", "points", yes_or_no(PointRate, "is_shared"))
    list_editable = ("points",)

    def get_changelist_form(self, request, **kwargs):
        """Return the form of one row of the list."""
        return super().get_changelist_form(request, form=RateForm, **kwargs)

    def get_urls(self):
        """Add the address of the month sheet."""
        view = self.admin_site.admin_view(sheet_view(self.admin_site))
        return [path("month/", view, name="articles_pointrate_month"), *super().get_urls()]
