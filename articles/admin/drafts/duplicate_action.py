"""The button that duplicates an article, also one of a past issue, as a new draft."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.editing.duplication import duplicate
from articles.models import Article


def duplicate_urls(model_admin) -> list[URLPattern]:
    """Return the URL at which an article is duplicated."""
    view = model_admin.admin_site.admin_view(require_POST(partial(duplicate_view, model_admin)))
    return [path("<int:pk>/duplicate/", view, name="articles_article_duplicate")]


def duplicate_view(model_admin, request, pk: int) -> HttpResponseRedirect:
    """Duplicate the article as it is saved, and show the new draft."""
    original = get_object_or_404(Article, pk=pk)
    may_view = model_admin.has_view_permission(request, original)
    if not may_view or not model_admin.has_add_permission(request):
        raise PermissionDenied
    article = duplicate(original, by=request.user)
    model_admin.log_addition(request, article, [{"added": {}}])
    messages.success(request, gettext("This is a new draft with the words of the other article."))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
