"""Photos that come with the article form: without JavaScript the photo tray is a part of it."""

from django.contrib.admin import AdminSite
from django.http import QueryDict

from articles.admin.photo.tray_storage import store_photos
from articles.content.text import parse_id
from articles.models import Photo


def add_captions(request, site: AdminSite) -> QueryDict:
    """Store the files of a request as photos; return what was posted with a caption for each.

    Nothing is stored or added without the right to add photos.
    """
    if not request.user.has_perm("articles.add_photo"):
        return request.POST
    photos = store_photos(site.get_model_admin(Photo), request)
    return _with_captions(request.POST, photos)


def _with_captions(post: QueryDict, photos: list[Photo]) -> QueryDict:
    """Return a posted form with a row more for each photo, behind the others."""
    post, first = post.copy(), parse_id(post.get("captions-TOTAL_FORMS", "")) or 0
    for number, photo in enumerate(photos, first):
        post[f"captions-{number}-photo"] = str(photo.pk)
        post[f"captions-{number}-words"] = photo.words
    post["captions-TOTAL_FORMS"] = str(first + len(photos))
    return post
