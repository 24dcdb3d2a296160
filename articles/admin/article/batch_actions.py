"""Steps with the articles that are ticked in the list: workflow moves, and another page.

Each row says in a hidden field how it was shown: what has changed since is refused by name.
"""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.batch_messages import add_batch_message
from articles.content.text import parse_id
from articles.editing.batch import SeenArticle, move_all, place_all
from articles.models import Issue, Member, Page
from articles.workflow.moves import MOVES, Move, stages
from articles.workflow.permissions import permissions_of

# The latest unreleased issues, whose pages can be chosen.
ISSUES = 10
PLACE = "place"


class BatchActionForm(ActionForm):
    """The step to take, and the page to which articles go."""

    page = forms.CharField(label=_("to page"), required=False)


def batch_moves(member: Member) -> dict[str, Move]:
    """Return the moves that a member may make with several articles: those without a note."""
    permissions = permissions_of(member)
    return {
        name: step
        for name, step in MOVES.items()
        if step.permission in permissions and not step.needs_note and _is_in_use(step)
    }


def open_pages() -> list[Page]:
    """Return the pages of the latest unreleased issues, the latest first. One query."""
    latest = Issue.objects.filter(released_at=None).order_by("-issued_on", "-edition")
    return list(Page.objects.filter(issue__in=latest.values("pk")[:ISSUES]).select_related("issue"))


def _is_in_use(step: Move) -> bool:
    """Tell whether the newsroom has the stage that a review ends."""
    return not step.is_review or any(stage in stages() for stage in step.sources)


class BatchActionsMixin:
    """Adds the steps that a member may take to the list of articles."""

    action_form = BatchActionForm

    def get_actions(self, request):
        """Return the steps by their names; none where an article is chosen in a popup."""
        if "_popup" in request.GET:
            return {}
        found = {name: _action(name, step) for name, step in batch_moves(request.user).items()}
        if request.user.has_perm("articles.change_article"):
            found[PLACE] = (place_articles, PLACE, _("Move"))
        return found

    def action_checkbox(self, article):
        """Render the tick box of a row, with what the row shows of the article."""
        seen = format_html('<input type="hidden" name="seen" value="{}">', SeenArticle.of(article))
        return super().action_checkbox(article) + seen

    def changelist_view(self, request, extra_context=None):
        """Offer the pages to which articles can go. One query."""
        pages = open_pages() if request.method == "GET" else []
        return super().changelist_view(request, {"open_pages": pages, **(extra_context or {})})


def ticked(request) -> list[SeenArticle]:
    """Return the ticked articles as the list showed them, in its order."""
    ticks = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    rows = (SeenArticle.parse(line) for line in request.POST.getlist("seen"))
    return [row for row in rows if row and str(row.pk) in ticks]


def _action(name: str, step: Move) -> tuple[Callable, str, str]:
    return partial(move_articles, name=name), name, step.label


def move_articles(model_admin, request, queryset, *, name: str) -> None:
    """Make a move with the ticked articles, also those that the filter shows no longer."""
    result = move_all(ticked(request), name, by=request.user)
    add_batch_message(request, MOVES[name].label, result)


def place_articles(model_admin, request, queryset) -> None:
    """Put the ticked articles at the end of the chosen page."""
    page = Page.objects.filter(pk=parse_id(request.POST.get("page", ""))).first()
    if page is None:
        messages.error(request, gettext("Please choose a page. Nothing was moved."))
        return
    result = place_all(ticked(request), page, by=request.user)
    step = gettext("Move to %(page)s") % {"page": page.title}
    add_batch_message(request, step, result)
