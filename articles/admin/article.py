"""稿件: where editors enter and find articles."""

from django.contrib import admin
from django.db.models.functions import Left
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import cleaning, workflow
from articles.forms import ArticleForm
from articles.models import Article, Status

from .byline import BylineInline
from .caption import CaptionInline
from .corrections import Corrects, why_fieldsets
from .history import History
from .moves import Moves
from .paging import Listed
from .queues import WaitsFor
from .saving import Saving
from .widgets import BodyEditor, without_deletion, words
from .working_copies import KeepsTyping

SIZES = {"kicker": "wide", "headline": "wide large", "deck": "wide", "dateline": "short",
         "source": "short"}  # fmt: skip
# Enough of a body to name an article that has no headline.
OPENING = 400


@admin.register(Article)
class ArticleAdmin(KeepsTyping, Moves, Corrects, Saving, History, Listed, admin.ModelAdmin):
    """The article form and the list of articles. Status is shown here and written elsewhere."""

    form = ArticleForm
    inlines = [BylineInline, CaptionInline]
    autocomplete_fields = ("page", "column")
    readonly_fields = ("status", "printed")
    fieldsets = [
        (_("Place"), {"classes": ["place"], "fields": [("page", "column"), ("genre", "rank")]}),
        (_("Headline"), {"classes": ["stack"], "fields": ["kicker", "headline", "deck"]}),
        (_("Text"), {"classes": ["text"], "fields": ["dateline", "body", ("source", "tags")]}),
    ]
    list_display = ("titled", "issued_on", "page_label", "genre", "status", "changed_at")
    list_select_related = ("page__issue", "column")
    list_filter = (WaitsFor, "status", "genre", "column")
    date_hierarchy = "page__issue__issued_on"
    search_fields = ("headline", "kicker", "deck", "bylines__name", "body")
    search_help_text = _("Searches headlines, names and text.")

    # The list

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            return articles.defer("body").annotate(opening=Left("body", OPENING))
        return articles.select_related("page__issue")

    @admin.display(description=_("article"), ordering="headline")
    def titled(self, article):
        if not article.headline:
            article.body = article.opening
        return article.display_title

    @admin.display(description=_("issue"), ordering="page__issue__issued_on")
    def issued_on(self, article):
        return article.page and article.page.issue

    @admin.display(description=_("page"))
    def page_label(self, article):
        return article.page and article.page.title

    # The form

    def get_fieldsets(self, request, obj=None):
        """Show the status of an article that has one, and ask why published words change."""
        (name, place), stack, (text_name, text) = self.fieldsets
        asked = why_fieldsets(obj)
        if obj:
            place = place | {"fields": [*place["fields"], "status"]}
            if not self.has_change_permission(request, obj):
                shown = ["printed" if field == "body" else field for field in text["fields"]]
                text, asked = text | {"fields": shown}, []
        return [(name, place), stack, (text_name, text), *asked]

    def view_on_site(self, article):
        """Offer the reader's page where readers see it."""
        is_public = Article.objects.published().filter(pk=article.pk).exists()
        return article.get_absolute_url() if is_public else None

    @admin.display(description=_("body"))
    def printed(self, article):
        """The text as it is set, for who may read and not change it."""
        return mark_safe(f'<div class="printed">{cleaning.clean(article.body)}</div>')  # noqa: S308

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "body":
            kwargs["widget"] = BodyEditor()
        if db_field.name in SIZES:
            kwargs["widget"] = words(SIZES[db_field.name])
        return without_deletion(super().formfield_for_dbfield(db_field, request, **kwargs))

    # Who may

    def has_change_permission(self, request, obj=None):
        """Signed words of a released issue are changed only by who may sign."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or workflow.may_change_words(obj, by=request.user))

    def has_delete_permission(self, request, obj=None):
        """What has a history is never deleted: it is spiked."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.status == Status.DRAFT and not obj.version))
