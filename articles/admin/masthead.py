"""报头 (masthead): the admin of the imprint of the paper, dated."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Masthead

from .list_mixins import ListMixin


@admin.register(Masthead)
class MastheadAdmin(ListMixin, admin.ModelAdmin):
    """Each change is a new row, valid from its day on; an empty field is not printed."""

    list_display = ("valid_from", "name", "sponsor", "cn_number", "price")
    search_fields = ("name", "sponsor", "cn_number")
    fieldsets = (
        (None, {"fields": ("valid_from", "name", "price", "about")}),
        (
            _("Publisher"),
            {"fields": ("supervisor", "sponsor", "publisher", "cn_number", "postal_code")},
        ),
        (_("Contact"), {"fields": ("address", "hotline", "email", "complaints")}),
        (_("Licences"), {"fields": ("licence", "icp_number", "police_number")}),
    )
