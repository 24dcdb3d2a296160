"""The article form: its fields, its rows, and the version that it was opened at.

The desk saves what a form holds; the preview shows it without saving.
"""

import json
from collections.abc import Mapping
from math import inf
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from articles import revisions
from articles.content import characters, copy, sanitizer
from articles.content.copy import BylineText
from articles.content.text import parse_id
from articles.models import METADATA_FIELDS, Article, Byline, Caption
from articles.revisions import BylineContributors, byline_contributors

from .saving import BaseVersion, Submission, metadata_of

LONGEST_TAG = 100
# The hidden fields that say what a form was opened at (`_base_version.html`).
VERSION, OPENED = "_version", "_opened"
# And those by which a form with a script names itself and the state of its fields (autosave).
EDITOR_ID, SERIAL = "_window", "_serial"
LARGEST_SERIAL = 2**31 - 2
# The button that asks for the right characters in the place of look-alikes: its name and value.
REPLACE_LOOK_ALIKES = ("_continue", "look-alikes")


class CleanTextField(forms.CharField):
    """Text that a database can store, cleaned by `clean_text`."""

    clean_text = staticmethod(str)

    def to_python(self, value):
        text = super().to_python(value)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValidationError(
                _("Character %(number)d is broken; please type it again."),
                params={"number": error.start + 1},
            ) from None
        return self.clean_text(text) if text else text


class LineField(CleanTextField):
    """One line of words: invisible characters and outer spaces go, nothing else changes."""

    clean_text = staticmethod(characters.clean_line)

    def widget_attrs(self, widget):
        """Set no maxlength: a browser would silently drop the end of a long paste."""
        return {}


class LinesField(CleanTextField):
    """Plain words of several lines: invisible characters, indents and empty lines go."""

    clean_text = staticmethod(characters.clean_lines)


class BodyField(CleanTextField):
    """The body as HTML, in the stored form."""

    clean_text = staticmethod(sanitizer.sanitize)

    def __init__(self, *, config=None, preset=None, **kwargs):
        super().__init__(**kwargs | {"strip": False})


class TagsField(CleanTextField, TagField):
    """Tags in one line."""

    clean_text = staticmethod(characters.clean_text)

    def clean(self, value):
        names = super().clean(value)
        for name in names:
            if len(name) > LONGEST_TAG:
                raise ValidationError(
                    _("A tag has at most %(longest)d characters: %(name)s…"),
                    params={"longest": LONGEST_TAG, "name": name[:20]},
                )
        return names


class PositionField(forms.IntegerField):
    """The position of a row; a row in which only this was typed is still empty."""

    def has_changed(self, initial, data):
        return False


class KeyChoiceField(forms.ModelChoiceField):
    """A choice of a row by its key; what is no key is an error and not shown again."""

    def prepare_value(self, value):
        value = super().prepare_value(value)
        is_stored = isinstance(value, int) or value in self.empty_values
        return value if is_stored or parse_id(value) is not None else None


class PreloadedChoiceField(KeyChoiceField):
    """A choice in a row; the choices of all rows are fetched at once (`OrderedFormSet`)."""

    chosen: dict = {}

    def to_python(self, value):
        return self.chosen.get(value) or super().to_python(value)


class WordsForm(forms.ModelForm):
    """A form that replaces look-alikes in its words where REPLACE_LOOK_ALIKES asks for it."""

    def clean(self):
        cleaned = super().clean()
        name, value = REPLACE_LOOK_ALIKES
        if self.data.get(name) == value:
            for field in cleaned.keys() & self.fields.keys():
                if isinstance(self.fields[field], CleanTextField):
                    cleaned[field] = _with_right_characters(cleaned[field])
        return cleaned


def _with_right_characters(words: str | list[str]) -> str | list[str]:
    """Return a text or tags without look-alikes."""
    if isinstance(words, str):
        return characters.replace_look_alikes(words)
    return [*map(characters.replace_look_alikes, words)]


