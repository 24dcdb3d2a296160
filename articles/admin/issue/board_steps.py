"""Steps with the articles that are ticked on the board, the rank of one, and one page more."""

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext

from articles.admin.article.batch_actions import open_pages
from articles.admin.batch_messages import describe
from articles.content.text import parse_id
from articles.editing.batch import BatchResult, SeenArticle, move_all, place_all
from articles.editing.pages import add_page, next_label, usual_name
from articles.editing.placement import PlacementError, set_rank
from articles.models import Issue, Member, Page, Rank
from articles.workflow import MOVES, MoveRefusedError

# The buttons: a workflow move, the page to which articles go, the rank of one, one page more.
MOVE, PLACE, RANK, ADD = "step", "to", "rank", "add_page"
# The value of PLACE for a page of another issue, and the field that says which.
ELSEWHERE, OTHER_PAGE = "elsewhere", "other_page"


def ticked(request) -> list[SeenArticle]:
    """Return the ticked articles as the board showed them, in its order."""
    rows = (SeenArticle.parse(line) for line in request.POST.getlist("tick"))
    return [row for row in rows if row]


def move_ticked(request) -> dict:
    """Make a workflow move with the ticked articles; return the context that tells of it."""
    name, seen = request.POST[MOVE], ticked(request)
    if name not in MOVES:
        return {"refusal": gettext("There is no such step.")}
    if not seen:
        return {"refusal": gettext("Please tick articles first.")}
    return _told(str(MOVES[name].label), move_all(seen, name, by=request.user))


def place_ticked(request, issue: Issue) -> dict:
    """Move the ticked articles to a page, or off the page; return the context that tells of it."""
    seen, wanted = ticked(request), request.POST[PLACE]
    pages = issue.pages.all()
    if wanted == ELSEWHERE:
        wanted = request.POST.get(OTHER_PAGE)
        pages = Page.objects.filter(issue__released_at=None)
        if not wanted:
            return {"refusal": gettext("Please choose a page. Nothing was moved.")}
    page = pages.select_related("issue").filter(pk=parse_id(wanted)).first()
    if wanted and page is None:
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    if not seen:
        return {"refusal": gettext("Please tick articles first.")}
    step = gettext("Take off the page")
    if page:
        told = page.title if page.issue_id == issue.pk else str(page)
        step = gettext("Move to %(page)s") % {"page": told}
    return _told(step, place_all(seen, page, by=request.user))


def rank_article(request) -> dict:
    """Set the rank of one article; return the context of a refusal, empty where it is set."""
    article, _colon, rank = request.POST[RANK].partition(":")
    if parse_id(article) is None or (rank and parse_id(rank) not in Rank.values):
        return {"refusal": gettext("That did not arrive whole. Nothing was moved.")}
    try:
        set_rank(parse_id(article), parse_id(rank), by=request.user)
    except (PlacementError, MoveRefusedError) as error:
        return {"refusal": str(error)}
    return {}


def pages_elsewhere(issue: Issue) -> list[Page]:
    """Return the pages of other issues to which articles can be moved. One query."""
    return [page for page in open_pages() if page.issue_id != issue.pk]


def page_to_add(issue: Issue, pages: Sequence[Page], *, by: Member) -> dict | None:
    """Return the label and the name of a page that could be added; None where none may be.

    `pages` are those of the issue, in order. One query.
    """
    if issue.released_at or not by.has_perms(["articles.change_issue", "articles.add_page"]):
        return None
    label = next_label([page.label for page in pages])
    return {"label": label, "name": usual_name(label)}


def add_page_to(request, issue: Issue) -> Page:
    """Add the page that was asked for, and log it. Raises PlacementError."""
    name = request.POST.get("page_name", "")
    page = add_page(issue, request.POST.get("page_label", ""), name, by=request.user)
    message = gettext("Added the page %(page)s.") % {"page": page.title}
    LogEntry.objects.log_actions(request.user.pk, [issue], CHANGE, message, single_object=True)
    return page


def _told(step: str, result: BatchResult) -> dict:
    words = describe(step, result)
    return {"refusal": words} if result.refused else {"done": words}
