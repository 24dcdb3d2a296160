"""The screen of the zones of a page, and the picture below them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.facsimiles import zones
from articles.facsimiles.zones import StaleZonesError
from articles.models import Facsimile, Page

from .zone_forms import PageForm, ZoneFormSet, articles_of, initial_zones, typed_zones

STALE = _(
    "The zones were changed in another window since you opened them. What you have drawn is below; "
    "saved now, it replaces the others."
)
RELEASED = _("The issue is released: only who may release it changes what its pictures cover.")
WIDTH = 1600  # of the picture, or the next smaller one


def zones_view(request, pk: int, *, site):
    """Show the zones of a page; a POST saves all of them. 403 without the right to change pages.

    409 where they were changed meanwhile.
    """
    if not request.user.has_perm("articles.change_page"):
        raise PermissionDenied
    page = get_object_or_404(Page.objects.select_related("issue"), pk=pk)
    row = Facsimile.objects.filter(page=page).first()
    context = site.each_context(request) | {
        "title": gettext("Zones of %(page)s") % {"page": page},
        "page": page,
        "row": row,
        "opts": Page._meta,
        "is_barred": page.issue.released_at is not None
        and not request.user.has_perm("articles.release_issue"),
    }
    if row is None:
        return TemplateResponse(request, "admin/articles/page/zones.html", context)
    if request.method == "POST":
        return _save(request, row, context)
    formset = ZoneFormSet(initial=initial_zones(row), form_kwargs={"articles": articles_of(row)})
    form = PageForm(initial={"after_withdrawal": row.after_withdrawal})
    return _shown(request, context, formset, form)


def _shown(request, context: dict, formset, form, *, status: int = 200, **more):
    context |= {"formset": formset, "form": form, "version": context["row"].version} | more
    return TemplateResponse(request, "admin/articles/page/zones.html", context, status=status)


def _save(request, row: Facsimile, context: dict):
    """Save what was posted, or show it again with what is wrong."""
    if context["is_barred"]:
        raise PermissionDenied(RELEASED)
    formset = ZoneFormSet(request.POST, form_kwargs={"articles": articles_of(row)})
    form = PageForm(request.POST)
    if not (formset.is_valid() and form.is_valid()):
        return _shown(request, context, formset, form, status=400)
    try:
        zones.correct(
            row,
            typed_zones(formset),
            version=request.POST.get("version", ""),
            after_withdrawal=form.cleaned_data["after_withdrawal"],
            may_change_released=_may_release(request),
            by=request.user,
        )
    except StaleZonesError:
        row.refresh_from_db()
        return _shown(request, context, formset, form, status=409, refusal=STALE)
    messages.success(request, gettext("The zones are saved."))
    return HttpResponseRedirect(request.path)


def _may_release(request) -> bool:
    return request.user.has_perm("articles.release_issue")


def picture_view(request, pk: int):
    """Send the picture of a page as it is printed, to who may view pages."""
    if not request.user.has_perm("articles.view_page"):
        raise PermissionDenied
    row = get_object_or_404(Facsimile, page=pk)
    width = max((each for each in row.widths if each <= WIDTH), default=row.widths[0])
    try:
        with default_storage.open(row.picture_name(width, "jpg")) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
