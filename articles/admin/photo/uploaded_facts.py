"""Read an uploaded picture: its facts, its hashes, and the photos that are like it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.models import Photo
from articles.photos.duplicates import set_hashes, similar_photos
from articles.photos.metadata.proposals import fill_facts


def read_upload(photo: Photo) -> list[str]:
    """Fill in the hashes and the empty facts of a photo whose new file is not stored yet.

    Returns the names of the facts that were filled in. No query.
    """
    data = photo.file.read()
    photo.file.seek(0)
    set_hashes(photo, data)
    return fill_facts(photo, data)


def tell_upload(request: HttpRequest, photo: Photo, filled: Sequence[str]) -> None:
    """Tell what was filled in from a file, and which photos of the library are like it."""
    if filled:
        names = [str(Photo._meta.get_field(name).verbose_name) for name in filled]
        message = _("Filled in from the file, please check: %(facts)s.")
        messages.warning(request, message % {"facts": "、".join(names)})
    if similar := similar_photos(photo):
        message = _("The library has photos that are like this one: {links}.")
        messages.warning(request, format_html(message, links=_links(similar)))


def _links(similar) -> str:
    """Return links to the forms of similar photos."""
    same = _("the same file")
    return format_html_join(
        "、",
        '<a href="{}">{}</a>{}',
        (
            (
                reverse("admin:articles_photo_change", args=[found.photo.pk]),
                found.photo,
                f"（{same}）" if found.is_same_file else "",
            )
            for found in similar
        ),
    )
