"""Upload of the raw text of printed pages: pasted, or as files."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.editing.forms import CleanTextField
from articles.intake import raw_pages
from articles.intake.day_files import is_zip, label_in_name, unpack
from articles.intake.pdf_pages import parse_upload
from articles.intake.raw_pages import ParsedSource, UnreadableTextError
from articles.models import Issue, Page, RawPage
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
    """A page of what was uploaded, parsed, with the name of its file and its label."""

    label: str
    name: str
    parsed: ParsedSource


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

    def __init__(self, *args, may_plan: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_plan = may_plan
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
            self.cleaned_data["placed"] = [*self._place([*self._unpacked(texts)])]
        if self.failures and not self.cleaned_data.get("placed"):
            self.add_error("files", self.failures)
        return self.cleaned_data

    def _unpacked(self, texts: list[UploadedText]) -> Iterator[UploadedText]:
        """Yield the texts, and those of each ZIP in its place."""
        for text in texts:
            try:
                if not is_zip(text.source):
                    yield text
                    continue
                for file in unpack(text.source):
                    yield UploadedText(file.name, file.source, is_of_day=True, error=file.error)
            except UnreadableTextError as error:
                self._add_text_error(text, str(error))

    def _place(self, texts: list[UploadedText]) -> Iterator[PlacedText]:
        """Yield the pages of what can be parsed, with their labels."""
        deadline = time.monotonic() + MOST_SECONDS
        pages = self.cleaned_data["issue"].pages.all()
        known = {unpadded(page.label): page.label for page in pages}
        for text in texts:
            if text.error or time.monotonic() > deadline:
                self._add_text_error(text, text.error or str(TOO_LATE))
                continue
            try:
                parsed = parse_upload(text.name, text.source)
            except UnreadableTextError as error:
                self._add_text_error(text, str(error))
                continue
            for page in parsed:
                label = self._label(text, page, is_one=len(parsed) == 1)
                label = known.get(unpadded(label), label)
                if not label or label not in known.values() and not self.may_plan:
                    self._add_label_error(text, label)
                    if text.is_of_day:
                        continue
                yield PlacedText(label, text.name, page)

    def _label(self, text: UploadedText, parsed: ParsedSource, *, is_one: bool) -> str:
        """Return the label of a page: typed, printed on it, or in the name of its file."""
        if is_one:
            typed = "" if text.is_of_day else self.cleaned_data["label"]
            return typed or parsed.label or label_in_name(text.name)
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


class UploadMixin:
    """Shows the upload of raw texts in the place of an add form."""

    def add_view(self, request, form_url="", extra_context=None):
        return upload_view(request, site=self.admin_site)


def upload_view(request, *, site):
    """Show the form; a POST stores the texts and redirects to the first one's galley.

    403 without the right to write articles.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    may_plan = request.user.has_perm("articles.change_issue")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {} if posted else _initial(request.GET)
    form = RawPageUploadForm(*posted, initial=initial, may_plan=may_plan)
    if posted and form.is_valid() and (created := _create(request, form)):
        return HttpResponseRedirect(reverse("admin:articles_rawpage_change", args=[created[0].pk]))
    context = {
        **site.each_context(request),
        "title": gettext("Read in a page"),
        "form": form,
        "labels": _labels(form),
        "opts": RawPage._meta,
    }
    return TemplateResponse(request, "admin/articles/rawpage/upload.html", context)


def _create(request, form: RawPageUploadForm) -> list[RawPage]:
    """Store all texts; none where a page cannot be created, which becomes an error of the form."""
    issue, created = form.cleaned_data["issue"], []
    try:
        with transaction.atomic():
            for text in form.cleaned_data["placed"]:
                page = raw_pages.get_or_create_page(issue, text.label)
                raw = raw_pages.create_raw_page(page, text.parsed, name=text.name, by=request.user)
                created.append(raw)
    except ValidationError as error:
        form.add_error("label", error.messages)
        return []
    text = ngettext("%(n)d text was read in.", "%(n)d texts were read in.", len(created))
    messages.success(request, text % {"n": len(created)})
    for failure in form.failures:
        messages.warning(request, failure)
    return created


def _initial(query) -> dict:
    """Return the page or issue named in the address, or else the next issue."""
    key = query.get("page", "")
    if parse_id(key) is not None:
        page = Page.objects.filter(pk=key).first()
        return {"issue": page.issue_id, "label": page.label} if page else {}
    key = query.get("issue", "")
    if parse_id(key) is not None:
        return {"issue": int(key)}
    future = Issue.objects.filter(issued_on__gte=timezone.localdate())
    issue = future.order_by("issued_on", "edition").first()
    return {"issue": issue.pk} if issue else {}


def _labels(form: RawPageUploadForm) -> list[str]:
    """Return the labels of the pages of the issue that the form shows."""
    issue = form["issue"].value()
    pages = Page.objects.filter(issue=issue) if parse_id(issue) is not None else Page.objects.none()
    return list(pages.in_order().values_list("label", flat=True))
