"""How the parts of the article form are typed: the body in its editor, words in wide fields."""

import json

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.widgets import Script
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# What the editor's buttons are called, in their order; static/js/desk/body.js knows what they do.
TOOLS = {
    "paragraph": _("Paragraph"),
    "subhead": _("Subhead"),
    "bold": _("Bold"),
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
}


class BodyEditor(forms.Textarea):
    """The body editor; without JavaScript a text area that holds the stored HTML."""

    class Media:
        js = [Script("js/desk/body.js", type="module")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # Not in class attributes: the language is that of the request.
        labels = {"tools": TOOLS, "words": WORDS | {"count": gettext("{count} characters")}}
        context["widget"]["attrs"] |= {
            "data-body-editor": json.dumps(labels, default=str, ensure_ascii=False),
            "rows": 24,
            "class": "body",
        }
        return context


def words(size: str) -> forms.TextInput:
    """Return a wide field for words; `size` is its class in desk.css."""
    return forms.TextInput(attrs={"class": f"words {size}", "autocomplete": "off"})


def without_deletion(field: forms.Field | None) -> forms.Field | None:
    """Return a field beside which a row can be found, added and changed, but not deleted."""
    if isinstance(field, forms.ModelChoiceField):
        field.widget.can_delete_related = field.widget.can_view_related = False
    return field


class KnownSelect(AutocompleteSelect):
    """An autocomplete that does not ask the database for a row that its form has loaded.

    `OrderedForm` puts that row into `known`; Django would ask once for each of forty bylines.
    """

    known = None

    def optgroups(self, name, value, attr=None):
        if self.known is None or list(map(str, value)) != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance(self.known)
        options = [self.create_option(name, self.known.pk, label, {str(self.known.pk)}, 1)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", set(), 0))
        return [(None, options, 0)]
