"""图片: the library of pictures."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db import transaction
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import renditions, uploads
from articles.forms import LineField
from articles.models import Article, Caption, Photo
from articles.picture_refusals import REFUSALS
from articles.uploads import Reason

from .paging import Listed, tally
from .settled import is_settled


def thumbnail(photo: Photo, rendition: str) -> str:
    """Return an image of a photo for the desk; its alternative text stands beside it."""
    width, height = renditions.rendition_size(photo, rendition)
    address = reverse("articles:photo", args=[photo.uid, rendition])
    tag = '<img src="{}" width="{}" height="{}" alt="" loading="lazy">'
    return format_html(tag, address, width, height)


class PictureInput(forms.FileInput):
    """Chooses a picture file; below it the present one, on which the focal point is set."""

    class Media:
        js = [Script("js/desk/focus.js", type="module")]

    def render(self, name, value, attrs=None, renderer=None):
        chooser = super().render(name, value, attrs, renderer)
        photo = getattr(value, "instance", None)
        if photo is None or photo.pk is None:
            return chooser
        return format_html(
            '<div class="imagefield" data-ppoi-id="id_focus">{}<p class="help">{}</p>'
            '<div class="imagefield-preview">'
            '<img class="imagefield-preview-image" src="{}" alt="{}"></div>'
            '<p class="focus-sliders" hidden><label>{} <input type="range"></label> '
            '<label>{} <input type="range"></label></p></div>',
            chooser,
            _("Click on the picture to set its focal point: cuts keep it in sight."),
            reverse("articles:photo", args=[photo.uid, "small"]),
            photo.alt,
            _("Focus, left to right"),
            _("Focus, top to bottom"),
        )


class PictureField(forms.FileField):
    """A picture file that is fit to be taken in."""

    widget = PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            file.name = f"picture.{judged(file).lower()}"
        return file


def judged(file: UploadedFile) -> str:
    """Return the kind of an uploaded picture; raise ValidationError where it is not taken."""
    try:
        uploads.refuse(Reason.TOO_HEAVY, when=file.size > uploads.MAX_BYTES)
        return uploads.check(file.read())
    except uploads.RefusedError as refused:
        raise ValidationError(REFUSALS[refused.reason], code=refused.reason) from refused
    finally:
        file.seek(0)


def users(photo: Photo) -> QuerySet[Article]:
    """Return the articles that show a photo."""
    return Article.objects.filter(captions__photo=photo)


class PhotoForm(forms.ModelForm):
    """What an editor says about a picture."""

    file = PictureField(
        label=_("file"), help_text=Photo._meta.get_field("file").help_text, max_length=200
    )

    class Meta:
        model = Photo
        fields = ["file", "focus", "alt", "credit", "contributor", "taken_on", "place", "rights"]
        field_classes = dict.fromkeys(["alt", "credit", "place", "rights"], LineField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if focus := self.fields.get("focus"):
            focus.validators.append(
                RegexValidator(r"^(0|1|0?\.\d+|1\.0+)x(0|1|0?\.\d+|1\.0+)\Z", _("No focal point."))
            )


@admin.register(Photo)
class PhotoAdmin(Listed, admin.ModelAdmin):
    """Pictures with their credits, and where each is used.

    The picture and its credit hold still once words that show it have been read (`settled`).
    """

    form = PhotoForm
    list_display = ("picture", "label", "credit", "contributor", "taken_on", "place", "used")
    list_display_links = ("picture", "label")
    list_select_related = ("contributor",)
    list_per_page = 24
    date_hierarchy = "created_at"
    search_fields = ("alt", "credit", "place", "contributor__name")
    autocomplete_fields = ("contributor",)
    readonly_fields = ("used_in",)
    fields = (
        "file", "focus", "alt", "credit", "contributor", "taken_on", "place", "rights", "used_in",
    )  # fmt: skip

    class Media:
        css = {"all": ["css/desk-photo.css"]}
        js = [Script("js/desk/choosers.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=tally(Caption.objects.all(), "photo"))

    def get_fields(self, request, obj=None):
        """Those who may not change a photo see it instead of where its file lies."""
        fields = super().get_fields(request, obj)
        if obj is None:
            return [name for name in fields if name != "used_in"]
        if self.has_change_permission(request, obj) and not is_settled(users(obj)):
            return fields
        return ["whole", *(name for name in fields if name not in ("file", "focus"))]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        has_file = "file" in self.get_fields(request, obj)
        return form if has_file else type(form)(form.__name__, (form,), {"file": None})

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "whole")
        return (*fields, "credit") if obj and is_settled(users(obj)) else fields

    def save_model(self, request, obj, form, change):
        """Store a photo; what it no longer needs is deleted once that is certain."""
        before = form.initial.get("file")
        try:
            super().save_model(request, obj, form, change)
        except OSError:
            if "file" in form.changed_data:
                renditions.discard(obj, obj.file.name)
            raise
        transaction.on_commit(partial(renditions.tidy, obj))
        if before and "file" in form.changed_data:
            transaction.on_commit(partial(renditions.discard, obj, before.name))

    def delete_model(self, request, obj):
        transaction.on_commit(partial(renditions.discard, obj, obj.file.name))
        super().delete_model(request, obj)

    def get_deleted_objects(self, objs, request):
        """Name the articles that keep a photo from being deleted."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, protected and [self.used_in(photo) for photo in objs]

    @admin.display(description=_("photo"))
    def picture(self, photo):
        return thumbnail(photo, "preview")

    @admin.display(description=_("photo"))
    def whole(self, photo):
        return thumbnail(photo, "small")

    @admin.display(description=_("alternative text"), ordering="alt")
    def label(self, photo):
        return photo.alt or _("(none)")

    @admin.display(description=_("articles"))
    def used(self, photo):
        return photo.uses

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        articles = users(photo).select_related("column").distinct()
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}">{}</a>',
            (
                (reverse("admin:articles_article_change", args=[article.pk]), article)
                for article in articles
            ),
        ) or _("(no article yet)")
