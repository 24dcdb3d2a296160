"""审读: one article as printed, what to know of it, and the steps; then the next that waits.

Their addresses are in newsroom/urls.py, which gives them the reader's view of an article:
articles.admin imports no views.
"""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from articles.admin.article.workflow_actions import (
    SEEN,
    article_to_move,
    labelled,
    perform_move,
    shown_state,
    workflow_context,
)
from articles.admin.author_names import author_names
from articles.admin.notes.note_views import notes_context
from articles.content.diff import shorten_same
from articles.content.text import parse_id
from articles.models import Article
from articles.workflow.preflight import article_findings, load_articles

from .finding_views import findings_context
from .reading_queue import QueuePlace, queue_of

# What preflight finds of every article that is being read, and what is shown apart.
EXPECTED = ("unsigned", "doubtful", "open_notes")
# Returns the document of an article as readers will see it.
Printed = Callable[[Article], str]


@require_GET
def next_view(request: HttpRequest) -> HttpResponse:
    """Lead to the first article that waits for the member; say so where none does. One query.

    To the article named by `from` where that one waits still.
    """
    if not _model_admin().has_view_or_change_permission(request):
        raise PermissionDenied
    queue = queue_of(request.user)
    came_from = parse_id(request.GET.get("from", ""))
    if queue:
        return redirect("read_article", came_from if came_from in queue else queue[0])
    return _render(request, {"title": gettext("Reading"), "article": None})


@require_http_methods(["GET", "HEAD", "POST"])
def reading_view(request: HttpRequest, pk: int, *, printed: Printed) -> HttpResponse:
    """Show an article to who reads it, or take the step that was posted.

    The same number of queries for any number of remarks, pictures and articles that wait.
    """
    if request.method == "POST":
        return _take_step(request, pk)
    article = _visible_article(request, pk)
    return _render(request, _reading_context(request, article) | {"document": printed(article)})


def _take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step on the words seen, and lead to the next article; to the same if refused."""
    article, name = article_to_move(_model_admin(), request, pk)
    after = QueuePlace.of(pk, queue_of(request.user)).after
    version, _status = seen = shown_state(request)
    stored = article.version
    if perform_move(request, article, name, seen=seen):
        return redirect("read_article", after) if after else redirect("read_next")
    again = reverse("read_article", args=[pk])
    return redirect(again if version == stored else f"{again}?{SEEN}={version}")


def _visible_article(request: HttpRequest, pk: int) -> Article:
    """Return an article with its parts. Raises Http404, PermissionDenied. Five queries at most."""
    if not _model_admin().has_view_or_change_permission(request):
        raise PermissionDenied
    found = load_articles(Article.objects.filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def _reading_context(request: HttpRequest, article: Article) -> dict:
    context = workflow_context(request, article)
    place = QueuePlace.of(article.pk, queue_of(request.user))
    remarks = article.reviews.exclude(note="").select_related("made_by", "revision")
    return context | {
        "title": article.display_title,
        "article": article,
        "authors": author_names(article),
        "differences": [
            replace(each, segments=shorten_same(each.segments))
            for each in context.get("differences", ())
        ],
        "remarks": labelled(remarks.defer("revision__stored_copy").order_by("-pk")),
        "findings": [each for each in article_findings(article) if each.code not in EXPECTED],
        **findings_context(article, article.findings.all()),
        **notes_context(article),
        "original": article,
        "place": place,
        "here": _way_back(article, place),
    }


def _way_back(article: Article, place: QueuePlace) -> str:
    """Return where the form of an article leads back to: to the next one if it has been passed."""
    if place.number:
        return f"{reverse('read_next')}?from={article.pk}"
    return reverse("read_article", args=[article.pk])


def _render(request: HttpRequest, context: dict) -> HttpResponse:
    shell = {**admin.site.each_context(request), "opts": Article._meta}
    return TemplateResponse(request, "admin/articles/article/read.html", shell | context)


def _model_admin():
    return admin.site.get_model_admin(Article)
