"""The rows of an inline of the admin, set by Jinja2."""

from django import template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def ordered_rows(inline: InlineAdminFormSet) -> SafeString:
    """Return the rows of an inline, the last an empty one for scripts where rows may be added."""
    facts = {
        "rows": list(inline),
        "formset": inline.formset,
        "may_add": inline.has_add_permission,
        "may_delete": inline.formset.can_delete and inline.has_delete_permission,
    }
    return mark_safe(render_to_string("desk/ordered_rows.html", facts))
