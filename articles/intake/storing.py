"""A page as it was read becomes drafts: all of them, or none.

Read once more, a page changes nothing. A corrected text of the page brings the drafts up to date
that nobody has touched since they were read, and tells of the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import editing, revisions
from articles.copy import SignedName
from articles.editing import Seen, Typed, facts_of
from articles.models import Article, Change, Contributor, Issue, Member, Page, RawPage, Status
from articles.placement import PlacementRefused
from articles.raw_pages import reading
from articles.workflow import MoveRefused

from .drafting import Draft, draft
from .objections import misplaced, too_long
from .pairing import pairs
from .paper import Byline

# The words that a page tells; tags, and the pictures with their captions, are the desk's.
TOLD = ("kicker", "headline", "deck", "dateline", "bylines", "body", "column")
UNTOLD = frozenset({"captions", "tags"})
DUTIES = {"editor": ("责任编辑", "责编", "编辑"), "designer": ("版式", "版面编辑", "组版", "美编"),
          "proofreader": ("校对",)}  # fmt: skip


class NotStored(Exception):  # noqa: N818 (it reads as what happened)
    """A page cannot be stored as it was read; `reasons` say why, and nothing is stored."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(slots=True)
class Outcome:
    """What came of storing a page; an article stands in one of the lists.

    `left` are those that differ from the text and that somebody has worked on since, `gone`
    those read from an earlier text of the page and not in this one: both as they were.
    `captioned` hold the words of pictures that are not there yet.
    """

    created: list[Article] = field(default_factory=list)
    updated: list[Article] = field(default_factory=list)
    unchanged: list[Article] = field(default_factory=list)
    left: list[Article] = field(default_factory=list)
    gone: list[Article] = field(default_factory=list)
    captioned: list[Article] = field(default_factory=list)


def store(raw: RawPage, *, by: Member | None) -> Outcome:
    """Make drafts of the reading of a page as it stands, in one transaction.

    `by` None is the operator. Nothing is published or taken a step further. Raises NotStored.
    Some forty queries for each article that is new or has changed.
    """
    found = reading(raw)
    drafts = [draft(article) for article in found.articles]
    if faults := [*misplaced(found, raw.page), *too_long(drafts)]:
        raise NotStored(*faults)
    try:
        with transaction.atomic():
            list(Issue.objects.locked([raw.page.issue_id]))
            outcome = _store(raw, drafts, by=by)
            _sign_page(raw.page, found.editors, found.name)
            RawPage.objects.filter(pk=raw.pk).update(stored_at=timezone.now())
    except (PlacementRefused, MoveRefused) as refusal:
        raise NotStored(str(refusal)) from refusal
    return outcome


def _store(raw: RawPage, drafts: Sequence[Draft], *, by: Member | None) -> Outcome:
    standing = _standing(raw)
    copies = [revisions.composed(article) for article in standing]
    matched = pairs([each.copy for each in drafts], copies)
    known = _contributors(drafts)
    outcome = Outcome()
    for number, each in enumerate(drafts):
        links = {} if each.source else _links(each, known)
        if number not in matched:
            article = _create(raw, each, links, by=by)
            outcome.created.append(article)
        else:
            article = standing[matched[number]]
            came_to = _bring_up(raw, article, copies[matched[number]], each, links, by=by)
            getattr(outcome, came_to).append(article)
        if each.captions:
            outcome.captioned.append(article)
    outcome.gone = _gone(raw, standing, matched.values())
    return outcome


def _standing(raw: RawPage) -> list[Article]:
    """Return the articles that stand on the page or were read from it, with their words."""
    of_page = Article.objects.filter(Q(page=raw.page) | Q(read_from__page=raw.page))
    of_page = of_page.exclude(status=Status.SPIKED).order_by("position", "pk")
    parts = ("bylines", "captions__photo", "taggings__tag")
    return list(of_page.select_related("column", "read_from").prefetch_related(*parts))


def _create(raw: RawPage, each: Draft, links, *, by: Member | None) -> Article:
    article = Article(genre=each.genre, source=each.source, read_from=raw)
    facts = facts_of(article) | {"page": raw.page_id}
    editing.create(article, Typed(each.copy, facts, links), by=by, change=Change.IMPORTED)
    return article


def _bring_up(
    raw: RawPage, article: Article, copy, each: Draft, links, *, by: Member | None
) -> str:
    """Bring a draft that nobody has touched up to what the page says; tell what came of it."""
    if all(getattr(copy, name) == getattr(each.copy, name) for name in TOLD):
        return "unchanged"
    if not is_untouched(article):
        return "left"
    typed = Typed(each.copy, facts_of(article), links, absent=UNTOLD)
    seen = Seen(article.version, facts_of(article))
    editing.store(article.pk, typed, seen=seen, by=by, change=Change.IMPORTED)
    Article.objects.filter(pk=article.pk).update(read_from=raw)
    return "updated"


def is_untouched(article: Article) -> bool:
    """Tell whether nobody has worked on a draft since it was read. Two queries at most."""
    if article.status != Status.DRAFT or article.read_from_id is None:
        return False
    is_changed = article.revisions.exclude(change=Change.IMPORTED).exists()
    return not is_changed and not article.working_copies.filter(typed_at__isnull=False).exists()


def _gone(raw: RawPage, standing: Sequence[Article], kept: Iterable[int]) -> list[Article]:
    """Return what an earlier text of the same name told and this one does not."""
    kept = set(kept)
    return [
        article
        for number, article in enumerate(standing)
        if number not in kept and article.read_from and article.read_from.name == raw.name
    ]


def _contributors(drafts: Iterable[Draft]) -> dict[str, int | None]:
    """Return the contributors that names can mean: none where two have the name. One query."""
    names = {who.name for each in drafts for who in each.copy.bylines}
    known: dict[str, int | None] = {}
    for name, pk in Contributor.objects.filter(name__in=names).values_list("name", "pk"):
        known[name] = None if name in known else pk
    return known


def _links(each: Draft, known: dict[str, int | None]) -> dict[SignedName, int | None]:
    return {who: known.get(who.name) for who in each.copy.bylines if known.get(who.name)}


def _sign_page(page: Page, editors: Sequence[Byline], name: str) -> None:
    """Fill in what the page says of itself and nobody has filled in yet. One query at most."""
    told = {
        duty: " ".join(who.name for who in editors if who.role in roles)
        for duty, roles in DUTIES.items()
    } | {"name": name}
    rooms = {field: Page._meta.get_field(field).max_length for field in told}
    fresh = {
        field: words
        for field, words in told.items()
        if words and len(words) <= rooms[field] and not getattr(page, field)
    }
    if fresh:
        Page.objects.filter(pk=page.pk).update(**fresh)
        for field_name, words in fresh.items():
            setattr(page, field_name, words)
