"""Steps with the articles that are ticked on the board, and the rank of one by a click."""

from django.utils.translation import gettext

from articles.admin.batch_messages import describe
from articles.content.text import parse_id
from articles.editing.batch import BatchResult, SeenArticle, move_all, place_all
from articles.editing.placement import PlacementError, set_rank
from articles.models import Issue, Rank
from articles.workflow import MOVES, MoveRefusedError

# The buttons: a workflow move, the page to which articles go, the rank of one article.
MOVE, PLACE, RANK = "step", "to", "rank"


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
    page = issue.pages.select_related("issue").filter(pk=parse_id(wanted)).first()
    if wanted and page is None:
        return {"refusal": gettext("The article or the page has been deleted. Nothing was moved.")}
    if not seen:
        return {"refusal": gettext("Please tick articles first.")}
    step = gettext("Take off the page")
    if page:
        step = gettext("Move to %(page)s") % {"page": page.title}
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


def _told(step: str, result: BatchResult) -> dict:
    words = describe(step, result)
    return {"refusal": words} if result.refused else {"done": words}
