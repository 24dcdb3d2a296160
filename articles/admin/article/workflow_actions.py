"""Workflow moves on the article form: their buttons, their notes, and the latest reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles import revisions
from articles.admin.navigation import lead_back
from articles.admin.reading.finding_views import findings_context
from articles.content.text import parse_id
from articles.models import Article, Change, Member, Review
from articles.workflow import (
    LABELS,
    MOVES,
    REVIEWING,
    MoveRefusedError,
    available_moves,
    is_public,
    move,
)
from articles.workflow.permissions import (
    UNDER_REVIEW,
    corrects_while_reviewing,
    last_seen,
    permissions_of,
    stage_after_change,
)

from .differences import differences

# The number of past reviews that the form shows; the review sheet shows all.
SHOWN = 5
# The notes of a move: for the desk, and for readers. The session key of those of a refused one.
NOTES = {"note": "_note", "public_note": "_public_note"}
UNUSED_NOTES = "notes_not_taken"
# The parameter of an address that names the revision which a refused move was made on.
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class WorkflowButton:
    """A button: the move, its label, and why it is refused ("" if it is not)."""

    name: str
    label: str
    refusal: str
    needs_note: bool
    is_forward: bool

    @classmethod
    def of(cls, name: str, refusal: str = "") -> "WorkflowButton":
        """Return the button of a move."""
        step = MOVES[name]
        return cls(name, step.label, refusal, step.needs_note, step.is_forward)


def move_urls(model_admin) -> list[URLPattern]:
    """Return the URL of moves, for articles whose form is only shown."""
    view = model_admin.admin_site.admin_view(partial(move_view, model_admin))
    return [path("<int:pk>/move/", view, name="articles_article_move")]


def move_view(model_admin, request, pk: int):
    """Make the move that was posted, on the words seen; then show the article again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article, name = article_to_move(model_admin, request, pk)
    is_moved = perform_move(request, article, name, seen=shown_state(request))
    form = HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    return lead_back(request, form, f"#article-{pk}", is_done=is_moved)


def article_to_move(model_admin, request, pk: int) -> tuple[Article, str]:
    """Return the article and the move that were posted. Raises Http404, PermissionDenied."""
    article = get_object_or_404(Article, pk=pk)
    name = request.POST.get("_move", "")
    may_view = model_admin.has_view_permission(request, article)
    if not may_view or not _has_permission(request.user, name):
        raise PermissionDenied
    return article, name


def move_saved(request, article: Article, name: str) -> bool:
    """Make the move whose button has saved the form: what is reviewed is what the form showed.

    Tells whether it was made.
    """
    return perform_move(request, article, name, seen=_saved_state(request, article))


def move_created(request, article: Article, name: str) -> bool:
    """Make the move whose button has saved a new article; tells whether it was made."""
    return perform_move(request, article, name, seen=(article.version, article.status))


def perform_move(request, article: Article, name: str, *, seen: tuple[int, str]) -> bool:
    """Make a move on the version and status seen, and add a message; tell whether it was made.

    The note of a refused move is shown again by the form.
    """
    version, status = seen
    notes = {name: request.POST.get(field, "") for name, field in NOTES.items()}
    try:
        move(article, name, by=request.user, version=version, status=status, **notes)
    except MoveRefusedError as refusal:
        keep_notes(request, article, request.POST)
        messages.error(request, f"{article}：{refusal}")
        return False
    messages.success(request, f"{article}：{MOVES[name].done}")
    return True


def new_article_context(request) -> dict:
    """Return the move that the form of a new article offers: it can be submitted at once."""
    may_submit = MOVES["submit"].permission in permissions_of(request.user)
    return {"next_step": WorkflowButton.of("submit") if may_submit else None}


def form_context(request, article: Article) -> dict:
    """Return what the article form shows of the workflow. Twelve queries at most."""
    context = workflow_context(request, article)
    findings = article.findings.select_related("dismissed_by")
    may_pass = bool(context["next_step"])
    return context | {
        "is_under_review": article.status in REVIEWING,
        "after_change": _after_change(article, by=request.user, may_pass=may_pass),
        **findings_context(article, findings),
    }


