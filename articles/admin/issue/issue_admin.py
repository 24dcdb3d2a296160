"""期 (issue): list and form of the issues with their pages. The board places their articles."""

from collections.abc import Iterator
from itertools import chain

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
from articles.admin.list_mixins import ListMixin, PublicRowsMixin
from articles.admin.reason_field import ReasonField
from articles.editing import planning
from articles.models import Article, Issue
from articles.search import entries
from articles.workflow.release import clock

from .board_views import board_view
from .issue_pages import PageInline, describe_changes
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
    """The fields of an issue; of a released one, why its pages are changed."""

    error_field = "edition"
    reason = ReasonField(
        label=_("Why its pages are changed"),
        help_text=_("Asked for names and people of a released issue; kept in the history."),
    )

    class Meta:
        model = Issue
        fields = FIELDS


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
class IssueAdmin(PublicRowsMixin, ListMixin, admin.ModelAdmin):
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

    def get_fields(self, request, obj=None):
        """Ask for a reason where the issue is released, who may change it."""
        is_asked = obj and obj.released_at and self.has_change_permission(request, obj)
        return (*self.fields, "reason") if is_asked else self.fields

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        is_asked = "reason" in self.get_fields(request, obj)
        return form if is_asked else type(form)(form.__name__, (form,), {"reason": None})

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Let the pages of a released issue see the reason for their change."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"reason": request.POST.get("reason", "")}

    def view_on_site(self, issue):
        """Return the URL at which readers see the issue, or None while they do not."""
        return issue.get_absolute_url() if issue.is_published() else None

    def save_model(self, request, obj, form, change):
        """Save the form's own columns; `released_at` is written by workflow.release."""
        obj.save(update_fields=FIELDS if change else None)

    def save_related(self, request, form, formsets, change):
        """Save the pages too; where the search knows their articles by what changed, tell it."""
        super().save_related(request, form, formsets, change)
        found_by = {*form.changed_data, *chain.from_iterable(_changed(each) for each in formsets)}
        if change and found_by & {"issued_on", "label", "name"}:
            entries.index_articles(Article.objects.filter(page__issue=form.instance))
        if told := describe_changes(formsets):
            self.log_change(request, form.instance, f"{told}；{form.cleaned_data['reason']}")

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


def _changed(formset) -> Iterator[str]:
    for form in formset.forms:
        yield from form.changed_data
