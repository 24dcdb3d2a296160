"""Galley of a raw page: review how its text was parsed, correct it, make drafts of it.

Works without scripts: every button is a form's, and the line it is about is in the address.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.intake import raw_pages
from articles.intake.galley import Galley
from articles.intake.messages import KINDS, result_lines
from articles.intake.page_zones import polygons_of
from articles.intake.parse.corrections import Correction
from articles.intake.pdf_pages import ENCODING
from articles.intake.persistence import DraftsRefusedError, DraftsResult, save_drafts
from articles.intake.raw_pages import StaleParseError
from articles.models import RawPage

# The kinds that a line can be given, with their keys; then the other corrections.
KEYS = {
    "column": "1",
    "kicker": "2",
    "headline": "3",
    "deck": "4",
    "body": "5",
    "subhead": "6",
    "caption": "7",
    "credit": "8",
    "byline": "9",
    "furniture": "0",
    "note": "N",
    "source": "Q",
    "signoff": "L",
    "verse": "V",
}
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
INVALID = _("That did not arrive whole, or the line is not there any more. Nothing was changed.")
STALE = _("The reading was corrected in another window. This is how it stands now.")


class GalleyMixin:
    """Shows the galley of a raw page in the place of a change form."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return galley_view(request, object_id, site=self.admin_site)


def galley_view(request, object_id: str, *, site):
    """Show a raw text beside its articles; a POST corrects them, or makes the drafts.

    403 without the right to write articles; 409 where a POST was refused.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    raw, refusal = _raw_page_or_404(object_id), {}
    if request.method == "POST":
        result = (_make_drafts if "store" in request.POST else _correct)(request, raw)
        if isinstance(result, HttpResponseRedirect):
            return result
        refusal = result
    context = site.each_context(request) | _context(request, raw) | refusal
    status = 409 if refusal else 200
    return TemplateResponse(request, "admin/articles/rawpage/galley.html", context, status=status)


def _raw_page_or_404(object_id: str) -> RawPage:
    rows = RawPage.objects.select_related("page__issue", "uploaded_by")
    raw = rows.filter(pk=parse_id(object_id)).first()
    if raw is None:
        raise Http404
    return raw


def _context(request, raw: RawPage) -> dict:
    galley = Galley.of(raw)
    return {
        "title": gettext("Read in %(page)s") % {"page": raw.page},
        "raw": raw,
        "galley": galley,
        "chosen": _chosen_block(request, galley),
        "kinds": [(name, KINDS[name], key) for name, key in KEYS.items()],
        "acts": [(name, label, key) for name, (key, label) in ACTS.items()],
        "others": _others_without_drafts(raw),
        "areas": _areas(raw, galley),
        "opts": RawPage._meta,
    }


def _areas(raw: RawPage, galley: Galley) -> list[dict]:
    """Return the areas of the articles on the picture of the page; none where there is no picture.

    One query, none of a text.
    """
    if raw.encoding != ENCODING or not raw.facsimiles.exists():
        return []
    found = polygons_of(raw, raw_pages.corrected_page(raw))
    return [
        {"item": item, "points": " ".join(f"{x},{y}" for x, y in polygon)}
        for item, polygons in zip(galley.items, found, strict=True)
        for polygon in polygons
    ]


def _others_without_drafts(raw: RawPage):
    """Return the other raw pages of the same issue of which no drafts were made yet."""
    others = RawPage.objects.filter(page__issue=raw.page.issue_id, drafts_at=None)
    others = others.exclude(pk=raw.pk).select_related("page").order_by("pk")
    return others.defer("source", "parsed", "corrections")[:40]


def _chosen_block(request, galley: Galley) -> int:
    """Return the block that the buttons are about."""
    index = parse_id((request.POST or request.GET).get("block", ""))
    index = galley.first_doubt if index is None else index
    return min(index, max(len(galley.lines) - 1, 0))


def _correct(request, raw: RawPage) -> HttpResponseRedirect | dict:
    """Apply the posted correction; return a redirect, or the context that says why not."""
    try:
        version, block = (int(request.POST.get(name, "")) for name in ("version", "block"))
        focus = _apply(raw, request.POST, block, version=version)
    except ValueError:
        return {"refusal": INVALID}
    except StaleParseError:
        raw.refresh_from_db()
        return {"refusal": STALE}
    return HttpResponseRedirect(f"{request.path}?{urlencode({'block': focus})}#block-{focus}")


def _apply(raw: RawPage, post, block: int, *, version: int) -> int:
    """Correct, undo or redo; return the block to show next. Raises ValueError, StaleParseError."""
    act, kind = post.get("act", ""), post.get("kind")
    if act in ("undo", "redo"):
        getattr(raw_pages, act)(raw, version=version)
        return block
    correction = {
        "up": Correction("move", block, str(block - 1)),
        "down": Correction("move", block, str(block + 2)),
    }.get(act, Correction(act, block, post.get("value", "")))
    if kind:
        correction = Correction("reclassify", block, kind)
    raw_pages.apply_correction(raw, correction, version=version)
    return _focus(raw, correction)


def _focus(raw: RawPage, correction: Correction) -> int:
    """Return where a moved block is now; after a confirmed one, the next doubtful block."""
    if correction.act == "confirm":
        return Galley.of(raw).doubt_after(correction.block)
    if correction.act == "move":
        before = int(correction.value)
        return before - (before > correction.block)
    return correction.block


def _make_drafts(request, raw: RawPage) -> HttpResponseRedirect | dict:
    """Make the drafts and go to the board; or return the context that says why not."""
    if request.POST.get("version") != str(raw.version):
        return {"refusal": STALE}
    try:
        result = save_drafts(raw, by=request.user)
    except DraftsRefusedError as refusal:
        return {"refusal": gettext("No drafts were made."), "reasons": refusal.reasons}
    _add_message(request, result)
    board = reverse("admin:articles_issue_board", args=[raw.page.issue_id])
    return HttpResponseRedirect(f"{board}?unplaced=all")


def _add_message(request, result: DraftsResult) -> None:
    needs_work = result.left or result.gone or result.captioned
    level = messages.WARNING if needs_work else messages.SUCCESS
    messages.add_message(request, level, " ".join(result_lines(result)))
