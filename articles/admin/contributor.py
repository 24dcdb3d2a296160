"""作者: the people and organisations that sign."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, Contributor, Photo

from .paging import Listed, tally


@admin.register(Contributor)
class ContributorAdmin(Listed, admin.ModelAdmin):
    """Two people of one name are told apart by a distinction that readers do not see."""

    list_display = ("name", "distinction", "role", "is_organisation", "byline_count", "photo_count")
    list_filter = ("is_organisation",)
    search_fields = ("name", "distinction")

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                signed=tally(Byline.objects.all(), "contributor"),
                taken=tally(Photo.objects.all(), "contributor"),
            )
        )

    @admin.display(description=_("bylines"))
    def byline_count(self, contributor):
        return contributor.signed

    @admin.display(description=_("photos"))
    def photo_count(self, contributor):
        return contributor.taken
