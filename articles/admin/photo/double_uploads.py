"""The form of a new photo that is posted twice leads to the photo that the first post stored."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from articles.content import characters
from articles.editing.double_posts import UID, posted_uid
from articles.models import Photo

TYPED = ("words", "alt", "credit", "place", "people", "keywords", "rights")


def posted_before(request) -> Photo | None:
    """Return the photo that an earlier post of the same form has stored. One query at most."""
    if request.method != "POST" or UID not in request.POST:
        return None
    if not request.user.has_perm("articles.add_photo"):
        return None
    return Photo.objects.filter(uid=posted_uid(request.POST)).first()


def lead_to(request, photo: Photo) -> HttpResponseRedirect:
    """Redirect to the form of a photo; what was typed and is not stored is said in a message."""
    messages.info(request, gettext("The photo is stored already: this is its form."))
    typed = {name: request.POST.get(name, "").strip() for name in TYPED}
    other = [
        f"{Photo._meta.get_field(name).verbose_name}：{value}"
        for name, value in typed.items()
        if value and characters.clean_text(value) != getattr(photo, name)
    ]
    if other:
        told = gettext("Typed since, and not stored: %(words)s")
        messages.warning(request, told % {"words": "；".join(other)})
    return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[photo.pk]))
