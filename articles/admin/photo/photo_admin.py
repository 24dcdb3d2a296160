"""图片 (photo): the list and form of the photo library."""

from functools import partial

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import ledger
from articles.admin.form_recovery import recover_form
from articles.admin.list_mixins import LedgerFormMixin, ListMixin, PublicRowsMixin, count_of
from articles.admin.locked_names import WHY, is_locked
from articles.editing.double_posts import UID, posted_uid
from articles.models import Article, Caption, LedgerKind, Member, Photo, Status
from articles.photos import library, renditions
from articles.search import entries
from articles.workflow import MoveRefusedError
from articles.workflow.permissions import UNDER_REVIEW, permissions_of
from articles.workflow.transitions import void_for_photo

from .double_uploads import lead_to, posted_before
from .photo_chooser import UnusedFilter, chooser_urls
from .photo_form import PhotoForm
from .photo_tray import tray_context, tray_urls
from .uploaded_facts import read_upload, tell_upload

# What a sign-off covers of a photo: read-only once a reviewed article shows it, but for `alt`.
PRINTED = {"file", "focus", "crops", "alt", "credit", "generated"}


def thumbnail(photo: Photo, rendition: str, alt: str = "") -> str:
    """Return an <img> of a rendition; its alt is empty where the text is shown beside it."""
    width, height = renditions.rendition_size(photo, rendition)
    url = reverse("articles:photo", args=[photo.uid, rendition])
    tag = '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
    return format_html(tag, url, width, height, alt)


def articles_using(photo: Photo) -> QuerySet[Article]:
    """Return the articles that show a photo."""
    return Article.objects.filter(captions__photo=photo)


def reviewed(photo: Photo) -> dict[int, str]:
    """Return the statuses of the reviewed articles that show a photo, by id. One query, once."""
    if "reviewed" not in photo.__dict__:
        using = articles_using(photo).filter(status__in=UNDER_REVIEW).order_by("pk")
        photo.reviewed = dict(using.values_list("pk", "status"))
    return photo.reviewed


def void_where_printed(form: PhotoForm, *, by: Member) -> None:
    """Void the reviews of articles that show a photo of which something printed was changed.

    Those too that were submitted while the form was open. Raises MoveRefusedError. One query, and
    those of `void_for_photo`.
    """
    using = articles_using(form.instance).filter(status__in=UNDER_REVIEW)
    if found := [*using.values_list("pk", flat=True)]:
        void_for_photo(found, by=by, reason=form.cleaned_data.get("reason", ""))


