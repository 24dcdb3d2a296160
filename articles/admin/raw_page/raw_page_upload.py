"""Upload of printed pages: their texts, and the pictures of those that come as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from articles.content.text import parse_id
from articles.facsimiles import storing
from articles.facsimiles.storing import removed_without_row
from articles.intake import raw_pages
from articles.intake.page_pictures import RELEASED, WITHOUT_PICTURE, may_add
from articles.models import Issue, Member, Page, RawPage

from .raw_page_form import PlacedText, RawPageUploadForm


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
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {} if posted else _initial(request.GET)
    form = RawPageUploadForm(*posted, initial=initial, by=request.user)
    if posted and form.is_valid() and (done := _create(request, form)):
        return done
    context = {
        **site.each_context(request),
        "title": gettext("Read in a page"),
        "form": form,
        "labels": _labels(form),
        "opts": RawPage._meta,
    }
    return TemplateResponse(request, "admin/articles/rawpage/upload.html", context)


def _create(request, form: RawPageUploadForm) -> HttpResponseRedirect | None:
    """Store everything and return where to go on; nothing where a page cannot be created.

    That becomes an error of the form.
    """
    form.add_pictures()
    issue, placed = form.cleaned_data["issue"], form.cleaned_data["placed"]
    try:
        with removed_without_row() as stored, transaction.atomic():
            _check_release(issue, placed, by=request.user)
            created = [_store(issue, page, stored, by=request.user) for page in placed]
    except ValidationError as error:
        form.add_error("label", error.messages)
        return None
    _add_messages(request, placed)
    for failure in form.failures:
        messages.warning(request, failure)
    first = next(filter(None, created), None)
    if first is None:
        return HttpResponseRedirect(reverse("admin:articles_issue_board", args=[issue.pk]))
    return HttpResponseRedirect(reverse("admin:articles_rawpage_change", args=[first.pk]))


def _check_release(issue: Issue, placed: list[PlacedText], *, by: Member) -> None:
    """Lock the issue; raise ValidationError where it was released while pictures were made."""
    if any(page.made for page in placed):
        locked = Issue.objects.locked([issue.pk]).get()
        if not may_add(locked, by):
            raise ValidationError(RELEASED)


def _store(issue: Issue, placed: PlacedText, stored: list, *, by) -> RawPage | None:
    """Store a page: its text, if that was read, and its picture, which is added to a list."""
    page, raw = raw_pages.get_or_create_page(issue, placed.label), None
    if placed.parsed:
        raw = raw_pages.create_raw_page(page, placed.parsed, name=placed.name, by=by)
    if placed.made:
        stored.append(storing.store(page, placed.made, raw_page=raw))
    return raw


def _add_messages(request, placed: list[PlacedText]) -> None:
    texts = sum(page.parsed is not None for page in placed)
    alone = len(placed) - texts
    if texts:
        words = ngettext("%(n)d text was read in.", "%(n)d texts were read in.", texts)
        messages.success(request, words % {"n": texts})
    if alone:
        words = ngettext("%(n)d picture was taken.", "%(n)d pictures were taken.", alone)
        messages.success(request, words % {"n": alone})
    for page in placed:
        if page.why_not:
            facts = {"page": page.label, "why": page.why_not}
            messages.warning(request, str(WITHOUT_PICTURE) % facts)


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
