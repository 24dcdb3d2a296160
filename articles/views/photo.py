"""The files of photos, served only to those who may see them."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles import queries
from articles.accounts import admission
from articles.models import Photo, PreviewLink
from articles.photos import renditions
from articles.photos.files import image_processing

from .preview_link import preview_view
from .stored_file import PRIVATE, PUBLIC, stored_file

logger = logging.getLogger(__name__)


@require_safe
def photo(request: HttpRequest, uid, rendition: str) -> HttpResponse:
    """Serve a rendition of a photo that is used in a published article.

    Members who may view photos see the others too; to anyone else a photo that is not public
    is as unknown as one that does not exist. One query for readers.
    """
    if rendition not in image_processing.RENDITIONS:
        raise Http404
    found, headers = queries.published_photo(uid), PUBLIC
    if found is None and may_view_photos(request):
        found, headers = Photo.objects.filter(uid=uid).first(), PRIVATE
    if found is None:
        raise Http404
    return picture(request, found, rendition, dict(headers))


@preview_view
def in_preview(request: HttpRequest, link: PreviewLink, uid, rendition: str) -> HttpResponse:
    """Serve a rendition of a photo of an unreleased issue. Two queries."""
    if rendition not in image_processing.RENDITIONS:
        raise Http404
    found = get_object_or_404(queries.previewed_photos(link.issue), uid=uid)
    return picture(request, found, rendition, {})


def may_view_photos(request: HttpRequest) -> bool:
    """Tell whether a member with the permission asks, of whom nothing else is asked first.

    No query for readers.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("articles.view_photo") and admission.is_admitted(request)


def picture(request: HttpRequest, photo: Photo, rendition: str, headers: dict) -> HttpResponse:
    """Return a response with a rendition: its bytes, its path for the proxy, or 304.

    It is a WebP file for who says to take one, and a JPEG file for all others.
    """
    name, kind = renditions.rendition_name(photo, rendition), "image/jpeg"
    if takes_webp(request):
        name, kind = _as_webp(photo, rendition, name)
    headers |= {"Content-Type": kind, "Vary": "Accept"}
    return stored_file(request, photo.file.storage, name, headers, is_dated=True)


def takes_webp(request: HttpRequest) -> bool:
    """Tell whether a browser names WebP among what it takes; */* names nothing."""
    return any(
        (kind.main_type, kind.sub_type) == ("image", "webp") and kind.quality > 0
        for kind in request.accepted_types
    )


def _as_webp(photo: Photo, rendition: str, name: str) -> tuple[str, str]:
    """Return the name and type of a rendition as WebP, those of the JPEG file where it fails."""
    try:
        made = renditions.webp_name(photo, rendition)
        if photo.file.storage.size(made):
            return made, "image/webp"
    except (FileNotFoundError, ConnectionError):
        pass  # `stored_file` says so, of the JPEG file.
    except OSError:
        logger.exception("No WebP file can be made of photo %s.", photo.uid)
    return name, "image/jpeg"