@admin.register(Photo)
class PhotoAdmin(PublicRowsMixin, LedgerFormMixin, ListMixin, admin.ModelAdmin):
    """Photos with their credits, and the articles that use each.

    The file and what is printed of a photo are read-only once a reviewed article uses it
    (`locked_names`).
    """

    form = PhotoForm
    list_display = ("picture", "label", "credit", "contributor", "taken_on", "place", "usage_count")
    list_display_links = ("picture", "label")
    list_select_related = ("contributor",)
    list_per_page = 24
    list_filter = (UnusedFilter, "generated")
    date_hierarchy = "created_at"
    search_fields = (
        *("words", "alt", "credit", "place", "people", "keywords", "contributor__name"),
    )
    autocomplete_fields = ("contributor", "only_article")
    readonly_fields = ("used_in", "generated_mark")
    fields = (
        "file",
        "focus",
        "crops",
        "words",
        "alt",
        "reason",
        ("credit", "generated", "generated_mark"),
        "contributor",
        ("taken_on", "place"),
        ("people", "keywords"),
        ("rights", "rights_until"),
        "only_article",
        "used_in",
    )

    class Media:
        css = {"all": ["css/desk-photo.css", "css/desk-tray.css"]}
        js = [
            Script("js/desk/autocomplete_labels.js", type="module"),
            Script("js/desk/photos/main.js", type="module"),
        ]

    def get_urls(self):
        """Add the addresses of the chooser and of the tray."""
        own = [*chooser_urls(self.admin_site), *tray_urls(self)]
        return [*own, *super().get_urls()]

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Store a photo once; leave no file behind where it is not stored after all."""
        request.stored_photos = []
        if object_id is None and (photo := posted_before(request)):
            return lead_to(request, photo)
        try:
            with renditions.removed_without_row(request.stored_photos):
                return super().changeform_view(request, object_id, *args, **kwargs)
        except IntegrityError:  # The other of two posts at once has stored it.
            if photo := object_id is None and posted_before(request):
                return lead_to(request, photo)
            raise
        except MoveRefusedError as refusal:  # An article that shows it has just been moved.
            kept = recover_form(request, status=409, lead=str(refusal))
            if kept is None:
                messages.error(request, str(refusal))
            return kept or HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Let the form of a new photo carry its uid, also through errors."""
        context["uid"] = "" if obj else posted_uid(request.POST)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changelist_view(self, request, extra_context=None):
        """Show the photo tray above the list."""
        return super().changelist_view(request, tray_context() | (extra_context or {}))

    def get_search_results(self, request, queryset, search_term):
        """Search captions and headlines of the articles that use a photo too."""
        return library.matching(queryset, search_term), False

    def get_queryset(self, request):
        return (
            super().get_queryset(request).annotate(usage=count_of(Caption.objects.all(), "photo"))
        )

    def get_fields(self, request, obj=None):
        """Show the picture instead of its file name to those who cannot change it."""
        fields = super().get_fields(request, obj)
        if obj is None:
            return [name for name in fields if name not in ("crops", "reason", "used_in")]
        may_change = self.has_change_permission(request, obj)
        if not (may_change and Status.SIGNED in reviewed(obj).values()):
            fields = [name for name in fields if name != "reason"]
        if may_change and not is_locked(articles_using(obj)):
            return fields
        return [
            *(("large_picture", "why") if may_change else ("large_picture",)),
            *(name for name in fields if name not in ("file", "focus", "crops")),
        ]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        fields = self.get_fields(request, obj)
        facts = {name: None for name in ("file", "reason") if name not in fields}
        statuses = reviewed(obj) if obj else {}
        facts["is_signed"] = Status.SIGNED in statuses.values()
        facts["may_sign"] = "articles.sign_article" in permissions_of(request.user)
        return type(form)(form.__name__, (form,), facts)

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "large_picture", "why")
        is_used = obj and is_locked(articles_using(obj))
        return (*fields, "credit", "generated") if is_used else fields

    def save_form(self, request, form, change):
        """Return the photo of the form; a new one has the uid that its form names."""
        photo = super().save_form(request, form, change)
        if not change and UID in request.POST:
            photo.uid = posted_uid(request.POST)
        return photo

    def save_model(self, request, obj, form, change):
        """Save a photo; files that it no longer uses are deleted on commit."""
        before = form.initial.get("file")
        if "file" in form.changed_data:
            form.filled = read_upload(obj)
            request.stored_photos.append(obj)
            renditions.store_with_renditions(obj)
        super().save_model(request, obj, form, change)
        if form.changed_data:
            kind = LedgerKind.PHOTO_CHANGED if change else LedgerKind.PHOTO_ADDED
            ledger.record(kind, obj, by=request.user, fields=sorted(form.changed_data))
        transaction.on_commit(partial(renditions.delete_stale_renditions, obj))
        if before and "file" in form.changed_data:
            transaction.on_commit(partial(renditions.delete_with_renditions, obj, before.name))

    def save_related(self, request, form, formsets, change):
        """Tell what an uploaded file said, and which photos are like it."""
        super().save_related(request, form, formsets, change)
        if change and PRINTED & {*form.changed_data}:
            void_where_printed(form, by=request.user)
        filled = form.filled if "file" in form.changed_data else []
        if change and "credit" in {*form.changed_data, *filled}:
            entries.index_articles(articles_using(form.instance))
        if "file" in form.changed_data:
            tell_upload(request, form.instance, filled)

    def delete_model(self, request, obj):
        transaction.on_commit(partial(renditions.delete_with_renditions, obj, obj.file.name))
        ledger.record(LedgerKind.PHOTO_DELETED, obj, by=request.user, sha256=obj.sha256)
        super().delete_model(request, obj)

    def get_deleted_objects(self, objs, request):
        """Name the articles that protect a photo from being deleted."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, missing, protected and [self.used_in(photo) for photo in objs]

    @admin.display(description=_("photo"))
    def picture(self, photo):
        return thumbnail(photo, "preview", alt=str(photo))  # the words of its link

    @admin.display(description=_("photo"))
    def large_picture(self, photo):
        return thumbnail(photo, "small")

    @admin.display(description=_("settled"))
    def why(self, photo):
        return WHY

    @admin.display(description=_("alternative text"), ordering="alt")
    def label(self, photo):
        return photo.alt or _("(none)")

    @admin.display(description=_("articles"))
    def usage_count(self, photo):
        return photo.usage

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        articles = articles_using(photo).select_related("column", "page__issue").distinct()
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}">{}</a> {}',
            (
                (
                    reverse("admin:articles_article_change", args=[article.pk]),
                    article,
                    article.page or "",
                )
                for article in articles
            ),
        ) or _("(no article yet)")
