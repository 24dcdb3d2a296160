"""Suggestions while bylines and tags are typed: from the contributors, and from what was used."""

from collections import Counter
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET
from taggit.models import Tag

from articles.content.text import parse_id
from articles.models import Byline, Contributor

# The number of suggestions, and of the latest bylines whose roles and names are suggested.
MOST, LATEST, LATEST_NAMES = 12, 500, 10_000


def suggestion_urls(model_admin) -> list[URLPattern]:
    """Return the address of suggestions."""
    view = model_admin.admin_site.admin_view(require_GET(partial(suggestions, model_admin)))
    return [path("suggestions/", view, name="articles_article_suggestions")]


def suggestions(model_admin, request) -> JsonResponse:
    """Return what may complete the typed text `q` of a `kind` of KINDS. Three queries at most."""
    if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
        raise PermissionDenied
    find = KINDS.get(request.GET.get("kind", ""))
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    return JsonResponse({"found": find(typed) if find else []})


def _names(typed: str) -> list[dict]:
    """Return contributors by name, then other names that have signed, with their roles."""
    if not typed:
        return []
    known = Contributor.objects.filter(name__icontains=typed)[:MOST]
    last = Byline.objects.aggregate(pk=Max("pk"))["pk"] or 0
    latest = Byline.objects.filter(pk__gt=last - LATEST_NAMES, contributor=None)
    used = latest.filter(name__icontains=typed)
    used = used.order_by("name", "role")
    others = used.values("name", "role").distinct()[: MOST - len(known)]
    return [*map(_contributor, known), *others]


def _contributors(typed: str) -> list[dict]:
    """Return the contributor with an id."""
    return [*map(_contributor, Contributor.objects.filter(pk=parse_id(typed)))]


def _contributor(row: Contributor) -> dict:
    return {"name": row.name, "role": row.role, "contributor": row.pk, "label": str(row)}


def _roles(typed: str) -> list[dict]:
    """Return the roles that begin so, of the latest bylines; the most frequent first."""
    latest = Byline.objects.order_by("-pk").values_list("role", flat=True)[:LATEST]
    frequent = Counter(role for role in latest if role and role.startswith(typed))
    return [{"name": role} for role, _number in frequent.most_common(MOST)]


def _tags(typed: str) -> list[dict]:
    """Return the tags that contain the text; those that begin with it first."""
    if not typed:
        return []
    names = Tag.objects.filter(name__icontains=typed).order_by("name")
    found = names.values_list("name", flat=True)[: MOST * 4]
    found = sorted(found, key=lambda name: not name.startswith(typed))
    return [{"name": name} for name in found[:MOST]]


KINDS = {"name": _names, "contributor": _contributors, "role": _roles, "tag": _tags}
