"""The article form of the desk: valid where it could be saved, with the reason for a change."""

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.forms import all_valid
from django.utils.translation import gettext_lazy as _

from articles.admin.reason_field import ReasonField
from articles.content.copy import Copy
from articles.editing.forms import ArticleForm, LinesField, OrderedFormSet, submission_of
from articles.editing.placement import PlacementError
from articles.workflow import MoveRefusedError

from .lead_in_choice import LeadInChoiceForm


class CorrectionForm(forms.Form):
    """Why published words are changed, and what readers are told of it.

    A reason is asked for every change of what readers see; it is kept in the history. A notice
    makes the change public, dated, on the article and in the list of corrections.
    """

    reason = ReasonField(
        label=_("Why it is changed"), help_text=_("Kept in the history; readers do not see it.")
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


class SavingForm(LeadInChoiceForm):
    """The article form of the desk: valid where the article could be saved with its rows.

    So what refuses the save is an error of the form like any other. `SaveMixin` sets `save_all`
    and `formsets`.
    """

    save_all: Callable[[ArticleForm], None]
    formsets: list[OrderedFormSet]
    is_saved = is_only_shown = False

    def is_valid(self):
        if self.is_only_shown or not super().is_valid() or self.doubled_lead_in:
            return False
        if not self.is_saved and all_valid(self.formsets):
            if self.instance._state.adding and self._is_empty():
                self.add_error(None, _("Nothing is written yet, so nothing was stored."))
            else:
                self._save()
        return self.is_saved

    def _is_empty(self) -> bool:
        """Tell whether the form holds no words and no rows; where it is to stand is no word."""
        return replace(submission_of(self, self.formsets).copy, column="") == Copy()

    def _save(self) -> None:
        try:
            self.save_all(self)
            self.is_saved = True
        except PlacementError as error:
            self.add_error("page", str(error))
        except MoveRefusedError as error:
            self.add_error(None, str(error))
