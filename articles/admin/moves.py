"""The procedure on the article form: its steps, their reasons, and what readers have changed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from articles import revisions
from articles.duties import last_read, rights
from articles.models import Article, Change
from articles.workflow import LABELS, MOVES, REVIEWING, MoveRefused, move, open_moves

from .differences import differences

# How many of the past moves the form shows; the review sheet shows all.
SHOWN = 5
KEPT = "note_not_taken"


@dataclass(frozen=True, slots=True)
class Step:
    """A button: the move, its words, and what bars it ("" if nothing)."""

    name: str
    label: str
    refusal: str
    needs_note: bool


class Moves:
    """Adds the steps open to the member to the article form (`_moves.html`, `_procedure.html`).

    A button of a form that can be saved stores the form first and then takes the step with
    what was stored: nothing typed is lost, and what is read is what the form showed. Where the
    form is only shown, the button goes to an address of its own. Mixed into the ModelAdmin.
    """

    def get_urls(self):
        """Add the address of the steps."""
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/", view, name="articles_article_move"), *super().get_urls()]

    def move_view(self, request, pk: int):
        """Take the step that was posted, on the words seen; then show the article again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = get_object_or_404(Article, pk=pk)
        name = request.POST.get("_move", "")
        if not self.has_view_permission(request, article) or not _has_right(request.user, name):
            raise PermissionDenied
        take_step(request, article, name, seen=_posted(request))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context |= _procedure(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        if name := request.POST.get("_move"):
            take_step(request, obj, name, seen=_seen(request, obj))
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)


def take_step(request, article: Article, name: str, *, seen: tuple[int, str]) -> None:
    """Take a step on the version and status seen, and tell the member how it went.

    The note of a step that was refused is kept for the form.
    """
    version, status = seen
    note = request.POST.get("_note", "")
    try:
        move(article, name, by=request.user, version=version, status=status, note=note)
    except MoveRefused as refusal:
        request.session[KEPT] = [article.pk, note]
        messages.error(request, f"{article}：{refusal}")
    else:
        messages.success(request, f"{article}：{MOVES[name].done}")


def _procedure(request, article: Article) -> dict:
    """Return what the form shows of the procedure. Nine queries at most, whatever its past."""
    refusals = open_moves(article, by=request.user)
    reviews = article.reviews.select_related("made_by", "revision")
    reviews = list(reviews.defer("revision__stored_copy").order_by("-pk")[: SHOWN + 1])
    for review in reviews:
        review.label = LABELS.get(review.move, review.move)
    return {
        "steps": [
            Step(name, MOVES[name].label, refusal, MOVES[name].needs_note)
            for name, refusal in refusals.items()
        ],
        "status_seen": request.POST.get("_status") or article.status,
        "note": _note(request, article),
        "reviews": reviews[:SHOWN],
        "has_more_reviews": len(reviews) > SHOWN,
        **_since_last_read(request, article),
    }


def _since_last_read(request, article: Article) -> dict:
    """Return the last reading of earlier words and what has changed since, where one must read."""
    is_reading = article.status in REVIEWING
    review = last_read(article, by=request.user) if is_reading else None
    if review is None:
        return {}
    now = revisions.current(article)
    return {"last_read": review, "differences": differences(review.revision.copy, now.copy)}


def _note(request, article: Article) -> str:
    """Return the note to show again: one just posted, or one of a step that was refused."""
    pk, note = request.session.get(KEPT, [None, ""])
    if pk == article.pk:
        del request.session[KEPT]
        return note
    return request.POST.get("_note", "")


def _has_right(member, name: str) -> bool:
    """Tell whether a member has the right that a step takes; a step unknown takes none."""
    return name not in MOVES or MOVES[name].permission in rights(member)


def _posted(request) -> tuple[int, str]:
    """Return the version and the status that the page showed; nonsense was never seen."""
    version = request.POST.get("_version", "")
    is_number = version.isascii() and version.isdigit() and len(version) < 10
    return (int(version) if is_number else -1), request.POST.get("_status", "")


def _seen(request, stored: Article) -> tuple[int, str]:
    """Return what a member has seen who has just stored a form.

    What they stored on top of what the page showed, they have seen too; but not what somebody
    else had stored in between, even where both were merged.
    """
    version, status = _posted(request)
    latest = revisions.current(stored)
    opened = version or 1  # Words without a revision became the first one as they stood.
    on_top = latest.number == opened + 1 and latest.made_by_id == request.user.pk
    if on_top and latest.change != Change.MERGED:
        return stored.version, stored.status
    return opened, status
