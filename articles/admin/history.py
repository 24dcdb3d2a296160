"""The history of an article: its revisions and moves, any two compared, one restored."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from articles import body, editing, text, workflow
from articles.editing import MovedOn
from articles.models import Article, Review, Revision, Status
from articles.workflow import LABELS, MoveRefused

from .corrections import Why
from .differences import differences
from .opening import number

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history: a revision with its number, or a move of the revision named."""

    at: object
    who: object
    what: str
    status: str
    note: str
    revision: Revision
    is_move: bool = False
    length: int = 0
    grown: int | None = None


class History:
    """Replaces the admin's own journal by the revisions and moves. Mixed into the ModelAdmin."""

    def get_urls(self):
        """Add the addresses of comparing and restoring."""
        views = {
            "compare": require_GET(self.compare_view),
            "restore": require_POST(self.restore_view),
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"articles_article_{name}",
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """List the revisions and moves of an article, the latest first. Six queries of its own."""
        article = self._article(request, object_id)
        page = Paginator(_times(article), PER_PAGE).get_page(request.GET.get("p"))
        lines = _lines(article, page)
        made = [line.revision.number for line in lines if not line.is_move]
        context = {
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "lines": lines,
            "newer": made[0] if made else None,
            "older": made[1] if len(made) > 1 else None,
        }
        title = gettext("History")
        return self._shown(request, article, "history", {"title": title, **context})

    def compare_view(self, request, pk: int):
        """Show what differs between two revisions, and offer to restore the earlier one."""
        article = self._article(request, pk)
        numbers = number(request.GET.get("from", "")), number(request.GET.get("to", ""))
        return self._compared(request, article, *numbers)

    def restore_view(self, request, pk: int):
        """Store the words of a revision as a new one; show the difference again if refused."""
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        chosen = number(request.POST.get("number", ""))
        revision = get_object_or_404(article.revisions, number=chosen)
        why = Why(request.POST)
        if refusal := _restore(request, revision, why):
            messages.error(request, refusal)
            article.refresh_from_db()
            return self._compared(request, article, chosen, article.version, why=why, status=409)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))

    def _article(self, request, pk) -> Article:
        """Return an article that the member may see. Raises Http404, PermissionDenied."""
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def _compared(self, request, article, older, newer, *, why=None, status=200) -> HttpResponse:
        rows = article.revisions.filter(number__in=[older, newer]).select_related("made_by")
        found = {row.number: row for row in rows}
        if older not in found or newer not in found:
            raise Http404
        sides = [found[older], found[newer]]
        may = self.has_change_permission(request, article)
        others = [side for side in sides if side.number != article.version]
        context = {
            "title": gettext("Two revisions compared"),
            "sides": sides,
            "differences": differences(sides[0].copy, sides[1].copy),
            "restorable": others[0] if may and len(others) == 1 else None,
            "is_public": workflow.is_public(article),
            "why": why or Why(),
        }
        return self._shown(request, article, "compare", context, status=status)

    def _shown(self, request, article, name, context, *, status=200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "article": article,
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **context,
        }
        template = f"admin/articles/article/{name}.html"
        response = TemplateResponse(request, template, context, status=status)
        add_never_cache_headers(response)
        return response


def _restore(request: HttpRequest, revision: Revision, why: Why) -> str:
    """Restore a revision and tell how it went; return what is in the way, or nothing."""
    if not why.is_valid():
        return gettext("Please correct the fields marked.")
    try:
        stored = editing.restore(
            revision,
            seen=number(request.POST.get("_version", "")),
            by=request.user,
            **why.cleaned_data,
        )
    except MovedOn:
        return gettext("Somebody has saved this article since you looked. Please look again.")
    except MoveRefused as refusal:
        return str(refusal)
    if stored.revision is None:
        messages.info(request, gettext("The words are those of this revision already."))
        return ""
    said = gettext("Restored as revision %(number)d.") % {"number": stored.revision.number}
    messages.success(request, said)
    if stored.revision.digest != revision.digest:
        missing = gettext("A picture that is no longer in the library could not be restored.")
        messages.warning(request, missing)
    if stored.article.status != stored.was:
        messages.warning(request, gettext("The words have changed: they must be read again."))
    return ""


def _times(article: Article):
    """Select when what was made: (instant, whether a move, key), the latest first."""
    made, moved = (
        rows.order_by()
        .annotate(is_move=Value(kind, IntegerField()))
        .values_list("made_at", "is_move", "pk")
        for kind, rows in enumerate((article.revisions, article.reviews))
    )
    return made.union(moved, all=True).order_by("-made_at", "-is_move", "-pk")


def _lines(article: Article, page: Page) -> list[Line]:
    """Return the lines of one page of a history. Three queries."""
    keys = [(is_move, key) for _at, is_move, key in page]
    revisions = Revision.objects.select_related("made_by").in_bulk(_keys(keys, 0))
    reviews = Review.objects.select_related("made_by", "revision").defer("revision__stored_copy")
    reviews = reviews.in_bulk(_keys(keys, 1))
    lengths = _lengths(article, revisions.values())
    return [
        _moved(reviews[key]) if is_move else _made(revisions[key], lengths) for is_move, key in keys
    ]


def _keys(keys: list[tuple], kind: int) -> list[int]:
    return [key for is_move, key in keys if is_move == kind]


def _lengths(article: Article, shown: Iterable[Revision]) -> dict[int, int]:
    """Return how many 字 revisions have, and the one before them, by number. One query."""
    rows = {row.number: row for row in shown}
    before = [each - 1 for each in rows if each - 1 not in rows]
    rows |= {row.number: row for row in article.revisions.filter(number__in=before)}
    return {each: text.count(body.plain(row.copy.body)) for each, row in rows.items()}


def _made(row: Revision, lengths: dict[int, int]) -> Line:
    length, before = lengths[row.number], lengths.get(row.number - 1)
    return Line(
        at=row.made_at,
        who=row.made_by,
        what=row.get_change_display(),
        status=str(Status(row.status).label) if row.status in Status else row.status,
        note=row.reason,
        revision=row,
        length=length,
        grown=None if before is None else length - before,
    )


def _moved(row: Review) -> Line:
    return Line(
        at=row.made_at,
        who=row.maker,
        what=str(LABELS.get(row.move, row.move)),
        status=f"{row.get_from_status_display()} → {row.get_to_status_display()}",
        note=row.note,
        revision=row.revision,
        is_move=True,
    )
