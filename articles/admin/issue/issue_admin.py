"""期 (issue): list and form of the issues with their pages. The board places their articles."""

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.issue_counts import annotate_counts
from articles.admin.list_mixins import ListMixin
from articles.editing import planning
from articles.models import Issue, Page
from articles.workflow.release import clock

from .board_views import board_view
from .plan_views import form_for_new_issue, plan_view
from .preview_links import preview_links_view
from .release_views import release_view, release_warning_context

FIELDS = ("issued_on", "edition", "serial")


class FieldErrorMixin:
    """Shows the error of a constraint over several fields at one of them, `error_field`."""

    error_field = ""

    def add_error(self, field, error):
        errors = getattr(error, "error_dict", {})
        if NON_FIELD_ERRORS in errors and self.error_field in self.fields:
            errors.setdefault(self.error_field, []).extend(errors.pop(NON_FIELD_ERRORS))
        super().add_error(field, error)


class IssueForm(FieldErrorMixin, forms.ModelForm):
    """The fields of an issue."""

    error_field = "edition"

    class Meta:
        model = Issue
        fields = FIELDS


class PageForm(forms.ModelForm):
    """One page of the issue: a row, whose fields have their labels in the table's head only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)

    def validate_constraints(self):
        """Leave it to the formset: the other page with this label may get a new one."""


class PageFormSet(forms.BaseInlineFormSet):
    """The pages of one issue; two may exchange their labels."""

    def get_deletion_widget(self):
        """Return a tick box with a name: Django's inline gives it no label."""
        return forms.CheckboxInput(attrs={"aria-label": _("Delete")})

    def validate_unique(self):
        """Add an error to each label that an earlier row or a page not shown has."""
        shown = [form.instance.pk for form in self.initial_forms]
        others = Page.objects.filter(issue=self.instance.pk).exclude(pk__in=shown)
        seen = set(others.values_list("label", flat=True))
        for form in self.forms:
            label = form.cleaned_data.get("label") if form.is_valid() else None
            if label in seen and form not in self.deleted_forms:
                form.add_error("label", _("The issue already has a page with this label."))
            if label and form not in self.deleted_forms:
                seen.add(label)

    def save(self, *args, **options):
        """Save the pages; changed labels are cleared first, so that others can have them."""
        for number, form in enumerate(self.initial_forms):
            if "label" in form.changed_data or form in self.deleted_forms:
                Page.objects.filter(pk=form.instance.pk).update(label=f"~{number}")
        return super().save(*args, **options)


class PageInline(admin.TabularInline):
    """The pages, in the order in which they are bound."""

    model = Page
    form = PageForm
    formset = PageFormSet
    fields = ("label", "name", "editor", "designer", "proofreader", "planned_length")
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).in_order()

    def get_extra(self, request, obj=None, **kwargs):
        """Offer four empty rows to a new issue and one to an old one, without JavaScript too."""
        return 1 if obj and obj.pages.exists() else 4

    def get_readonly_fields(self, request, obj=None):
        return ("label",) if obj and obj.released_at else ()

    def has_add_permission(self, request, obj=None):
        released = obj and obj.released_at
        return not released and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        released = obj and obj.released_at
        return not released and super().has_delete_permission(request, obj)


class ReleaseState(admin.SimpleListFilter):
    """Filters issues that are not released, wait for their minute, or are published."""

    title = _("release")
    parameter_name = "release"

    def lookups(self, request, model_admin):
        return [
            ("none", _("not released")),
            ("waiting", _("waiting for its minute")),
            ("published", _("published")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "none":
                return queryset.filter(released_at__isnull=True)
            case "waiting":
                return queryset.filter(released_at__gt=timezone.now())
            case "published":
                return queryset.published()
        return queryset


@admin.register(Issue)
class IssueAdmin(ListMixin, admin.ModelAdmin):
    """A released issue keeps what its URLs are made of: date, edition, pages and labels."""

    form = IssueForm
    inlines = [PageInline]
    list_display = (
        "day",
        "edition",
        "page_count",
        "article_count",
        "unsigned_count",
        "state",
        "board_link",
    )
    list_filter = (ReleaseState,)
    date_hierarchy = "issued_on"
    search_fields = ("issued_on__icontains", "=serial")
    fields = (*FIELDS, "state")
    change_form_template = "admin/articles/issue/change_form.html"

    def get_urls(self):
        board = self.admin_site.admin_view(self.board_view)
        previews = self.admin_site.admin_view(self.previews_view)
        release = self.admin_site.admin_view(self.release_view)
        plan = self.admin_site.admin_view(require_POST(plan_view))
        return [
            path("plan/", plan, name="articles_issue_plan"),
            path("<int:pk>/board/", board, name="articles_issue_board"),
            path("<int:pk>/previews/", previews, name="articles_issue_previews"),
            path("<int:pk>/release/", release, name="articles_issue_release"),
            *super().get_urls(),
        ]

    def board_view(self, request, pk):
        """Show the board of an issue."""
        return board_view(request, pk, site=self.admin_site)

    def previews_view(self, request, pk):
        """Show the preview links of an issue."""
        return preview_links_view(request, pk, site=self.admin_site)

    def release_view(self, request, pk):
        """Release or recall an issue."""
        return release_view(request, pk, site=self.admin_site)

    def add_view(self, request, form_url="", extra_context=None):
        title = {"title": gettext("Plan an issue")}
        return super().add_view(request, form_url, title | (extra_context or {}))

    def get_queryset(self, request):
        return annotate_counts(super().get_queryset(request))

    def get_object(self, request, object_id, from_field=None):
        """Lock the issue while its form is saved, so that a release waits."""
        if request.method == "POST" and object_id.isdigit():
            list(Issue.objects.locked([object_id]))
        return super().get_object(request, object_id, from_field)

    def get_changeform_initial_data(self, request):
        free = planning.next_free_date()
        return {"issued_on": free, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        released = obj and obj.released_at
        return ("state", "issued_on", "edition") if released else ("state",)

    def has_delete_permission(self, request, obj=None):
        if obj and obj.released_at:
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Name the articles that protect an issue, rather than a permission that nobody has."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set() if protected else needed, protected

    def view_on_site(self, issue):
        """Return the URL at which readers see the issue, or None while they do not."""
        return issue.get_absolute_url() if issue.is_published() else None

    def save_model(self, request, obj, form, change):
        """Save the form's own columns; `released_at` is written by workflow.release."""
        obj.save(update_fields=FIELDS if change else None)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= release_warning_context(obj)
        if obj is None:
            context["plan_form"] = form_for_new_issue(request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("date"), ordering="issued_on")
    def day(self, issue):
        return f"{issue.title} {issue.weekday}"

    @admin.display(description=_("pages"))
    def page_count(self, issue):
        return issue.page_total

    @admin.display(description=_("articles"))
    def article_count(self, issue):
        return issue.article_total

    @admin.display(description=_("unsigned"))
    def unsigned_count(self, issue):
        return issue.unsigned_total

    @admin.display(description=_("board"))
    def board_link(self, issue):
        url = reverse("admin:articles_issue_board", args=[issue.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Arrange"))

    @admin.display(description=_("state"), ordering="released_at")
    def state(self, issue):
        return state_of(issue)


def state_of(issue: Issue) -> str:
    """Return whether readers see an issue, and since or from when."""
    if issue.released_at is None:
        return gettext("Not released")
    params = {"at": clock(issue.released_at)}
    if issue.is_published():
        return gettext("Published %(at)s") % params
    return gettext("Released for %(at)s") % params
