"""The article form: what an editor types about one article, its bylines and its captions.

Both doors use it: the desk stores what was typed, the preview shows it without storing.
"""

import re
from math import inf

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from articles import cleaning, revisions
from articles.copy import SignedName
from articles.editing import Typed, facts_of
from articles.models import Article, Byline, Caption

LONGEST_TAG = 100
KEY = re.compile(r"[0-9]{1,18}")


def readable(value: str) -> str:
    """Return a text as it is; raise ValidationError where no database can store it."""
    try:
        value.encode()
    except UnicodeEncodeError as fault:
        raise ValidationError(
            _("Character %(number)d is broken; please type it again."),
            params={"number": fault.start + 1},
        ) from None
    return value


class LineField(forms.CharField):
    """One line of words: control characters and outer spaces go, nothing else changes."""

    def widget_attrs(self, widget):
        """Set no maxlength: a browser would silently drop the end of a long paste."""
        return {}

    def to_python(self, value):
        return cleaning.line(readable(super().to_python(value)))


class LinesField(forms.CharField):
    """Plain words of several lines: control characters, indents and empty lines go."""

    def to_python(self, value):
        return cleaning.lines(readable(super().to_python(value)))


class BodyField(forms.CharField):
    """The body as HTML, in the stored form."""

    def __init__(self, *, config=None, preset=None, **kwargs):
        super().__init__(**kwargs | {"strip": False})

    def to_python(self, value):
        return cleaning.clean(readable(super().to_python(value)))


class TagsField(TagField):
    """Tags in one line."""

    def to_python(self, value):
        return cleaning.printable(readable(super().to_python(value)))

    def clean(self, value):
        names = super().clean(value)
        for name in names:
            if len(name) > LONGEST_TAG:
                raise ValidationError(
                    _("A tag has at most %(longest)d characters: %(name)s…"),
                    params={"longest": LONGEST_TAG, "name": name[:20]},
                )
        return names


class PlaceInOrder(forms.IntegerField):
    """The place of a row; a row in which only this was typed is still empty."""

    def has_changed(self, initial, data):
        return False


class ChosenField(forms.ModelChoiceField):
    """A chooser in a row; the rows that the whole list chooses are fetched at once."""

    chosen: dict = {}

    def to_python(self, value):
        return self.chosen.get(value) or super().to_python(value)


class OrderedForm(forms.ModelForm):
    """A row with a place among its like."""

    order = PlaceInOrder(label=_("order"), required=False, min_value=1, max_value=9_999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["order"] = self.instance.position
        for name, row in self.instance._state.fields_cache.items():
            if name in self.fields:
                known(self.fields[name], row)

    def _get_validation_exclusions(self):
        """Ask the database once whether a chosen row exists, not again for the model."""
        return super()._get_validation_exclusions() | {"contributor", "photo"}


class BylineForm(OrderedForm):
    """One byline."""

    class Meta:
        model = Byline
        fields = ["role", "name", "contributor"]
        field_classes = {"role": LineField, "name": LineField, "contributor": ChosenField}


class CaptionForm(OrderedForm):
    """One picture with its words."""

    class Meta:
        model = Caption
        fields = ["photo", "words", "credit"]
        field_classes = {"words": LinesField, "credit": LineField, "photo": ChosenField}


class Key(forms.IntegerField):
    """The key of the row that a form showed: rows are a list, which needs none."""

    widget = forms.HiddenInput

    def clean(self, value):
        return None

    def has_changed(self, initial, data):
        return False


class OrderedFormSet(forms.BaseInlineFormSet):
    """Rows of one article: what is posted is the whole list, whatever rows there were before.

    So a form opened before somebody else stored other rows is as valid as any. `editing`
    stores them.
    """

    new_objects = changed_objects = deleted_objects = ()

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["id"] = Key(initial=form.instance.pk, required=False)
        if self.is_bound:
            for name in form.fields.keys() & {"contributor", "photo"}:
                field = form.fields[name]
                field.chosen = self._chosen(name, field.queryset)
                known(field, field.chosen.get(form[name].value()))

    def in_order(self) -> list[forms.ModelForm]:
        """Return the forms of rows that stay, in the order shown."""
        staying = [form for form in self.forms if form not in self.deleted_forms]
        return sorted((form for form in staying if form.has_changed()), key=_place)

    def _chosen(self, name: str, rows) -> dict:
        """Return the rows that all forms of the list choose, by their keys as typed. One query."""
        if name not in self._all_chosen:
            typed = {
                self.data.get(f"{self.prefix}-{place}-{name}", "")
                for place in range(self.total_form_count())
            }
            keys = [int(key) for key in typed if KEY.fullmatch(key)]
            found = rows.in_bulk(keys) if keys else {}
            self._all_chosen[name] = {str(key): row for key, row in found.items()}
        return self._all_chosen[name]

    @cached_property
    def _all_chosen(self) -> dict:
        return {}


def known(field: forms.Field, row) -> None:
    """Tell a chooser of the one row that it must be able to name without asking (`KnownSelect`)."""
    getattr(field.widget, "widget", field.widget).known = row


def _place(form: OrderedForm) -> float:
    return getattr(form, "cleaned_data", {}).get("order") or inf


def typed(form: "ArticleForm", formsets: list[OrderedFormSet]) -> Typed:
    """Return what a valid form and its rows hold. No query."""
    rows = {formset.prefix: [row.instance for row in formset.in_order()] for formset in formsets}
    bylines, captions = rows.get("bylines", []), rows.get("captions", [])
    names = form.cleaned_data.get("tags", [])
    return Typed(
        copy=revisions.compose(form.instance, bylines=bylines, captions=captions, tags=names),
        facts=facts_of(form.instance),
        links={SignedName(row.role, row.name): row.contributor_id for row in bylines},
        absent=frozenset({"bylines", "captions"} - rows.keys()),
    )


class ArticleForm(forms.ModelForm):
    """One article without its rows. A `refusal` of storing it is shown like any error."""

    refusal: tuple[str | None, str] | None = None

    class Meta:
        model = Article
        fields = [
            *("page", "column", "genre", "rank", "kicker", "headline", "deck"),
            *("dateline", "body", "source", "tags"),
        ]
        field_classes = {
            "kicker": LineField,
            "headline": LineField,
            "deck": LineField,
            "dateline": LineField,
            "source": LineField,
            "body": BodyField,
            "tags": TagsField,
        }
        help_texts = {"tags": _("Separated by ，、； or commas; a space is part of a tag.")}

    def clean(self):
        super().clean()
        if self.refusal:
            self.add_error(*self.refusal)
        return self.cleaned_data
