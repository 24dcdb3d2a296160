"""The pages of an issue in its form: their labels, names and people."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Page

# What a page prints of itself besides its label.
PRINTED = ("name", "editor", "designer", "proofreader")


class PageForm(forms.ModelForm):
    """One page of the issue: a row, whose fields have their labels in the table's head only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)

    def validate_constraints(self):
        """Leave it to the formset: the other page with this label may get a new one."""


class PageFormSet(forms.BaseInlineFormSet):
    """The pages of one issue; two may exchange their labels.

    What pages of a released issue print of names and people changes only with a reason.
    """

    def __init__(self, *args, reason: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.reason = reason

    def clean(self):
        """Ask why the pages of a released issue are changed; what was typed stays."""
        super().clean()
        if self.is_released and not self.reason.strip() and any(map(_printed, self.forms)):
            raise ValidationError(
                _("The issue is released: please say why its pages are changed (above).")
            )

    @property
    def is_released(self) -> bool:
        """Whether the issue is released, or waits for its minute."""
        return self.instance.released_at is not None

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


def describe_changes(formsets: Iterable[forms.BaseModelFormSet]) -> str:
    """Return what changed of what pages of a released issue print; empty where nothing did."""
    return "；".join(
        f"{form.instance.label} {form.fields[name].label}："
        f"{form.initial.get(name) or '—'} → {form.cleaned_data[name] or '—'}"
        for formset in formsets
        if isinstance(formset, PageFormSet) and formset.is_released
        for form in formset.forms
        for name in _printed(form)
    )


def _printed(form: forms.ModelForm) -> list[str]:
    """Return the names of the changed fields that a page prints."""
    return [name for name in PRINTED if name in form.changed_data]
