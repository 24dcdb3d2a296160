"""The photo tray: many photos at once, in the library and beside an article's captions.

Its script sends each file by itself (static/js/desk/photos/), and what is typed about stored
photos together. Without JavaScript a page takes several files, then asks about each.
"""

from functools import partial

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.content.text import parse_id
from articles.models import Photo

from .tray_forms import MOST_FILES, PhotoFactsForm, PhotoUploadForm
from .tray_storage import editable_photos, save_facts, similar_to, store_photo, store_photos

SETTLED = gettext_lazy("A reviewed article uses the photo: what is printed of it is settled.")


def tray_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """Return the addresses of the tray."""
    protect = model_admin.admin_site.admin_view
    views = {"tray": tray_page, "upload": upload, "facts": facts}
    return [
        path(
            f"{name}/",
            protect(partial(view, model_admin=model_admin)),
            name=f"articles_photo_{name}",
        )
        for name, view in views.items()
    ]


def tray_context() -> dict:
    """Return what the template of the tray shows."""
    return {"most_files": MOST_FILES}


@require_POST
def upload(request, *, model_admin: ModelAdmin) -> HttpResponse:
    """Store one photo and answer with what is known of it, as JSON.

    422 with `errors` where the file is refused, 409 with `similar` where the library has photos
    that are like it and `anyway` is not set. A file that is sent again, with the same `uid`, is
    not stored again. 403 without the right to add photos.
    """
    _require(request, "add_photo")
    form = PhotoUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        errors = [text for texts in form.errors.values() for text in texts]
        return JsonResponse({"errors": errors}, status=422)
    photo = Photo.objects.filter(uid=form.cleaned_data["uid"]).first()
    similar = [] if photo else similar_to(form)
    if similar:
        found = [_as_json(each.photo) | {"isSame": each.is_same_file} for each in similar]
        return JsonResponse({"similar": found}, status=409)
    photo = photo or store_photo(model_admin, request, form)
    return JsonResponse({"photo": _as_json(photo)})


@require_POST
def facts(request, *, model_admin: ModelAdmin) -> HttpResponse:
    """Store what was typed about photos; answer with the errors of each, as JSON."""
    _require(request, "change_photo")
    forms = save_facts(request.POST, by=request.user)
    errors = dict.fromkeys(request.POST.getlist("photo"), str(SETTLED))
    errors |= {str(form.instance.pk): form.message for form in forms}
    return JsonResponse({"errors": {key: why for key, why in errors.items() if why}})


def tray_page(request, *, model_admin: ModelAdmin) -> HttpResponse:
    """Show the tray, and the photos stored with it a moment ago (`photo` in the address).

    A POST stores several files, or what was typed about stored photos.
    """
    _require(request, "add_photo")
    forms = []
    if request.method == "POST" and "_facts" in request.POST:
        _require(request, "change_photo")
        forms = save_facts(request.POST, by=request.user)
        if len(forms) < len(set(request.POST.getlist("photo"))):
            messages.warning(request, SETTLED)
        if forms and all(form.is_valid() for form in forms):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("admin:articles_photo_changelist"))
    elif request.method == "POST" and (stored := store_photos(model_admin, request)):
        return HttpResponseRedirect(_address_of(request, stored))
    context = {
        **model_admin.admin_site.each_context(request),
        **tray_context(),
        "title": _("Upload photos"),
        "opts": Photo._meta,
        "forms": forms or _stored_forms(request),
    }
    return TemplateResponse(request, "admin/articles/photo/tray.html", context)


def _address_of(request, stored: list[Photo]) -> str:
    """Return the address of the page that asks about photos just stored."""
    text = ngettext("%(n)d photo was stored.", "%(n)d photos were stored.", len(stored))
    messages.success(request, text % {"n": len(stored)})
    keys = "&".join(f"photo={photo.pk}" for photo in stored)
    return f"{reverse('admin:articles_photo_tray')}?{keys}"


def _stored_forms(request) -> list[PhotoFactsForm]:
    """Return the forms of the photos that the address names, in its order. One query."""
    keys = [parse_id(key) for key in request.GET.getlist("photo")[:MOST_FILES]]
    photos = editable_photos().in_bulk(key for key in keys if key is not None)
    return [PhotoFactsForm(instance=photos[key], prefix=str(key)) for key in keys if key in photos]


def _require(request, permission: str) -> None:
    if not request.user.has_perm(f"articles.{permission}"):
        raise PermissionDenied


def _as_json(photo: Photo) -> dict:
    """Return what the script shows of a stored photo."""
    form = PhotoFactsForm(instance=photo)
    return {
        "key": photo.pk,
        "label": str(photo),
        "thumbnail": reverse("articles:photo", args=[photo.uid, "preview"]),
        "address": reverse("admin:articles_photo_change", args=[photo.pk]),
        "generated": photo.get_generated_display(),
        "facts": {name: form[name].value() or "" for name in form.fields},
    }
