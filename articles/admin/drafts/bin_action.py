"""The buttons that throw a draft into the bin (废稿) and take it out again."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.editing import draft_bin
from articles.models import Article


def bin_urls(model_admin) -> list[URLPattern]:
    """Return the URLs of throwing away and taking out."""
    views = {"discard": discard_view, "take_out": take_out_view}
    return [
        path(
            f"<int:pk>/{name}/",
            model_admin.admin_site.admin_view(require_POST(partial(view, model_admin))),
            name=f"articles_article_{name}",
        )
        for name, view in views.items()
    ]


def discard_view(model_admin, request, pk: int) -> HttpResponseRedirect:
    """Throw a draft away and show it in the bin, with the button that takes it out."""
    article = _changeable(model_admin, request, pk)
    try:
        draft_bin.discard(article, by=request.user)
    except draft_bin.BinRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("It is in the bin. You can take it out again here."))
    return _form_of(article)


def take_out_view(model_admin, request, pk: int) -> HttpResponseRedirect:
    """Take a draft out of the bin, and show it."""
    article = _changeable(model_admin, request, pk)
    draft_bin.take_out(article)
    messages.success(request, gettext("It is out of the bin."))
    return _form_of(article)


def _changeable(model_admin, request, pk: int) -> Article:
    article = get_object_or_404(Article, pk=pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def _form_of(article: Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
