"""署名 on the article form: rows in printed order."""

from django.contrib import admin
from django.forms.widgets import Script

from articles.forms import BylineForm, OrderedFormSet
from articles.models import Byline

from .widgets import KnownSelect, without_deletion, words


class OrderedInline(admin.TabularInline):
    """Rows that are added, deleted and moved up and down; stored in the order shown."""

    template = "admin/articles/article/_ordered.html"
    formset = OrderedFormSet
    extra = 1

    class Media:
        js = [Script("js/desk/rows.js", type="module")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return without_deletion(super().formfield_for_dbfield(db_field, request, **kwargs))


class BylineInline(OrderedInline):
    """Role and printed name."""

    model = Byline
    form = BylineForm
    fields = ("order", "role", "name", "contributor")
    autocomplete_fields = ("contributor",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("contributor")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("role", "name"):
            kwargs["widget"] = words("short")
        return super().formfield_for_dbfield(db_field, request, **kwargs)
