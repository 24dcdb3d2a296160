"""The widgets of the article form, and its inlines: bylines and captions in printed order."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.photo.tray_forms import MOST_FILES
from articles.content import sanitizer
from articles.editing.character_messages import INVISIBLE_NAMES
from articles.editing.forms import BylineForm, CaptionForm, OrderedFormSet
from articles.models import Byline, Caption

from .save_messages import OMISSION_KINDS
from .split_action import split_button

# The labels of the editor's buttons, in order; static/js/desk/body_editor/main.js has their
# commands.
TOOLS = {
    "paragraph": _("Paragraph"),
    "subhead": _("Subhead"),
    "bold": _("Bold"),
    "superscript": _("Superscript"),
    "subscript": _("Subscript"),
    "quotation": _("Quotation"),
    "bullets": _("List"),
    "numbers": _("Numbered list"),
    "link": _("Link"),
    "table": _("Table"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "rowAfter": _("Add row"),
    "columnAfter": _("Add column"),
    "headerRow": _("Header row"),
    "deleteRow": _("Delete row"),
    "deleteColumn": _("Delete column"),
    "deleteTable": _("Delete table"),
}
WORDS = {
    "toolbar": _("Text tools"),
    "body": _("Body"),
    "address": _("Address of the link"),
    "apply": _("Apply"),
    "unlink": _("Remove link"),
    "cancel": _("Cancel"),
    "badAddress": _("Write an address that begins with https://, http://, mailto: or /."),
    "leftOut": _("Left out of what you pasted, because it is not text: {count} characters."),
    "picturesLeftOut": _("Pictures left out: {count}. Add them under Pictures."),
    "showLeftOut": _("Show what was left out"),
    "putBack": _("Put it back"),
    "dismiss": _("Dismiss"),
    "noPhotos": _("You may not add photos. Please ask a colleague who may."),
    "noDescription": _("(without a description)"),
    "invisible": _("Characters that print nothing were taken out: {characters}."),
    "cutLines": _("Every printed line of what you pasted has become a paragraph."),
    "joinLines": _("Join the lines into paragraphs"),
    "photoPlace": _("Place of this photo in the text"),
}

FIRST_SIGHT = (
    '<div class="body-editor first-sight" aria-hidden="true" inert>'
    '<div class="tools"></div><div class="body-text">{}</div></div>'
)


class BodyEditor(forms.Textarea):
    """The body editor; without JavaScript a text area that holds the stored HTML."""

    class Media:
        js = [
            Script("js/desk/body_editor/main.js", type="module"),
            Script("js/desk/body_editor/split.js", type="module"),
        ]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # Not in class attributes: the language is that of the request.
        words = WORDS | {"count": gettext("{count} characters")}
        words["invisibleCharacter"] = gettext("%(kind)s %(code)s × %(n)d")
        labels = {"tools": TOOLS, "words": words, "kinds": OMISSION_KINDS}
        labels["invisible"] = INVISIBLE_NAMES
        context["widget"]["attrs"] |= {
            "data-body-editor": json.dumps(labels, default=str, ensure_ascii=False),
            "autocomplete": "off",
            "rows": 24,
            "class": "body",
        }
        return context


class SplittingBodyEditor(BodyEditor):
    """The body editor with the button that takes headings and names out of the text.

    Before it stands the text as it will look, which the browser shows until the editor has come;
    where it does not come within four seconds, or without scripts, the text area is shown.
    """

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        shown = mark_safe(sanitizer.sanitize(value or ""))
        return format_html(FIRST_SIGHT, shown) + field + split_button()


def wide_text_input(size: str, *, suggestions: str | None = None) -> forms.TextInput:
    """Return a text input; `size` is its class in desk.css, `suggestions` the id of a list."""
    listed = {"list": suggestions} if suggestions else {}
    return forms.TextInput(attrs={"class": f"words {size}", "autocomplete": "off", **listed})


def growing_line(size: str) -> forms.Textarea:
    """Return a field of one line that shows all of a long one; the server joins typed lines."""
    attrs = {"class": f"words line {size}", "autocomplete": "off", "rows": 1, "data-line": True}
    return forms.Textarea(attrs=attrs)


def hide_delete_links(fields: dict[str, forms.Field]) -> None:
    """Let related rows be found, added and changed beside choices, but not deleted or viewed."""
    for field in fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.widget.can_delete_related = field.widget.can_view_related = False


class LoadedAutocompleteSelect(AutocompleteSelect):
    """An autocomplete that makes no query for a row that its form has loaded, or for none.

    `preload_choice` sets `known` to that row; Django would make a query for each of forty bylines.
    """

    known = None

    def optgroups(self, name, value, attr=None):
        chosen = [str(each) for each in value if each not in self.choices.field.empty_values]
        options = [] if self.is_required else [self.create_option(name, "", "", set(), 0)]
        if not chosen:
            return [(None, options, 0)]
        if self.known is None or chosen != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance(self.known)
        options.append(self.create_option(name, self.known.pk, label, set(chosen), 1))
        return [(None, options, 0)]


class PhotoSelect(LoadedAutocompleteSelect):
    """The photo of a caption; its script puts the photo chooser in the place of the select."""

    class Media:
        js = [Script("js/desk/photos/chooser.js", type="module")]

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        thumbnail = reverse("admin:articles_photo_thumbnail", args=[0])
        return attrs | {"data-photo-chooser": True, "data-thumbnail": thumbnail}


class OrderedInline(admin.TabularInline):
    """Rows that are added, deleted and moved up and down; stored in the order shown."""

    template = "admin/articles/article/_ordered_inline.html"
    formset = OrderedFormSet
    chooser = LoadedAutocompleteSelect
    extra = 1

    class Media:
        js = [Script("js/desk/ordered_rows.js", type="module")]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        hide_delete_links(formset.form.base_fields)
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = self.chooser(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class BylineInlineForm(BylineForm):
    """One byline, with its widgets."""

    class Meta(BylineForm.Meta):
        widgets = {
            "role": wide_text_input("short", suggestions="role-suggestions"),
            "name": wide_text_input("short", suggestions="name-suggestions"),
        }


class BylineInline(OrderedInline):
    """Role and printed name."""

    model = Byline
    form = BylineInlineForm
    fields = ("order", "role", "name", "contributor")
    autocomplete_fields = ("contributor",)


class CaptionInlineForm(CaptionForm):
    """One picture with its words, with its widgets."""

    class Meta(CaptionForm.Meta):
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2, "class": "words"}),
            "credit": wide_text_input("short"),
        }


class CaptionInline(OrderedInline):
    """A picture of the library, its words here, its credit here; below the rows the photo tray."""

    model = Caption
    chooser = PhotoSelect
    most_files = MOST_FILES
    form = CaptionInlineForm
    fields = ("order", "photo", "words", "credit")
    autocomplete_fields = ("photo",)
    extra = 0

    class Media:
        js = [Script("js/desk/photos/main.js", type="module")]
