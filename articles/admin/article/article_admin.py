"""稿件: the admin of articles, and their form. Their list: `article_list`, `batch_actions`."""

from django.conf import settings
from django.contrib import admin
from django.forms import Media
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidget

from articles.admin.drafts.bin_action import bin_urls
from articles.admin.drafts.duplicate_action import duplicate_urls
from articles.admin.list_mixins import LedgerFormMixin, ListMixin
from articles.admin.notes.note_views import note_urls
from articles.admin.reading.finding_views import finding_urls
from articles.content import sanitizer
from articles.editing.forms import preload_choice
from articles.models import Article, Status
from articles.search import entries
from articles.workflow import transitions

from .article_list import ArticleListMixin
from .autosave_views import autosave_urls
from .batch_actions import BatchActionsMixin
from .form_parts import (
    BylineInline,
    CaptionInline,
    LoadedAutocompleteSelect,
    SplittingBodyEditor,
    growing_line,
    wide_text_input,
)
from .history import history_page, history_urls
from .saving_form import SavingForm
from .saving_mixin import SaveMixin
from .suggestions import suggestion_urls
from .wechat_copy import wechat_urls
from .workflow_actions import move_urls

# The part of the form that asks why a published article is changed.
CORRECTION = (
    _("Correction"),
    {
        "classes": ["rail", "why"],
        "fields": ["reason", "notice"],
        "description": _("Readers see this article. A change is stored with its reason only."),
    },
)


class ArticleAdminForm(SavingForm):
    """The article form, with its widgets."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"page", "column"} & self.fields.keys():
            preload_choice(self.fields[name], getattr(self.instance, name))

    def is_multipart(self):
        """Without JavaScript the photo tray sends its files with the form."""
        return True

    class Meta(SavingForm.Meta):
        widgets = {
            "kicker": growing_line("wide"),
            "headline": growing_line("wide large"),
            "deck": growing_line("wide"),
            "dateline": wide_text_input("short"),
            "source": wide_text_input("short"),
            "tags": TagWidget(attrs={"list": "tag-suggestions", "autocomplete": "off"}),
            "body": SplittingBodyEditor(),
        }


@admin.register(Article)
class ArticleAdmin(
    SaveMixin, BatchActionsMixin, ArticleListMixin, LedgerFormMixin, ListMixin, admin.ModelAdmin
):
    """The article form and the list of articles. Status is shown here; `workflow` writes it."""

    form = ArticleAdminForm
    inlines = [BylineInline, CaptionInline]
    autocomplete_fields = ("page", "column")
    readonly_fields = ("status", "printed")
    fieldsets = [
        (_("Headline"), {"classes": ["stack"], "fields": ["kicker", "headline", "deck"]}),
        (_("Text"), {"classes": ["text"], "fields": ["dateline", "body"]}),
        (_("Place"), {"classes": ["rail"], "fields": ["page", "column", ("genre", "rank")]}),
        (_("Tags and source"), {"classes": ["rail"], "fields": ["tags", "source"]}),
    ]

    @property
    def media(self):
        """The admin's scripts that the form uses: half of them, so that it is there sooner."""
        jquery = "vendor/jquery/jquery" if settings.DEBUG else "vendor/jquery/jquery.min"
        names = [jquery, "jquery.init", "core", "admin/RelatedObjectLookups"]
        return Media(js=[f"admin/js/{name}.js" for name in names])

    def get_urls(self):
        """Add the URLs of what the form does besides saving."""
        own = [*autosave_urls(self), *move_urls(self), *history_urls(self)]
        own += [*duplicate_urls(self), *suggestion_urls(self)]
        own += [*finding_urls(self), *note_urls(self), *bin_urls(self), *wechat_urls(self)]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """Show the revisions and moves in the place of the admin's own journal."""
        return history_page(request, self, object_id)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("page__issue", "column")

    # The form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = LoadedAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Show the status of a saved article, and ask why published words change."""
        stack, (text_name, text), (name, place), tags = self.fieldsets
        correction = []
        if obj:
            place = place | {"fields": [*place["fields"], "status"]}
            if not self.has_change_permission(request, obj):
                shown = ["printed" if field == "body" else field for field in text["fields"]]
                text = text | {"fields": shown}
            elif transitions.is_public(obj):
                correction = [CORRECTION]
        return [stack, (text_name, text), *correction, (name, place), tags]

    def view_on_site(self, article):
        """Link to the reader's page where readers see it."""
        is_public = Article.objects.published().filter(pk=article.pk).exists()
        return article.get_absolute_url() if is_public else None

    @admin.display(description=_("body"))
    def printed(self, article):
        """The text as readers see it, for members who may not change it."""
        return mark_safe(f'<div class="printed">{sanitizer.sanitize(article.body)}</div>')  # noqa: S308

    # Permissions

    def has_change_permission(self, request, obj=None):
        """Published words are changed only by members who may sign."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or transitions.may_change_words(obj, by=request.user))

    def has_delete_permission(self, request, obj=None):
        """An article with a history is never deleted: it is spiked."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.status == Status.DRAFT and not obj.version))

    def delete_model(self, request, obj):
        """Delete an article, and take it out of the search."""
        entries.forget([obj.pk])
        super().delete_model(request, obj)
