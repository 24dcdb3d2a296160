"""复制到公众号: an article with its styles written in, to be copied into WeChat's editor."""

from functools import partial

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import Article
from articles.sharing.wechat import HASHES, wechat_html
from articles.workflow import is_public


def wechat_urls(model_admin) -> list[URLPattern]:
    """Return the address of the copy for WeChat."""
    # The policy allows the few styles that the copy consists of, by their hashes, and no other.
    allowed = csp_update({"style-src": [SELF, "'unsafe-hashes'", *HASHES]})
    view = allowed(require_safe(partial(wechat_view, site=model_admin.admin_site)))
    return [
        path(
            "<int:pk>/wechat/",
            model_admin.admin_site.admin_view(view),
            name="articles_article_wechat",
        )
    ]


def wechat_view(request: HttpRequest, pk: int, *, site) -> HttpResponse:
    """Show an article as WeChat will, with a button that copies it. Six queries for the article.

    403 without the permission.
    """
    if not request.user.has_perms(["articles.view_article", "articles.copy_for_wechat"]):
        raise PermissionDenied
    article = get_object_or_404(queries.with_parts(Article.objects.all()), pk=pk)
    day = article.page.issue.issued_on if article.page else timezone.localdate()
    origin = f"{request.scheme}://{request.get_host()}"
    html = wechat_html(article, paper=queries.masthead_on(day).name, origin=origin)
    context = {
        **site.each_context(request),
        "article": article,
        # The body was cleaned when it was stored; all other words are escaped there.
        "copied": mark_safe(html),  # noqa: S308
        "is_public": is_public(article),
        "opts": Article._meta,
    }
    response = TemplateResponse(request, "admin/articles/article/wechat.html", context)
    add_never_cache_headers(response)
    return response
