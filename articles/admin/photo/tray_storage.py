"""Storing what the photo tray sends: photos, and what is known of them."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles import ledger, publication
from articles.content.text import parse_id
from articles.models import Article, Caption, LedgerKind, Member, Photo, Status
from articles.photos import renditions
from articles.photos.duplicates import SimilarPhoto, similar_photos
from articles.search import entries

from .tray_forms import PhotoFactsForm, PhotoUploadForm, PostedFactsForm, SeveralPhotosForm

FACTS = PhotoFactsForm.Meta.fields


def similar_to(form: PhotoUploadForm) -> list[SimilarPhoto]:
    """Return the photos that are like an uploaded one, unless it is wanted `anyway`.

    Two queries, or none.
    """
    if form.cleaned_data["anyway"]:
        return []
    file = form.cleaned_data["file"]
    data = file.read()
    file.seek(0)
    return similar_photos(data)


def store_photo(model_admin: ModelAdmin, request, form: PhotoUploadForm) -> Photo:
    """Store an uploaded photo; return the one that is there where the file was sent twice."""
    photo = form.save(commit=False)
    photo.uid = form.cleaned_data["uid"]
    request.stored_photos = []
    try:
        with renditions.removed_without_row(request.stored_photos), ledger.atomic():
            model_admin.save_model(request, photo, form, change=False)
    except IntegrityError:
        return Photo.objects.get(uid=photo.uid)
    model_admin.log_addition(request, photo, [{"added": {}}])
    return photo


def store_photos(model_admin: ModelAdmin, request) -> list[Photo]:
    """Store the files of a plain form and return the photos; tell of each file refused.

    A file that the library has already is not stored again: its photo is returned. One that only
    looks like a photo of the library is stored, and told of.
    """
    common = SeveralPhotosForm(request.POST, request.FILES)
    if not common.is_valid():
        messages.error(request, _message(common))
        return []
    stored = []
    for upload in common.uploads:
        name = upload.name  # before the form gives the file another one
        form = PhotoUploadForm(common.cleaned_data | {"uid": uuid4()}, {"file": upload})
        if form.is_valid():
            stored.append(_store_new(model_admin, request, form, name))
        else:
            told = _("%(name)s: %(why)s") % {"name": name, "why": _message(form)}
            messages.error(request, told)
    return stored


def _store_new(model_admin: ModelAdmin, request, form: PhotoUploadForm, name: str) -> Photo:
    """Store a photo, or return the one that is the same file; tell of photos that look like it."""
    similar = similar_to(form)
    if similar and similar[0].is_same_file:
        return similar[0].photo
    if similar:
        looks = "、".join(str(each.photo) for each in similar)
        told = _("%(name)s: the library has photos that look like it: %(photos)s")
        messages.warning(request, told % {"name": name, "photos": looks})
    return store_photo(model_admin, request, form)


def _message(form) -> str:
    return " ".join(text for texts in form.errors.values() for text in texts)


def editable_photos() -> QuerySet[Photo]:
    """Select the photos that no reviewed article uses: what is printed of others is settled."""
    captions = Caption.objects.filter(photo=OuterRef("pk"))
    return Photo.objects.filter(~Exists(captions.exclude(article__status=Status.DRAFT)))


@ledger.atomic()
def save_facts(post, *, by: Member) -> list[PostedFactsForm]:
    """Store what a request says of photos, where it is valid; return the form of each.

    Six queries in a transaction, however many photos. Those in use by then have no form.
    """
    keys = {parse_id(key) for key in post.getlist("photo")} - {None}
    photos = editable_photos().select_for_update().in_bulk(keys)
    forms = [PostedFactsForm(post, photo) for photo in photos.values()]
    valid = [form.save(commit=False) for form in forms if form.is_valid()]
    Photo.objects.bulk_update(valid, FACTS)
    publication.photos_changed(valid)
    for photo in valid:
        ledger.record(LedgerKind.PHOTO_CHANGED, photo, by=by, fields=sorted(FACTS))
    entries.index_articles(Article.objects.filter(captions__photo__in=valid).distinct())
    return forms
