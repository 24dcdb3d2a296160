"""The board of an issue: pages side by side, articles moved between them. Works without scripts."""

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

from articles.board import UNPLACED, Board
from articles.models import Article, Issue, Member, Page
from articles.placement import (
    ArrangedMeanwhile,
    Place,
    PlacementRefused,
    from_text,
    plan,
    put,
)

from .missing import missing_context

CHOICES = {"signed": _("signed off"), "mine": _("my own"), "all": _("all at work")}
LARGEST = 2**63 - 1
STEPS = {"more": 1, "fewer": -1}


class MoveForm(forms.Form):
    """Which article goes to which place; no page means off the paper."""

    article = forms.IntegerField(min_value=1, max_value=LARGEST)
    page = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    place = forms.IntegerField(min_value=1, max_value=999, required=False)


def board_screen(request, pk: int, *, site):
    """Show the board of an issue; a POST moves one article or plans one place.

    403 without the right to see issues and articles, or, on POST, to change issues.
    """
    if not request.user.has_perms(["articles.view_issue", "articles.view_article"]):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    said = {}
    if request.method == "POST":
        if not request.user.has_perm("articles.change_issue"):
            raise PermissionDenied
        said = _act(request, issue)
    if isinstance(said, HttpResponse):
        return said
    return _show(request, issue, site, said)


def _show(request, issue: Issue, site, said: dict):
    chosen = (request.POST or request.GET).get("unplaced", "")
    chosen = chosen if chosen in UNPLACED else "signed"
    board = Board.of(issue, by=request.user, unplaced=chosen)
    held = issue.released_at and not request.user.has_perm("articles.release_issue")
    context = {
        **site.each_context(request),
        "title": gettext("Board of %(issue)s") % {"issue": issue},
        "issue": issue,
        "board": board,
        "may_move": request.user.has_perm("articles.change_issue") and not held,
        "unplaced": chosen,
        "choices": CHOICES.items(),
        "opts": Issue._meta,
        **missing_context(issue),
        "moving": board.articles.get(_number(request.GET.get("move", ""))),
        **_last(board, request.GET),
        **said,
    }
    status = 409 if said else 200
    return TemplateResponse(request, "admin/articles/issue/board.html", context, status=status)


def _act(request, issue: Issue) -> HttpResponse | dict:
    """Do what was asked: an address to go on to, or what to say on the board."""
    kind = next((name for name in STEPS if name in request.POST), "")
    if kind:
        return _plan(request, issue, kind)
    form = MoveForm(_wanted(request.POST))
    if not form.is_valid():
        return {"refusal": gettext("That did not arrive whole. Nothing was moved.")}
    wanted = form.cleaned_data
    article = Article.objects.filter(pk=wanted["article"]).select_related("column").first()
    page = issue.pages.filter(pk=wanted["page"]).first() if wanted["page"] else None
    if article is None or (wanted["page"] and page is None):
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    return _move(request, issue, article, page, wanted["place"] or 1)


def _move(request, issue: Issue, article: Article, page: Page | None, position: int):
    try:
        with transaction.atomic():
            seen = from_text(request.POST.get("seen", ""))
            stood = put(article, page, position, seen=seen, by=request.user)
            _log(request.user, issue, article, page)
    except PlacementRefused as refusal:
        again = isinstance(refusal, ArrangedMeanwhile)
        wish = {"article": article, "page": page, "place": position}
        return {"refusal": str(refusal), "wish": wish, "may_try_again": again}
    return _go_on(request, article=article.pk, stood=f"{stood.page or ''}-{stood.position or ''}")


def _plan(request, issue: Issue, kind: str) -> HttpResponse | dict:
    number = request.POST[kind]
    page = issue.pages.filter(pk=number).first() if number.isdecimal() else None
    if page is None:
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    try:
        plan(page, STEPS[kind], by=request.user)
    except PlacementRefused as refusal:
        return {"refusal": str(refusal)}
    return _go_on(request, planned=page.pk)


def _wanted(post) -> dict:
    """Return what a button or the panel asks for: `up` and `down` name the article alone."""
    for name, step in (("up", -1), ("down", 1)):
        if post.get(name, "").isdecimal():
            place = _place_of(int(post[name]), post.get("seen", ""))
            position = (place.position or 1) + step
            return {"article": post[name], "page": place.page, "place": max(position, 1)}
    return post


def _place_of(article: int, seen: str) -> Place:
    for page, ids in from_text(seen).items():
        if article in ids:
            return Place(page, ids.index(article) + 1)
    return Place()


def _go_on(request, **told) -> HttpResponse:
    told["unplaced"] = request.POST.get("unplaced", "signed")
    anchor = f"#article-{told['article']}" if "article" in told else f"#page-{told['planned']}"
    return HttpResponseRedirect(f"{request.path}?{urlencode(told)}{anchor}")


def _last(board: Board, query) -> dict:
    """Return the article that was moved last, and the place to which it can go back."""
    article = board.articles.get(_number(query.get("article", "")))
    page, dash, position = query.get("stood", "").partition("-")
    pages = {page.pk: page for page in board.found.pages}
    if article is None or not dash or (page and _number(page) not in pages):
        return {}
    return {
        "moved": article,
        "back": {"page": pages.get(_number(page)), "place": _number(position) or 1},
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _log(by: Member, issue: Issue, article: Article, page: Page | None) -> None:
    """Note a move in the history of the issue."""
    article.refresh_from_db(fields=["page", "position"])
    facts = {"article": article, "page": page and page.label, "place": article.position}
    said = gettext("Moved “%(article)s” to %(page)s, place %(place)s.")
    if page is None:
        said = gettext("Took “%(article)s” off the page.")
    LogEntry.objects.log_actions(by.pk, [issue], CHANGE, said % facts, single_object=True)
