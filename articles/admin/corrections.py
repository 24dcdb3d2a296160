"""更正: why published words are changed, and what readers are told of it, on the article form.

A reason is asked for every change of what readers see; it stays in the history. A notice makes
the change public, dated, on the article and in the list of corrections.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import workflow
from articles.forms import LineField, LinesField
from articles.models import Article


class Why(forms.Form):
    """The fields that the form of a published article has besides."""

    reason = LineField(
        label=_("Why it is changed"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Kept in the history; readers do not see it."),
    )
    notice = LinesField(
        label=_("Notice to readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_(
            "Shown with the date above the text and among the corrections. Leave it empty for a "
            "slip of the pen."
        ),
    )


class Corrects:
    """Asks why a published article is changed (mixed into the article's ModelAdmin)."""

    def get_form(self, request, obj=None, **kwargs):
        """Let the form ask, where readers see the article."""
        if obj is not None and workflow.is_public(obj):
            base = kwargs.get("form", self.form)
            kwargs["form"] = type("CorrectionForm", (Why, base), {})
        return super().get_form(request, obj, **kwargs)


def why_fieldsets(article: Article | None) -> list[tuple]:
    """Return the part of the form that asks; nothing where readers do not see the article."""
    if article is None or not workflow.is_public(article):
        return []
    described = _("Readers see this article. A change is stored with its reason only.")
    fields = {"classes": ["why"], "fields": ["reason", "notice"], "description": described}
    return [(_("Correction"), fields)]


def why(form) -> dict[str, str]:
    """Return the reason and the notice that a valid form holds, empty where it does not ask."""
    return {name: form.cleaned_data.get(name, "") for name in ("reason", "notice")}
