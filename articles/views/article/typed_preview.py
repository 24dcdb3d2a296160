"""How an article will look to readers, before they see it: stored, or typed and not yet stored.

The desk's addresses lead here (newsroom/urls.py), behind its login. The reader's page is put
into two frames by its text, so that nothing is stored and no address shows it.
"""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.forms import inlineformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from taggit.models import Tag

from articles import queries
from articles.content.copy import parse_tags
from articles.editing.forms import ArticleForm, BylineForm, CaptionForm, OrderedFormSet
from articles.models import Article, Byline, Caption

from .article_page import ArticlePage, Parts, show

ROWS = {"bylines": (Byline, BylineForm), "captions": (Caption, CaptionForm)}


def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show an article as it is stored (GET), or as its form was typed (POST), at two widths."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = Article(pk=0)
    if pk is not None:
        article = get_object_or_404(queries.with_parts(Article.objects.all()), pk=pk)
    parts = apply_form(article, request.POST) if request.method == "POST" else Parts.of(article)
    page = show(request, ArticlePage.of(article, parts), is_framed=True).content.decode()
    context = {"article": article, "document": page, "typed": request.method == "POST"}
    response = render(request, "paper/preview.html", context)
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def apply_form(article: Article, post) -> Parts:
    """Put what was typed into an article, unsaved; return its parts as they were typed.

    What is not valid stays as it was.
    """
    stored = Parts.of(article) if article.pk else Parts()
    ArticleForm(post, instance=article).is_valid()
    article.__dict__.pop("display_title", None)
    rows = {name: typed_rows(article, name, post) for name in ROWS if f"{name}-TOTAL_FORMS" in post}
    return replace(stored, tags=typed_tags(post.get("tags", "")), **rows)


def typed_rows(article: Article, name: str, post) -> list:
    """Return the bylines or captions typed, unsaved, in the order shown, where they are valid."""
    model, form = ROWS[name]
    factory = inlineformset_factory(Article, model, form=form, formset=OrderedFormSet)
    formset = factory(post, instance=article, prefix=name)
    formset.is_valid()
    return [form.instance for form in formset.in_order() if form.is_valid()]


def typed_tags(typed: str) -> list[Tag]:
    """Return the tags of a line, those that exist and those to come. One query."""
    names = parse_tags(typed)
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return [known.get(name) or Tag(pk=0, name=name) for name in names]
