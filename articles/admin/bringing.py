"""The screen on which texts of printed pages are brought in: pasted, or as files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath

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

from articles import raw_pages
from articles.forms import readable
from articles.models import Issue, Page, RawPage
from articles.models.page import LABEL, unpadded
from articles.raw_pages import NotReadable, decoded, first_read

# The label at the end of a file's name: A1.txt, 20240727_A01.txt, 第3版.txt.
NAMED = re.compile(rf"(?:^|[^A-Z0-9])(?P<label>{LABEL})版?$", re.I)
MOST = 40


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files chosen: their names and bytes."""

    widget = Files

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(each, initial) for each in data or ()]
        if len(files) > MOST:
            raise ValidationError(_("At most %(most)d files at once."), params={"most": MOST})
        return [Text(each.name, each.read()) for each in files]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it came; a pasted one has no name."""

    name: str
    source: bytes


class TextField(forms.CharField):
    """A pasted text, kept to the character."""

    widget = forms.Textarea(attrs={"rows": 18, "class": "words"})

    def to_python(self, value):
        return readable(super().to_python(value))


class BringingForm(forms.Form):
    """Issue, page, and the texts."""

    issue = forms.ModelChoiceField(Issue.objects.all(), label=_("issue"))
    label = forms.CharField(
        label=_("page"),
        max_length=6,
        required=False,
        help_text=_("A1. Left empty, each text or the name of its file must tell it."),
        widget=forms.TextInput(attrs={"list": "labels", "class": "words short"}),
    )
    text = TextField(label=_("Paste the text of the page"), required=False, strip=False)
    files = FilesField(
        label=_("or choose files"),
        required=False,
        help_text=_("Text files in UTF-8 or GB18030, up to 2 MB each."),
    )

    def __init__(self, *args, may_plan: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_plan = may_plan
        self.fields["issue"].widget.choices = offered(self["issue"].value())

    def clean(self):
        """Find the page of every text; what cannot be read or placed is told at its field."""
        super().clean()
        pasted = self.cleaned_data.get("text") or ""
        texts = [Text("", pasted.encode())] if pasted.strip() else []
        texts += self.cleaned_data.get("files") or []
        if not texts and not self.errors:
            self.add_error("text", _("Paste a text or choose a file."))
        if not self.errors:
            self.cleaned_data["placed"] = [*self._placed(texts)]
        return self.cleaned_data

    def _placed(self, texts: list[Text]) -> Iterator[tuple[str, Text]]:
        """Yield the texts with the labels of their pages."""
        known = {
            unpadded(page.label): page.label for page in self.cleaned_data["issue"].pages.all()
        }
        for text in texts:
            try:
                told = label_of(text)
            except NotReadable as refusal:
                self._refuse(text, str(refusal))
                continue
            label = self.cleaned_data["label"] or told
            label = known.get(unpadded(label), label)
            if not label:
                self.add_error("label", _("Which page is it? The text does not say: %(name)s")
                               % {"name": text.name or gettext("pasted text")})  # fmt: skip
            elif label not in known.values() and not self.may_plan:
                self.add_error("label", _("The issue has no page %(label)s; an editor plans it.")
                               % {"label": label})  # fmt: skip
            yield label, text

    def _refuse(self, text: Text, why: str) -> None:
        said = gettext("%(name)s: %(why)s") % {"name": text.name, "why": why} if text.name else why
        self.add_error("files" if text.name else "text", said)


def offered(chosen) -> list[tuple]:
    """Return the issues to choose from: those to come, the last two weeks', and the chosen one."""
    since = timezone.localdate() - timedelta(days=14)
    wanted = Q(issued_on__gte=since)
    if is_key(chosen):
        wanted |= Q(pk=chosen)
    issues = Issue.objects.filter(wanted).order_by("issued_on", "edition")[:60]
    return [("", "---------"), *((each.pk, f"{each} {each.weekday}") for each in issues)]


def is_key(value) -> bool:
    """Tell whether a value can be the key of a row."""
    return str(value).isascii() and str(value).isdecimal() and len(str(value)) < 19


def label_of(text: Text) -> str:
    """Return the label that a text or the name of its file tells; empty where neither does.

    Raises NotReadable.
    """
    told = first_read(decoded(text.source)).label
    named = NAMED.search(PurePath(text.name).stem.upper())
    return told or (named["label"] if named else "")


def bringing_screen(request, *, site):
    """Show the form; a POST brings the texts in and goes on to the first one's reading.

    403 without the right to write articles.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    may_plan = request.user.has_perm("articles.change_issue")
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringingForm(*given, initial=_initial(request.GET), may_plan=may_plan)
    if given and form.is_valid() and (brought := _bring(request, form)):
        return HttpResponseRedirect(reverse("admin:articles_rawpage_change", args=[brought[0].pk]))
    context = {
        **site.each_context(request),
        "title": gettext("Read in a page"),
        "form": form,
        "labels": _labels(form),
        "opts": RawPage._meta,
    }
    return TemplateResponse(request, "admin/articles/rawpage/bringing.html", context)


def _bring(request, form: BringingForm) -> list[RawPage]:
    """Keep the texts, all or none; nothing where one was refused, which the form then tells."""
    issue, brought = form.cleaned_data["issue"], []
    try:
        with transaction.atomic():
            for label, text in form.cleaned_data["placed"]:
                page = raw_pages.page_of(issue, label)
                raw = raw_pages.bring(page, text.source, name=text.name, by=request.user)
                brought.append(raw)
    except ValidationError as fault:
        form.add_error("label", fault.messages)
        return []
    except NotReadable as refusal:
        form.add_error("files" if text.name else "text", str(refusal))
        return []
    told = ngettext("%(n)d text was read in.", "%(n)d texts were read in.", len(brought))
    messages.success(request, told % {"n": len(brought)})
    return brought


def _initial(query) -> dict:
    """Propose the page named in the address, or else the next issue."""
    asked = query.get("page", "")
    if is_key(asked):
        page = Page.objects.filter(pk=asked).first()
        return {"issue": page.issue_id, "label": page.label} if page else {}
    asked = query.get("issue", "")
    if is_key(asked):
        return {"issue": int(asked)}
    ahead = Issue.objects.filter(issued_on__gte=timezone.localdate())
    issue = ahead.order_by("issued_on", "edition").first()
    return {"issue": issue.pk} if issue else {}


def _labels(form: BringingForm) -> list[str]:
    """Return the labels of the pages of the issue that the form shows."""
    issue = form["issue"].value()
    pages = Page.objects.filter(issue=issue) if is_key(issue) else Page.objects.none()
    return list(pages.in_order().values_list("label", flat=True))
