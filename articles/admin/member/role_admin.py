"""组 (groups): the admin of roles."""

from django.contrib import admin
from django.contrib.auth.admin import Group, GroupAdmin
from django.utils.translation import gettext_lazy as _

from articles.models import Member

from ..list_mixins import ListMixin, count_of
from .permissions_field import permissions_field

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ListMixin, GroupAdmin):
    """Roles are groups; `loaddata roles` restores those of the fixture."""

    list_display = ("name", "member_count")
    filter_horizontal = ()

    class Media:
        css = {"all": ["css/desk-issue.css"]}

    def get_queryset(self, request):
        memberships = Member.groups.through.objects.all()
        return super().get_queryset(request).annotate(member_total=count_of(memberships, "group"))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            return permissions_field(db_field, **kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("members"))
    def member_count(self, group):
        return group.member_total
