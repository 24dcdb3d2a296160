"""The form of an upload: texts and PDFs of printed pages, pasted or as files."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.editing.forms import CleanTextField
from articles.facsimiles.storing import MadePage
from articles.intake.day_files import is_zip, label_in_name, unpack
from articles.intake.page_pictures import RELEASED, may_add, picture_alone, picture_of
from articles.intake.pdf_pages import parse_upload
from articles.intake.raw_pages import ParsedSource, UnreadableTextError
from articles.models import Issue, Member
from articles.models.page import unpadded

MOST_FILES = 40
MOST_SECONDS = 160  # to read all that came at once; what is left is told
TOO_LATE = _("There was no time left for it. Read it in by itself.")


class MultipleFileInput(forms.ClearableFileInput):
    """An input for several files at once."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """The names and bytes of the files chosen."""

    widget = MultipleFileInput

    def clean(self, data, initial=None):
        files = [super(MultipleFileField, self).clean(each, initial) for each in data or ()]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files at once."), params={"most": MOST_FILES})
        return [UploadedText(each.name, each.read()) for each in files]


@dataclass(frozen=True, slots=True)
class UploadedText:
    """The bytes of a text or PDF; a pasted one has no name.

    One of a ZIP may fail alone, so that the others are stored; `error` says why it cannot be read.
    """

    name: str
    source: bytes
    is_of_day: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A page of what was uploaded, with its label and the name of its file.

    `parsed` is None where its text was not to be read; `made` are its picture and PDF, and
    `why_not` says why there are none.
    """

    label: str
    name: str
    parsed: ParsedSource | None
    made: MadePage | None = None
    why_not: str = ""


class TextField(CleanTextField):
    """A pasted text, with its white space."""

    widget = forms.Textarea(attrs={"rows": 18, "class": "words"})


