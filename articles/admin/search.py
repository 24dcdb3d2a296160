"""The search of the bar: articles, photos, people and issues on one page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.models import Article, Contributor, Issue, Photo

# How many of each kind the page shows; the list of the kind shows all.
SHOWN = 8
# Each kind, with the relations that its rows name.
KINDS = {Article: ("column", "page__issue"), Photo: (), Contributor: (), Issue: ()}


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one kind that were found, and the list that shows all of them."""

    name: str
    hits: list[dict]
    list_url: str
    has_more: bool


class SearchMixin:
    """Adds the search to the admin site."""

    def get_urls(self):
        """Add the address of the search."""
        return [path("search/", self.admin_view(self.search), name="search"), *super().get_urls()]

    def search(self, request: HttpRequest):
        """Show what is found of each kind that the member may see: one query a kind."""
        term = request.GET.get("q", "").strip()
        kinds = [
            found(model_admin, request, term, related)
            for model, related in KINDS.items()
            if (model_admin := self.get_model_admin(model)).has_view_permission(request)
        ]
        context = self.each_context(request) | {
            "title": _("Search"),
            "term": term,
            "kinds": [kind for kind in kinds if kind.hits],
        }
        return TemplateResponse(request, "admin/search.html", context)


def found(model_admin: ModelAdmin, request, term: str, related: tuple[str, ...]) -> Found:
    """Return the newest rows of a kind that its list finds too. One query; none without a term."""
    rows = matching(model_admin, request, term).select_related(*related) if term else []
    rows = list(rows[: SHOWN + 1])
    address = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return Found(
        name=model_admin.opts.verbose_name_plural,
        hits=[
            {"row": row, "url": reverse(f"{address}_change", args=[row.pk]), "facts": facts(row)}
            for row in rows[:SHOWN]
        ],
        list_url=f"{reverse(f'{address}_changelist')}?{urlencode({'q': term})}",
        has_more=len(rows) > SHOWN,
    )


def matching(model_admin: ModelAdmin, request, term: str) -> QuerySet:
    """Return the rows that the search of a list finds, each once, the newest first."""
    every = model_admin.model._default_manager.all()
    rows, _may_repeat = model_admin.get_search_results(request, every, term)
    newest = ("-issued_on", "-edition") if model_admin.model is Issue else ("-pk",)
    return every.filter(pk__in=rows.order_by().values("pk")).order_by(*newest)


def facts(row: Model) -> list[str]:
    """Return what tells a row from others of its name."""
    match row:
        case Article():
            said = [str(row.page or _("no issue yet")), row.get_status_display()]
        case Photo():
            said = [row.credit]
        case Contributor():
            said = [row.distinction, row.role]
        case Issue():
            said = [row.weekday]
    return [each for each in said if each]
