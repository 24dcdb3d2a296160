"""The history of an article: its revisions and moves, any two compared, one restored."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from articles.content import article_html, text
from articles.content.text import parse_id
from articles.editing import saving
from articles.editing.saving import StaleVersionError
from articles.models import Article, Review, Revision, Status
from articles.workflow import LABELS, MoveRefusedError, transitions

from .differences import differences
from .saving_form import CorrectionForm

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class HistoryLine:
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


def history_urls(model_admin) -> list[URLPattern]:
    """Return the URLs of comparing and restoring."""
    views = {"compare": require_GET(compare_view), "restore": require_POST(restore_view)}
    return [
        path(
            f"<int:pk>/{name}/",
            model_admin.admin_site.admin_view(partial(view, model_admin=model_admin)),
            name=f"articles_article_{name}",
        )
        for name, view in views.items()
    ]


def history_page(request, model_admin, pk) -> HttpResponse:
    """List the revisions and moves of an article, the latest first. Six queries of its own."""
    article = _visible_article(request, model_admin, pk)
    page = Paginator(_times(article), PER_PAGE).get_page(request.GET.get("p"))
    lines = _lines(article, page)
    numbers = [line.revision.number for line in lines if not line.is_move]
    context = {
        "title": gettext("History"),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "lines": lines,
        "newer": numbers[0] if numbers else None,
        "older": numbers[1] if len(numbers) > 1 else None,
    }
    return _render(request, model_admin, article, "history", context)


def compare_view(request, pk: int, *, model_admin) -> HttpResponse:
    """Show what differs between two revisions, and offer to restore the earlier one."""
    article = _visible_article(request, model_admin, pk)
    older, newer = (parse_id(request.GET.get(side, "")) for side in ("from", "to"))
    return _comparison(request, model_admin, article, older, newer)


def restore_view(request, pk: int, *, model_admin) -> HttpResponse:
    """Save the words of a revision as a new one; show the comparison again if refused."""
    article = _visible_article(request, model_admin, pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    chosen = parse_id(request.POST.get("number", ""))
    revision = get_object_or_404(article.revisions, number=chosen)
    why = CorrectionForm(request.POST)
    if refusal := _restore(request, revision, why):
        messages.error(request, refusal)
        article.refresh_from_db()
        again = {"why": why, "status": 409}
        return _comparison(request, model_admin, article, chosen, article.version, **again)
    return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))


def _visible_article(request, model_admin, pk) -> Article:
    """Return an article that the member may see. Raises Http404, PermissionDenied."""
    article = model_admin.get_object(request, str(pk))
    if article is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return article


def _comparison(
    request, model_admin, article, older, newer, *, why=None, status=200
) -> HttpResponse:
    rows = article.revisions.filter(number__in=[older, newer]).select_related("made_by")
    found = {row.number: row for row in rows}
    if older not in found or newer not in found:
        raise Http404
    sides = [found[older], found[newer]]
    may_change = model_admin.has_change_permission(request, article)
    others = [side for side in sides if side.number != article.version]
    context = {
        "title": gettext("Two revisions compared"),
        "sides": sides,
        "differences": differences(sides[0].copy, sides[1].copy),
        "restorable": others[0] if may_change and len(others) == 1 else None,
        "is_public": transitions.is_public(article),
        "why": why or CorrectionForm(),
    }
    return _render(request, model_admin, article, "compare", context, status=status)


def _render(request, model_admin, article, name, context, *, status=200) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "article": article,
        "opts": model_admin.opts,
        **context,
    }
    template = f"admin/articles/article/{name}.html"
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def _restore(request: HttpRequest, revision: Revision, why: CorrectionForm) -> str:
    """Restore a revision and add messages; return what prevents it, or nothing."""
    if not why.is_valid():
        return gettext("Please correct the fields marked.")
    try:
        result = saving.restore(
            revision,
            version=parse_id(request.POST.get("_version", "")),
            by=request.user,
            **why.cleaned_data,
        )
    except StaleVersionError:
        return gettext("Somebody has saved this article since you looked. Please look again.")
    except MoveRefusedError as refusal:
        return str(refusal)
    if result.revision is None:
        messages.info(request, gettext("The words are those of this revision already."))
        return ""
    restored = gettext("Restored as revision %(number)d.")
    messages.success(request, restored % {"number": result.revision.number})
    if result.revision.digest != revision.digest:
        missing = gettext("A picture that is no longer in the library could not be restored.")
        messages.warning(request, missing)
    if result.article.status != result.former_status:
        messages.warning(request, gettext("The words have changed: they must be read again."))
    return ""


def _times(article: Article):
    """Select (instant, whether a move, key) of revisions and moves, the latest first."""
    revisions, reviews = (
        rows.order_by()
        .annotate(is_move=Value(kind, IntegerField()))
        .values_list("made_at", "is_move", "pk")
        for kind, rows in enumerate((article.revisions, article.reviews))
    )
    return revisions.union(reviews, all=True).order_by("-made_at", "-is_move", "-pk")


def _lines(article: Article, page: Page) -> list[HistoryLine]:
    """Return the lines of one page of a history. Three queries."""
    keys = [(is_move, key) for _at, is_move, key in page]
    revisions = Revision.objects.select_related("made_by").in_bulk(_keys(keys, 0))
    reviews = Review.objects.select_related("made_by", "revision").defer("revision__stored_copy")
    reviews = reviews.in_bulk(_keys(keys, 1))
    lengths = _lengths(article, revisions.values())
    return [
        _review_line(reviews[key]) if is_move else _revision_line(revisions[key], lengths)
        for is_move, key in keys
    ]


def _keys(keys: list[tuple], kind: int) -> list[int]:
    return [key for is_move, key in keys if is_move == kind]


def _lengths(article: Article, shown: Iterable[Revision]) -> dict[int, int]:
    """Return how many 字 revisions have, and the one before them, by number. One query."""
    rows = {row.number: row for row in shown}
    before = [each - 1 for each in rows if each - 1 not in rows]
    rows |= {row.number: row for row in article.revisions.filter(number__in=before)}
    return {
        each: text.count(article_html.plain_text(row.copy.body, as_typed=True))
        for each, row in rows.items()
    }


def _revision_line(row: Revision, lengths: dict[int, int]) -> HistoryLine:
    length, before = lengths[row.number], lengths.get(row.number - 1)
    return HistoryLine(
        at=row.made_at,
        who=row.made_by,
        what=row.get_change_display(),
        status=str(Status(row.status).label) if row.status in Status else row.status,
        note=row.reason,
        revision=row,
        length=length,
        grown=None if before is None else length - before,
    )


def _review_line(row: Review) -> HistoryLine:
    return HistoryLine(
        at=row.made_at,
        who=row.maker,
        what=str(LABELS.get(row.move, row.move)),
        status=f"{row.get_from_status_display()} → {row.get_to_status_display()}",
        note=row.note,
        revision=row.revision,
        is_move=True,
    )