class RawPageUploadForm(forms.Form):
    """The issue, the page and the texts; each text is parsed once, when the form is cleaned."""

    issue = forms.ModelChoiceField(Issue.objects.all(), label=_("issue"))
    label = forms.CharField(
        label=_("page"),
        max_length=6,
        required=False,
        help_text=_("A1. Left empty, each text or the name of its file must tell it."),
        widget=forms.TextInput(attrs={"list": "labels", "class": "words short"}),
    )
    text = TextField(label=_("Paste the text of the page"), required=False, strip=False)
    files = MultipleFileField(
        label=_("or choose files"),
        required=False,
        help_text=_(
            "Text files in UTF-8 or GB18030, up to 2 MB each, PDFs of pages, up to 100 MB, or a "
            "ZIP of them: what cannot be read in it is told, the other pages are read in."
        ),
    )
    is_picture_alone = forms.BooleanField(
        label=_("take the picture and the PDF only"),
        required=False,
        help_text=_("For a PDF whose text cannot be read, such as a scan of one page."),
    )

    def __init__(self, *args, by: Member, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.may_plan = by.has_perm("articles.change_issue")
        self.deadline = 0.0
        self.failures: list[str] = []  # what of a ZIP cannot be read, each with its file
        self.fields["issue"].widget.choices = lambda: issue_choices(self["issue"].value())

    def clean(self):
        """Parse the texts and find their pages; each error is added to the field it is about."""
        super().clean()
        pasted = self.cleaned_data.get("text") or ""
        texts = [UploadedText("", pasted.encode())] if pasted.strip() else []
        texts += self.cleaned_data.get("files") or []
        if not texts and not self.errors:
            self.add_error("text", _("Paste a text or choose a file."))
        if not self.errors:
            self.cleaned_data["placed"] = [*self._place(self._unpacked(texts))]
        if self.failures and not self.cleaned_data.get("placed"):
            self.add_error("files", self.failures)
        return self.cleaned_data

    def _unpacked(self, texts: list[UploadedText]) -> Iterator[UploadedText]:
        """Yield the texts, and those of each ZIP in its place."""
        for text in texts:
            try:
                if not is_zip(text.name, text.source):
                    yield text
                    continue
                for file in unpack(text.source):
                    yield UploadedText(file.name, file.source, is_of_day=True, error=file.error)
            except UnreadableTextError as error:
                self._add_text_error(text, str(error))

    def _place(self, texts: Iterable[UploadedText]) -> Iterator[PlacedText]:
        """Yield the pages of what can be parsed, with their labels; one text at a time is read."""
        self.deadline = time.monotonic() + MOST_SECONDS
        pages = self.cleaned_data["issue"].pages.all()
        known = {unpadded(page.label): page.label for page in pages}
        for text in texts:
            if text.error or time.monotonic() > self.deadline:
                self._add_text_error(text, text.error or str(TOO_LATE))
                continue
            try:
                found = [*self._read(text)]
            except UnreadableTextError as error:
                self._add_text_error(text, str(error))
                continue
            for page in found:
                label = known.get(unpadded(page.label), page.label)
                if not label or label not in known.values() and not self.may_plan:
                    self._add_label_error(text, label)
                    if text.is_of_day:
                        continue
                yield replace(page, label=label)

    def _read(self, text: UploadedText) -> Iterator[PlacedText]:
        """Yield the pages of a text or PDF. Raises UnreadableTextError."""
        if self.cleaned_data["is_picture_alone"]:
            if not may_add(self.cleaned_data["issue"], self.by):
                raise UnreadableTextError(RELEASED)
            made = picture_alone(text.source)
            yield PlacedText(self._label(text, None, is_one=True), text.name, None, made)
            return
        parsed = parse_upload(text.name, text.source)
        for page in parsed:
            label = self._label(text, page, is_one=len(parsed) == 1)
            yield PlacedText(label, text.name, page)

    def add_pictures(self) -> None:
        """Make the pictures of the pages that came as PDF: seconds for each."""
        is_allowed = may_add(self.cleaned_data["issue"], self.by)
        self.cleaned_data["placed"] = [
            page if page.parsed is None else self._with_picture(page, is_allowed=is_allowed)
            for page in self.cleaned_data["placed"]
        ]

    def _with_picture(self, page: PlacedText, *, is_allowed: bool) -> PlacedText:
        if not page.parsed.pdf or not is_allowed:
            return replace(page, why_not=str(RELEASED) if page.parsed.pdf else "")
        if time.monotonic() > self.deadline:
            return replace(page, why_not=str(TOO_LATE))
        made, why_not = picture_of(page.parsed)
        return replace(page, made=made, why_not=why_not)

    def _label(self, text: UploadedText, parsed: ParsedSource | None, *, is_one: bool) -> str:
        """Return the label of a page: typed, printed on it, or in the name of its file."""
        if is_one:
            typed = "" if text.is_of_day else self.cleaned_data["label"]
            printed = parsed.label if parsed else ""
            return typed or printed or label_in_name(text.name)
        return parsed.label

    def _add_text_error(self, text: UploadedText, why: str) -> None:
        named = gettext("%(name)s: %(why)s") % {"name": text.name, "why": why}
        if text.is_of_day:
            self.failures.append(named)
            return
        self.add_error("files" if text.name else "text", named if text.name else why)

    def _add_label_error(self, text: UploadedText, label: str) -> None:
        if label:
            error = _("The issue has no page %(label)s; an editor plans it.") % {"label": label}
        else:
            name = text.name or gettext("pasted text")
            error = _("Which page is it? The text does not say: %(name)s") % {"name": name}
        if text.is_of_day:
            self._add_text_error(text, error)
            return
        self.add_error("label", error)


def issue_choices(chosen) -> list[tuple]:
    """Return the issues to choose from: future ones, the last two weeks' and the chosen one."""
    since = timezone.localdate() - timedelta(days=14)
    wanted = Q(issued_on__gte=since)
    if parse_id(chosen) is not None:
        wanted |= Q(pk=chosen)
    issues = Issue.objects.filter(wanted).order_by("issued_on", "edition")[:60]
    return [("", "---------"), *((each.pk, f"{each} {each.weekday}") for each in issues)]
