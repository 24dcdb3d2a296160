"""The screen on which the reading of a page is corrected and made into drafts.

Works without scripts: every button is a form's, and which line it is about stands in the address.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import raw_pages
from articles.galley import Galley
from articles.intake.editing import Step
from articles.intake.storing import NotStored, Outcome, store
from articles.models import RawPage
from articles.raw_pages import ReadMeanwhile
from articles.readings import KINDS, told_outcome

# What a line can be made into, with its key; and what can be done with it.
KEYS = {
    "column": "1", "kicker": "2", "headline": "3", "deck": "4", "body": "5", "subhead": "6",
    "caption": "7", "credit": "8", "byline": "9", "furniture": "0",
    "note": "N", "source": "Q", "signoff": "L", "verse": "V",
}  # fmt: skip
ACTS = {
    "confirm": ("Enter", _("Read rightly")),
    "join": ("J", _("Goes on from above")),
    "part": ("P", _("Paragraph of its own")),
    "split": ("S", _("Cut in two…")),
    "begin": ("B", _("Article begins here")),
    "merge": ("M", _("Belongs to the article above")),
    "up": ("Alt+↑", _("Move up")),
    "down": ("Alt+↓", _("Move down")),
}
LOST = _("That did not arrive whole, or the line is not there any more. Nothing was changed.")
MEANWHILE = _("The reading was corrected in another window. This is how it stands now.")


def galley_screen(request, object_id: str, *, site):
    """Show a text beside its reading; a POST corrects it, or makes the drafts.

    403 without the right to write articles.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    raw = _found(object_id)
    said = {}
    if request.method == "POST":
        said = _store(request, raw) if "store" in request.POST else _correct(request, raw)
    if isinstance(said, HttpResponseRedirect):
        return said
    galley = Galley.of(raw)
    context = {
        **site.each_context(request),
        "title": gettext("Read in %(page)s") % {"page": raw.page},
        "raw": raw,
        "galley": galley,
        "chosen": _chosen(request, galley),
        "kinds": [(name, KINDS[name], key) for name, key in KEYS.items()],
        "acts": [(name, label, key) for name, (key, label) in ACTS.items()],
        "others": _others(raw),
        "opts": RawPage._meta,
        "is_nav_sidebar_enabled": False,
        **said,
    }
    status = 409 if said else 200
    return TemplateResponse(request, "admin/articles/rawpage/galley.html", context, status=status)


def _found(object_id: str) -> RawPage:
    rows = RawPage.objects.select_related("page__issue", "brought_by")
    is_key = object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
    raw = rows.filter(pk=object_id).first() if is_key else None
    if raw is None:
        raise Http404
    return raw


def _others(raw: RawPage):
    """Return the texts of the same issue of which no drafts were made yet."""
    waiting = RawPage.objects.filter(page__issue=raw.page.issue_id, stored_at=None)
    waiting = waiting.exclude(pk=raw.pk).select_related("page").order_by("pk")
    return waiting.defer("source", "first_reading", "steps")[:40]


def _chosen(request, galley: Galley) -> int:
    """Return the line that the buttons are about."""
    asked = (request.POST or request.GET).get("block", "")
    index = int(asked) if asked.isdecimal() and len(asked) < 9 else galley.first_doubt
    return min(index, max(len(galley.lines) - 1, 0))


def _correct(request, raw: RawPage) -> HttpResponseRedirect | dict:
    """Take the step that was asked for: an address to go on to, or what to say."""
    post = request.POST
    try:
        seen, block = int(post.get("version", "")), int(post.get("block", ""))
        focus = _act(raw, post, block, seen=seen)
    except ValueError:
        return {"refusal": LOST}
    except ReadMeanwhile:
        raw.refresh_from_db()
        return {"refusal": MEANWHILE}
    return HttpResponseRedirect(f"{request.path}?{urlencode({'block': focus})}#block-{focus}")


def _act(raw: RawPage, post, block: int, *, seen: int) -> int:
    """Do it; return the line to go on with. Raises ValueError and ReadMeanwhile."""
    act = post.get("act", "")
    if act in ("undo", "redo"):
        getattr(raw_pages, act)(raw, seen=seen)
        return block
    if kind := post.get("kind"):
        raw_pages.take(raw, Step("reclassify", block, kind), seen=seen)
        return block
    step = {
        "up": lambda: Step("move", block, str(block - 1)),
        "down": lambda: Step("move", block, str(block + 2)),
    }.get(act, lambda: Step(act, block, post.get("value", "")))()
    raw_pages.take(raw, step, seen=seen)
    return _focus(raw, act, step)


def _focus(raw: RawPage, act: str, step: Step) -> int:
    """Return where the line is that was moved; after a confirmed one, the next doubt."""
    if act == "confirm":
        return Galley.of(raw).doubt_after(step.block)
    if step.act == "move":
        before = int(step.value)
        return before - (before > step.block)
    return step.block


def _store(request, raw: RawPage) -> HttpResponseRedirect | dict:
    """Make the drafts and go to the board, or say why not."""
    if request.POST.get("version") != str(raw.version):
        return {"refusal": MEANWHILE}
    try:
        outcome = store(raw, by=request.user)
    except NotStored as refusal:
        return {"refusal": gettext("No drafts were made."), "reasons": refusal.reasons}
    _tell(request, outcome)
    board = reverse("admin:articles_issue_board", args=[raw.page.issue_id])
    return HttpResponseRedirect(f"{board}?unplaced=all")


def _tell(request, outcome: Outcome) -> None:
    needs_a_look = outcome.left or outcome.gone or outcome.captioned
    level = messages.WARNING if needs_a_look else messages.SUCCESS
    messages.add_message(request, level, " ".join(told_outcome(outcome)))
