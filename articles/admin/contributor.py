"""作者 (contributor): the admin of the people and organisations that sign."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, Contributor, Photo

from .list_mixins import ListMixin, count_of, yes_or_no


@admin.register(Contributor)
class ContributorAdmin(ListMixin, admin.ModelAdmin):
    """Two people of one name have a distinction that readers do not see."""

    list_display = (
        *("name", "distinction", "role", yes_or_no(Contributor, "is_organisation")),
        *("byline_count", "photo_count"),
    )
    list_filter = ("is_organisation",)
    search_fields = ("name", "distinction")

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                byline_total=count_of(Byline.objects.all(), "contributor"),
                photo_total=count_of(Photo.objects.all(), "contributor"),
            )
        )

    @admin.display(description=_("bylines"))
    def byline_count(self, contributor):
        return contributor.byline_total

    @admin.display(description=_("photos"))
    def photo_count(self, contributor):
        return contributor.photo_total