def workflow_context(request, article: Article) -> dict:
    """Return the steps, the latest reviews, and what has changed since the member saw it.

    Nine queries at most, however many reviews.
    """
    refusals = available_moves(article, by=request.user)
    steps = [WorkflowButton.of(name, refusal) for name, refusal in refusals.items()]
    next_step = next((step for step in steps if step.is_forward and not step.refusal), None)
    reviews = article.reviews.select_related("made_by", "revision")
    reviews = labelled(reviews.defer("revision__stored_copy").order_by("-pk")[: SHOWN + 1])
    return {
        "steps": steps,
        "next_step": next_step,
        "other_steps": [step for step in steps if step is not next_step],
        "status_seen": request.POST.get("_status") or article.status,
        **_kept_notes(request, article),
        "reviews": reviews[:SHOWN],
        "has_more_reviews": len(reviews) > SHOWN,
        **_since_last_seen(request, article),
    }


def _after_change(article: Article, *, by: Member, may_pass: bool) -> str:
    """Return what a change of words under review will bring; "" where it brings nothing.

    `may_pass` tells whether the member may pass them as they are. Two queries at most, where they
    are under review.
    """
    if article.status not in UNDER_REVIEW or is_public(article):
        return ""
    stage = stage_after_change(article, by=by)
    if stage != article.status:
        message = _(
            "When the change is saved, it goes back to “%(stage)s”: somebody else reads it."
        )
    elif may_pass and corrects_while_reviewing(article, by):
        message = _("When the change is saved, it stays at “%(stage)s”, and you may pass it.")
    else:
        message = _("When the change is saved, it stays at “%(stage)s”: somebody else reads it.")
    return message % {"stage": stage.label}


def labelled(reviews: Iterable[Review]) -> list[Review]:
    """Return reviews that know the label of their move. One query where they are not loaded."""
    reviews = list(reviews)
    for review in reviews:
        review.label = LABELS.get(review.move, review.move)
    return reviews


def _since_last_seen(request, article: Article) -> dict:
    """Return the earlier words that a reviewer saw last, and what has changed since."""
    if article.status not in REVIEWING:
        return {}
    shown = parse_id(request.GET.get(SEEN, ""))
    seen = last_seen(article, by=request.user, shown=shown)
    if seen is None:
        return {}
    now = revisions.current(article)
    return {"last_seen": seen, "differences": differences(seen.revision.copy, now.copy)}


def keep_notes(request, article: Article, posted) -> None:
    """Keep the notes of a form in the session, so that the article's form shows them again."""
    typed = {name: posted.get(field, "") for name, field in NOTES.items()}
    if any(typed.values()):
        request.session[UNUSED_NOTES] = [article.pk, typed]


def _kept_notes(request, article: Article) -> dict[str, str]:
    """Return the notes to show again: those just posted, or those of a refused move."""
    pk, typed = request.session.get(UNUSED_NOTES, [None, {}])
    if pk == article.pk:
        del request.session[UNUSED_NOTES]
        return typed
    return {name: request.POST.get(field, "") for name, field in NOTES.items()}


def _has_permission(member, name: str) -> bool:
    """Tell whether a member has the permission for a move; an unknown one needs none."""
    return name not in MOVES or MOVES[name].permission in permissions_of(member)


def shown_state(request) -> tuple[int, str]:
    """Return the version and the status that the page showed; -1 for nonsense."""
    version = parse_id(request.POST.get("_version", ""))
    return -1 if version is None else version, request.POST.get("_status", "")


def _saved_state(request, article: Article) -> tuple[int, str]:
    """Return the version and the status that a member has seen who has just saved a form.

    They have seen what they saved on top of what the page showed, but not what somebody else
    had saved in between, even where both were merged.
    """
    version, status = shown_state(request)
    latest = revisions.current(article)
    opened = version or 1  # Words without a revision became the first one as they were.
    is_next = latest.number == opened + 1 and latest.made_by_id == request.user.pk
    if is_next and latest.change != Change.MERGED:
        return article.version, article.status
    return opened, status
