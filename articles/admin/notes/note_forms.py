"""What is typed of a note: its words, and the passage that it is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models.note import LONGEST_NOTE, LONGEST_PASSAGE

# The form around all notes of an article; fields and buttons anywhere on the page belong to it.
FORM_ID = "notes-form"


class NoteForm(forms.Form):
    """A new note. Its fields share their form with the answers: the browser may require none."""

    use_required_attribute = False
    note_passage = forms.CharField(
        label=_("passage"),
        required=False,
        max_length=LONGEST_PASSAGE,
        help_text=_("Select words in the text, or leave it empty: the whole article."),
        widget=forms.Textarea(attrs={"rows": 1, "form": FORM_ID, "class": "words"}),
    )
    note_text = forms.CharField(
        label=_("note"),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Write the note first.")},
        widget=forms.Textarea(attrs={"rows": 2, "form": FORM_ID, "class": "words"}),
    )


class AnswerForm(forms.Form):
    """An answer to a note."""

    text = forms.CharField(
        max_length=LONGEST_NOTE, error_messages={"required": _("Write the answer first.")}
    )