class OrderedForm(WordsForm):
    """A row with a position among the others."""

    order = PositionField(label=_("order"), required=False, min_value=1, max_value=9_999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["order"] = self.instance.position
        for name, row in self.instance._state.fields_cache.items():
            if name in self.fields:
                preload_choice(self.fields[name], row)

    def _get_validation_exclusions(self):
        """Exclude the choices: the form has loaded them, so the model needs no query again."""
        return super()._get_validation_exclusions() | {"contributor", "photo"}


class BylineForm(OrderedForm):
    """One byline."""

    class Meta:
        model = Byline
        fields = ["role", "name", "contributor"]
        field_classes = {"role": LineField, "name": LineField, "contributor": PreloadedChoiceField}


class CaptionForm(OrderedForm):
    """One picture with its words."""

    class Meta:
        model = Caption
        fields = ["photo", "words", "credit"]
        field_classes = {"words": LinesField, "credit": LineField, "photo": PreloadedChoiceField}


class OrderedFormSet(forms.BaseInlineFormSet):
    """Rows of one article: what is posted is the whole list, whatever rows there were before.

    So a form opened before somebody else saved other rows is as valid as any. `saving` stores
    them. `siblings` is a list to which the formset adds itself.
    """

    new_objects = changed_objects = deleted_objects = ()

    def __init__(self, *args, siblings: list | None = None, **kwargs):
        self._choices: dict[str, dict] = {}
        super().__init__(*args, **kwargs)
        if siblings is not None:
            siblings.append(self)

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["id"].disabled = True  # The list is posted as a whole: rows need no key.
        if self.is_bound:
            for name in form.fields.keys() & {"contributor", "photo"}:
                field = form.fields[name]
                field.chosen = self._chosen(name, field.queryset)
                preload_choice(field, field.chosen.get(form[name].value()))

    def in_order(self) -> list[forms.ModelForm]:
        """Return the forms of rows that are not deleted, in the order shown."""
        rows = [form for form in self.forms if form not in self.deleted_forms]
        return sorted(
            (form for form in rows if form.has_changed()),
            key=lambda form: getattr(form, "cleaned_data", {}).get("order") or inf,
        )

    def _chosen(self, name: str, rows) -> dict:
        """Return the rows that all forms of the list choose, by their keys as typed. One query."""
        if name not in self._choices:
            places = range(self.total_form_count())
            typed = {self.data.get(f"{self.prefix}-{place}-{name}", "") for place in places}
            keys = {parse_id(key) for key in typed} - {None}
            found = rows.in_bulk(keys) if keys else {}
            self._choices[name] = {str(key): row for key, row in found.items()}
        return self._choices[name]


def preload_choice(field: forms.Field, row) -> None:
    """Give a choice's widget the row that it shows, so that it makes no query for it."""
    getattr(field.widget, "widget", field.widget).known = row


def submission_of(form: "ArticleForm", formsets: list[OrderedFormSet]) -> Submission:
    """Return what a valid form and its rows hold. No query."""
    rows = {formset.prefix: [row.instance for row in formset.in_order()] for formset in formsets}
    bylines, captions = rows.get("bylines", []), rows.get("captions", [])
    names = form.cleaned_data.get("tags", [])
    return Submission(
        copy=revisions.compose(form.instance, bylines=bylines, captions=captions, tags=names),
        metadata=metadata_of(form.instance),
        links={BylineText(row.role, row.name): row.contributor_id for row in bylines},
        absent=frozenset({"bylines", "captions"} - rows.keys()),
    )


class ArticleForm(WordsForm):
    """One article without its rows."""

    class Meta:
        model = Article
        fields = [
            *METADATA_FIELDS,
            *(name for name in copy.NAMES if name not in ("bylines", "captions")),
        ]
        field_classes = {
            "page": KeyChoiceField,
            "column": KeyChoiceField,
            "kicker": LineField,
            "headline": LineField,
            "deck": LineField,
            "dateline": LineField,
            "source": LineField,
            "body": BodyField,
            "tags": TagsField,
        }
        help_texts = {"tags": _("Separated by ，、； or commas; a space is part of a tag.")}

    def _get_validation_exclusions(self):
        """Exclude the body: its field in the form has cleaned it."""
        return super()._get_validation_exclusions() | {"body"}

    def clean_body(self):
        """Keep a body that nobody has touched, though the sanitizer may have learnt since."""
        opened = self.initial.get("body", "")
        typed = self.data.get(self.add_prefix("body"), "").replace("\r\n", "\n")
        return opened if typed == opened else self.cleaned_data["body"]


def dump_base(article: Article, links: BylineContributors | None = None) -> str:
    """Return what a form shows besides the words, for its hidden field OPENED.

    One query where the links are not given.
    """
    links = byline_contributors(article) if links is None else links
    rows = [[byline.role, byline.name, contributor] for byline, contributor in links.items()]
    return json.dumps(metadata_of(article) | {"links": rows}, ensure_ascii=False)


def load_base(post: Mapping[str, str]) -> BaseVersion:
    """Return what a form was opened at; what it does not say, or says nonsense of, is None."""
    version = parse_id(post.get(VERSION, ""))
    try:
        metadata = json.loads(post.get(OPENED, ""))
        links = {BylineText(role, name): key for role, name, key in metadata.pop("links")}
        hash((*metadata.values(), *links.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return BaseVersion(version)
    return BaseVersion(version, metadata, links)


def editor_of(form: Mapping[str, str], names=(EDITOR_ID, SERIAL)) -> tuple[UUID, int] | None:
    """Return the editor id of a posted form and the state of its fields; None without one."""
    try:
        serial = min(parse_id(form.get(names[1], "")) or 0, LARGEST_SERIAL)
        return UUID(form.get(names[0], "")), serial
    except ValueError:
        return None
