"""繁体用名: the desk's own list of names that pages in traditional characters do not convert."""

from django.contrib import admin

from articles.models import ProtectedName

from .list_mixins import ListMixin, PublicRowsMixin


@admin.register(ProtectedName)
class ProtectedNameAdmin(PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """Names of people and places; a change shows on the pages within a minute."""

    list_display = ("name", "traditional")
    search_fields = ("name", "traditional")
