"""The conflict screen: mine, theirs and before, where two editors changed the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import editing, working_copies
from articles.comparing import Stretch, compare
from articles.editing import Crossed, Crossing
from articles.models import Article, Genre, Page, Rank
from articles.models.working_copy import Pairs

from .differences import TITLES, as_text
from .opening import number, opened
from .widgets import BodyEditor, words

LINES = ("kicker", "headline", "deck", "dateline")
LISTS = ("bylines", "captions")
FACTS = {"page": _("page"), "genre": _("genre"), "rank": _("rank"), "source": _("source")}
NOT_TYPED = ("csrfmiddlewaretoken", "_move", "_continue", "_save", "_addanother")


@dataclass(frozen=True, slots=True)
class Dispute:
    """One field that both sides changed: its texts, what each side did, and its editor.

    `editor` is empty where one side or the other is chosen as a whole.
    """

    name: str
    title: str
    before: str
    mine: list[Stretch]
    theirs: list[Stretch]
    can_take_both: bool = False
    editor: str = ""

    @property
    def is_unseen(self) -> bool:
        """Whether the words are the same and only the mark-up, or a picture, differs."""
        return self.mine == self.theirs


def conflict_page(request: HttpRequest, screen, pk: str, crossed: Crossed) -> HttpResponse:
    """Show what both sides changed (409). What was typed is kept first, as an unsaved copy."""
    crossing = editing.crossing_of(int(pk), crossed.typed, seen=crossed.seen)
    merged = [name for name in crossing.from_others if name not in crossing.merged.disputed]
    context = {
        **screen.admin_site.each_context(request),
        "title": gettext("Somebody has changed the same"),
        "article": crossing.article,
        "opts": Article._meta,
        "others": "、".join(str(other) for other in crossing.others if other),
        "theirs": crossing.theirs,
        "disputes": [*disputes(crossing), *disputed_facts(crossing)],
        "is_ground_known": crossing.before is not None,
        "merged": "、".join(str(TITLES[name]) for name in merged),
        "typed": json.dumps(_kept(request, crossing, crossed)),
        "opened": opened(crossing.article),
        "media": BodyEditor().media,
        "is_nav_sidebar_enabled": False,
    }
    response = render(request, "admin/articles/article/conflict.html", context, status=409)
    add_never_cache_headers(response)
    return response


def _kept(request: HttpRequest, crossing: Crossing, crossed: Crossed) -> Pairs:
    """Keep what was typed as an unsaved copy; return it, naming the copy."""
    pairs = posted(request.POST)
    window, serial = _window(request.POST)
    own = {
        "by": request.user,
        "article": crossing.article,
        "version": crossed.seen.version or 0,
        "is_open": False,
    }
    try:
        with transaction.atomic():
            working_copies.keep(pairs, window=window, serial=serial, **own)
    except working_copies.WindowTaken:
        window = uuid4()
        working_copies.keep(pairs, window=window, serial=serial, **own)
    rest = [(name, value) for name, value in pairs if name not in ("_window", "_serial")]
    return [*rest, ("_window", str(window)), ("_serial", str(serial))]


def _window(post: QueryDict) -> tuple[UUID, int]:
    """Return the name of the form that was posted, and the state of its words."""
    try:
        return UUID(post.get("_window", "")), number(post.get("_serial", "")) or 0
    except ValueError:
        return uuid4(), 0


def posted(post: QueryDict) -> Pairs:
    """Return what was typed in a form, in its order, without its buttons and its token."""
    pairs = [(name, value) for name, values in post.lists() for value in values]
    return [(name, value) for name, value in pairs if name not in NOT_TYPED]


def disputes(crossing: Crossing) -> Iterator[Dispute]:
    """Yield the disputed fields of the copy."""
    for name in crossing.merged.disputed:
        merged = crossing.merged
        mine, theirs = as_text(merged.copy, name), as_text(merged.other, name)
        before = as_text(crossing.before or crossing.theirs.copy, name)
        yield Dispute(
            name=name,
            title=str(TITLES[name]),
            before=before,
            mine=compare(before, mine),
            theirs=compare(before, theirs),
            can_take_both=name in LISTS,
            editor=_editor(name, getattr(merged.copy, name)),
        )


def disputed_facts(crossing: Crossing) -> Iterator[Dispute]:
    """Yield the disputed fields besides the words. One query for pages."""
    pages = Page.objects.select_related("issue").in_bulk(
        [key for key in crossing.facts.get("page", ()) if key]
    )
    labels = {"page": pages, "genre": dict(Genre.choices), "rank": dict(Rank.choices)}
    for name, values in crossing.facts.items():
        said = [str(labels.get(name, {}).get(value, value or "—")) for value in values]
        before, mine, theirs = said
        yield Dispute(name, str(FACTS[name]), before, compare("", mine), compare("", theirs))


def _editor(name: str, value) -> str:
    """Return the field in which one's own words can be worked over; empty where there is none."""
    identity = {"id": f"id_own_{name}", "aria-label": str(TITLES[name])}
    if name == "body":
        return BodyEditor().render(f"own-{name}", value, identity)
    if name in LINES:
        return words("wide").render(f"own-{name}", value, identity)
    return ""
