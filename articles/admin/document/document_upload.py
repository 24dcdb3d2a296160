"""导入文稿: upload of Word files, texts and pages, which then wait in the preview.

The script of the page sends one file after another and shows the progress; without JavaScript
the form sends all of them at once.
"""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.documents import document_import
from articles.documents.document_messages import REFUSALS
from articles.documents.word.errors import DocumentRefusedError
from articles.models import Page, SourceDocument
from articles.models.source_document import EXTENSIONS

MOST_FILES = 100
SINCE = timedelta(days=14)


class DocumentsInput(forms.ClearableFileInput):
    """An input for several files at once."""

    allow_multiple_selected = True


class DocumentsField(forms.FileField):
    """The files chosen; what is in them is judged one by one."""

    widget = DocumentsInput(attrs={"accept": ",".join(EXTENSIONS)})

    def clean(self, data, initial=None):
        files = [each for each in data or () if isinstance(each, UploadedFile)]
        if not files:
            raise ValidationError(_("Choose a file."))
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files at once."), params={"most": MOST_FILES})
        return files


class PageChoiceField(forms.ModelChoiceField):
    """A page of the issues at work, by its issue."""

    def label_from_instance(self, page):
        return f"{page.issue} {page.title}"


class DocumentUploadForm(forms.Form):
    """The files, the page on which their drafts are placed, and what becomes of struck words."""

    files = DocumentsField(
        label=_("files"),
        help_text=_("Word or WPS (.docx) up to 100 MB each; text or web page up to 2 MB each."),
    )
    page = PageChoiceField(
        Page.objects.none(),
        label=_("page"),
        required=False,
        help_text=_("Left empty, the drafts stand on no page yet."),
    )
    keep_struck = forms.BooleanField(
        label=_("Keep words that are struck through"),
        required=False,
        help_text=_(
            "Of Word and WPS files only. Those of web pages are left out, and shown to you."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["page"].queryset = pages_at_work(self["page"].value())


def pages_at_work(chosen):
    """Select the pages of future issues, of the last two weeks' and the chosen one."""
    pages = Page.objects.filter(issue__issued_on__gte=timezone.localdate() - SINCE)
    if parse_id(chosen) is not None:
        pages = pages | Page.objects.filter(pk=chosen)
    return pages.select_related("issue")


def upload_view(request, *, site) -> HttpResponse:
    """Show the form; a POST reads the files and shows the preview of those that could be read.

    With `Accept: application/json` it answers with why files are refused, 422 if any is.
    403 without the right to write articles.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentUploadForm(*posted, initial={"page": request.GET.get("page")})
    answer = _receive_posted(request, form) if posted else None
    return answer or TemplateResponse(
        request, "admin/articles/sourcedocument/upload.html", _context(request, form, site)
    )


def _receive_posted(request, form: DocumentUploadForm) -> HttpResponse | None:
    """Read the posted files; None where the form is to be shown again.

    Documents that nobody has confirmed for a week go first.
    """
    document_import.purge_stale()
    if wants_json(request):
        return _json(request, form)
    if not form.is_valid():
        return None
    refused = _receive_all(request, form.cleaned_data)
    for name, why in refused:
        messages.error(request, gettext("%(name)s: %(why)s") % {"name": name, "why": why})
    if len(refused) == len(form.cleaned_data["files"]):
        return None
    return HttpResponseRedirect(reverse("admin:articles_sourcedocument_review"))


def _json(request, form: DocumentUploadForm) -> JsonResponse:
    """Read the posted files; answer with the reasons of those that are refused."""
    if form.is_valid():
        refused = [why for _name, why in _receive_all(request, form.cleaned_data)]
    else:
        refused = [str(text) for texts in form.errors.values() for text in texts]
    return JsonResponse({"refused": refused}, status=422 if refused else 200)


def wants_json(request) -> bool:
    """Tell whether a script asks."""
    return request.headers.get("Accept") == "application/json"


def _receive_all(request, cleaned: dict) -> list[tuple[str, str]]:
    """Read and keep the files; return the name of each that is refused, and why."""
    refused = []
    options = {"page": cleaned["page"], "keep_struck": cleaned["keep_struck"]}
    for file in cleaned["files"]:
        try:
            document_import.receive(file.name, file, by=request.user, **options)
        except DocumentRefusedError as error:
            refused.append((file.name, str(REFUSALS[error.reason])))
    return refused


def _context(request, form: DocumentUploadForm, site) -> dict:
    return {
        **site.each_context(request),
        "title": gettext("Import documents"),
        "form": form,
        "most_files": MOST_FILES,
        "waiting": document_import.pending_of(request.user).count(),
        "opts": SourceDocument._meta,
    }
