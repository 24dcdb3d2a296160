"""The board of an issue: views that show it, move articles and plan pages; no script needed."""

from urllib.parse import urlencode

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.article.batch_actions import batch_moves
from articles.content.text import parse_id
from articles.editing.placement import (
    Place,
    PlacementError,
    StaleArrangementError,
    parse_arrangement,
    plan,
    put,
)
from articles.models import Article, Issue, Member, Page

from .board import UNPLACED, Board
from .board_steps import (
    ADD,
    MOVE,
    PLACE,
    RANK,
    add_page_to,
    move_ticked,
    page_to_add,
    pages_elsewhere,
    place_ticked,
    rank_article,
)
from .release_views import release_warning_context

CHOICES = {"signed": _("signed off"), "mine": _("my own"), "all": _("all at work")}
MAX_ID = 2**63 - 1
STEPS = {"more": 1, "fewer": -1}


class MoveForm(forms.Form):
    """An article and the place to move it to; no page takes it off the paper."""

    article = forms.IntegerField(min_value=1, max_value=MAX_ID)
    page = forms.IntegerField(min_value=1, max_value=MAX_ID, required=False)
    place = forms.IntegerField(min_value=1, max_value=999, required=False)


def board_view(request, pk: int, *, site):
    """Show the board of an issue; a POST moves articles, takes a step with them, or plans a place.

    403 without the permission to view issues and articles, or, on POST, to change issues; a
    workflow move has a permission of its own.
    """
    if not request.user.has_perms(["articles.view_issue", "articles.view_article"]):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    if request.method != "POST":
        return _render(request, issue, site, {})
    if MOVE not in request.POST and not request.user.has_perm("articles.change_issue"):
        raise PermissionDenied
    result = _handle_post(request, issue)
    return result if isinstance(result, HttpResponse) else _render(request, issue, site, result)


def _render(request, issue: Issue, site, told: dict):
    chosen = (request.POST or request.GET).get("unplaced", "")
    chosen = chosen if chosen in UNPLACED else "signed"
    board = Board.of(issue, by=request.user, unplaced=chosen)
    is_locked = issue.released_at and not request.user.has_perm("articles.release_issue")
    may_move = request.user.has_perm("articles.change_issue") and not is_locked
    context = {
        **site.each_context(request),
        "title": gettext("Board of %(issue)s") % {"issue": issue},
        "issue": issue,
        "board": board,
        "may_move": may_move,
        "elsewhere": pages_elsewhere(issue) if may_move else [],
        "page_to_add": page_to_add(issue, board.inspection.pages, by=request.user),
        "unplaced": chosen,
        "here": f"{request.path}?{urlencode({'unplaced': chosen})}",
        "choices": CHOICES.items(),
        "moves": batch_moves(request.user),
        "opts": Issue._meta,
        **release_warning_context(issue),
        "moving": board.articles.get(parse_id(request.GET.get("move", ""))),
        **_last_move(board, request.GET),
        **told,
    }
    status = 409 if "refusal" in told else 200
    return TemplateResponse(request, "admin/articles/issue/board.html", context, status=status)


def _handle_post(request, issue: Issue) -> HttpResponse | dict:
    """Do what was posted; return a redirect, or the context that tells what was done or refused."""
    if MOVE in request.POST:
        return move_ticked(request)
    if PLACE in request.POST:
        return place_ticked(request, issue)
    if RANK in request.POST:
        return _rank(request)
    if ADD in request.POST:
        return _add_page(request, issue)
    step = next((name for name in STEPS if name in request.POST), "")
    if step:
        return _plan(request, issue, step)
    form = MoveForm(_parse_post(request.POST))
    if not form.is_valid():
        return {"refusal": gettext("That did not arrive whole. Nothing was moved.")}
    data = form.cleaned_data
    article = Article.objects.filter(pk=data["article"]).select_related("column").first()
    page = issue.pages.filter(pk=data["page"]).first() if data["page"] else None
    if article is None or (data["page"] and page is None):
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    return _move(request, issue, article, page, data["place"] or 1)


def _move(request, issue: Issue, article: Article, page: Page | None, position: int):
    try:
        with transaction.atomic():
            seen = parse_arrangement(request.POST.get("seen", ""))
            before = put(article, page, position, seen=seen, by=request.user)
            _log(request.user, issue, article, page)
    except PlacementError as error:
        is_stale = isinstance(error, StaleArrangementError)
        wish = {"article": article, "page": page, "place": position}
        return {"refusal": str(error), "wish": wish, "may_try_again": is_stale}
    stood = f"{before.page or ''}-{before.position or ''}"
    return _redirect(request, article=article.pk, stood=stood)


def _plan(request, issue: Issue, step: str) -> HttpResponse | dict:
    page = issue.pages.filter(pk=parse_id(request.POST[step])).first()
    if page is None:
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    try:
        plan(page, STEPS[step], by=request.user)
    except PlacementError as error:
        return {"refusal": str(error)}
    return _redirect(request, planned=page.pk)


def _add_page(request, issue: Issue) -> HttpResponse | dict:
    try:
        page = add_page_to(request, issue)
    except PlacementError as error:
        return {"refusal": str(error)}
    return _redirect(request, planned=page.pk)


def _rank(request) -> HttpResponse | dict:
    return rank_article(request) or _redirect(request, ranked=request.POST[RANK].split(":")[0])


def _parse_post(post) -> dict:
    """Return the data of a MoveForm; the buttons `up` and `down` submit the article alone."""
    for name, step in (("up", -1), ("down", 1)):
        article = parse_id(post.get(name, ""))
        if article is not None:
            place = _place_of(article, post.get("seen", ""))
            position = (place.position or 1) + step
            return {"article": article, "page": place.page, "place": max(position, 1)}
    return post


def _place_of(article: int, seen: str) -> Place:
    for page, ids in parse_arrangement(seen).items():
        if article in ids:
            return Place(page, ids.index(article) + 1)
    return Place()


def _redirect(request, **query) -> HttpResponse:
    query["unplaced"] = request.POST.get("unplaced", "signed")
    article = query.get("article") or query.get("ranked")
    anchor = f"article-{article}" if article else f"page-{query['planned']}"
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}#{anchor}")


def _last_move(board: Board, query) -> dict:
    """Return the article that was moved last, and the place to move it back to."""
    article = board.articles.get(parse_id(query.get("article", "")))
    page, dash, position = query.get("stood", "").partition("-")
    pages = {page.pk: page for page in board.inspection.pages}
    if article is None or not dash or (page and parse_id(page) not in pages):
        return {}
    return {
        "moved": article,
        "back": {"page": pages.get(parse_id(page)), "place": parse_id(position) or 1},
    }


def _log(by: Member, issue: Issue, article: Article, page: Page | None) -> None:
    """Log a move in the history of the issue."""
    article.refresh_from_db(fields=["page", "position"])
    params = {"article": article, "page": page and page.label, "place": article.position}
    message = gettext("Moved “%(article)s” to %(page)s, place %(place)s.")
    if page is None:
        message = gettext("Took “%(article)s” off the page.")
    LogEntry.objects.log_actions(by.pk, [issue], CHANGE, message % params, single_object=True)
