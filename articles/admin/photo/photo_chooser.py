"""The photo chooser: a page of the library as HTML, searched, newest first; and thumbnails.

The article form shows it in a dialog (static/js/desk/photos/chooser.js); without JavaScript the
form has a select in its place.
"""

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from articles.content.text import parse_id
from articles.models import Photo
from articles.photos import library

PER_PAGE = 24
# The uses of a photo that are named; the last page of a list.
SHOWN = 3
LAST_PAGE = 4_000


class UnusedFilter(admin.SimpleListFilter):
    """Photos that no article uses, in the list of photos."""

    title = _("use")
    parameter_name = "unused"

    def lookups(self, request, model_admin):
        return [("1", _("Not used yet"))]

    def queryset(self, request, queryset):
        return library.unused(queryset) if self.value() == "1" else queryset


def chooser_urls(site: AdminSite) -> list[URLPattern]:
    """Return the addresses of the chooser and of thumbnails."""
    choices, thumb = site.admin_view(photo_choices), site.admin_view(thumbnail)
    return [
        path("choices/", choices, name="articles_photo_choices"),
        path("<int:pk>/thumbnail/", thumb, name="articles_photo_thumbnail"),
    ]


@require_GET
def photo_choices(request) -> HttpResponse:
    """Show a page of photos to choose from, as a part of a page. Two queries.

    `q` are the words searched, `unused` leaves out the photos in use. 403 without the right to
    view photos.
    """
    _require_view(request)
    photos = Photo.objects.select_related("only_article__column").order_by("-pk")
    photos = library.matching(photos, request.GET.get("q", "")[:100])
    if request.GET.get("unused"):
        photos = library.unused(photos)
    page = min(parse_id(request.GET.get("page", "")) or 1, LAST_PAGE)
    start = (page - 1) * PER_PAGE
    found = [*library.with_uses(photos, SHOWN + 1)[start : start + PER_PAGE + 1]]
    context = {
        "photos": [_choice(photo) for photo in found[:PER_PAGE]],
        "page": page,
        "previous_page": page - 1,
        "next_page": page + 1 if len(found) > PER_PAGE else None,
    }
    return TemplateResponse(request, "admin/articles/photo/_choices.html", context)


@require_GET
def thumbnail(request, pk: int) -> HttpResponse:
    """Redirect to the thumbnail of a photo, for forms that know its key only. One query."""
    _require_view(request)
    uid = get_object_or_404(Photo.objects.values_list("uid", flat=True), pk=pk)
    return HttpResponseRedirect(reverse("articles:photo", args=[uid, "preview"]))


def _require_view(request) -> None:
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied


def _choice(photo: Photo) -> dict:
    """Return what the chooser shows of a photo: itself, and the titles of articles that use it."""
    titles = [library.article_of(use).display_title for use in photo.uses]
    return {
        "photo": photo,
        "credit": photo.marked_credit(photo.credit),
        "titles": titles[:SHOWN],
        "has_more": len(titles) > SHOWN,
    }
