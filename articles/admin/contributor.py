"""作者 (contributor): the admin of the people and organisations that sign."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.lists.entries import follow_names
from articles.models import Contributor, ListKind, Photo

from .list_mixins import (
    ListMixin,
    PrintedTotalMixin,
    PublicRowsMixin,
    count_of,
    printed_total,
    yes_or_no,
)


@admin.register(Contributor)
class ContributorAdmin(PrintedTotalMixin, PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """Two people of one name have a distinction that readers do not see."""

    list_display = (
        *("name", "distinction", "role", yes_or_no(Contributor, "is_organisation")),
        *("article_count", "photo_count"),
    )
    list_filter = ("is_organisation",)
    search_fields = ("name", "distinction")

    def save_model(self, request, obj, form, change):
        """Store a contributor; the lists of readers follow the names before and after."""
        super().save_model(request, obj, form, change)
        follow_names({obj.name, form.initial.get("name", obj.name)})

    def delete_model(self, request, obj):
        """Delete a contributor; another of that name gets the bylines linked to nobody."""
        super().delete_model(request, obj)
        follow_names({obj.name})

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                article_total=printed_total(ListKind.CONTRIBUTOR),
                photo_total=count_of(Photo.objects.all(), "contributor"),
            )
        )

    @admin.display(description=_("printed articles"))
    def article_count(self, contributor):
        return contributor.article_total

    @admin.display(description=_("photos"))
    def photo_count(self, contributor):
        return contributor.photo_total
