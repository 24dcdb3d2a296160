"""Words are stored: every door that changes an article's words closes here.

A door says what it shows (`Seen`) and what was typed (`Typed`). What somebody else stored in
between is never overwritten: it is brought together with what was typed, or `Crossed` is
raised and a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import placement, revisions, workflow
from articles.copy import Copy, changed
from articles.merging import Merge, merge
from articles.models import Article, Change, Issue, Member, Page, Revision
from articles.revisions import Links

# What the form holds besides the words; of a page its id.
Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form showed when it was opened; None is what it does not say."""

    version: int | None
    facts: Facts | None = None
    links: Links = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    """What one editor's form holds; `absent` are the fields of the copy that it does not."""

    copy: Copy
    facts: Facts
    links: Links = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Crossing:
    """What one editor typed, and what somebody else has stored since the form was opened.

    `facts` are the disputed ones: name → (before, mine, theirs); `merged` has the words.
    """

    article: Article
    before: Copy | None
    mine: Copy
    theirs: Revision
    merged: Merge
    facts: Mapping[str, tuple]
    others: tuple[Member | None, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether a person must decide."""
        return bool(self.merged.disputed or self.facts)

    @property
    def from_others(self) -> tuple[str, ...]:
        """The fields in which others have changed what this editor had open."""
        if self.before is None or not self.others:
            return ()
        by_them = changed(self.before, self.theirs.copy)
        return tuple(name for name in by_them if name in changed(self.mine, self.theirs.copy))


class Crossed(Exception):  # noqa: N818 (it reads as what happened)
    """Two people changed the same: nothing was stored, and `crossing_of` tells what."""

    def __init__(self, typed: Typed, seen: Seen):
        super().__init__(typed, seen)
        self.typed, self.seen = typed, seen


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of storing: the article, its new revision, its status before.

    `crossing` tells with whose changes it was brought together.
    """

    article: Article
    revision: Revision | None
    was: str
    crossing: Crossing | None = None


def facts_of(article: Article) -> dict[str, object]:
    """Return what the form holds besides the words."""
    return {
        "page": article.page_id,
        "genre": article.genre,
        "rank": article.rank,
        "source": article.source,
    }


def create(
    article: Article, typed: Typed, *, by: Member | None, change: Change = Change.EDITED
) -> Stored:
    """Store a new article, its words as revision 1, and put it on its page.

    `by` None is the operator. Raises PlacementRefused.
    """
    with transaction.atomic():
        article.page = None
        revisions.write(article, typed.copy, links=typed.links)
        _place(article, typed.facts["page"], by=by)
        revision = words_stored(article, by=by, change=change)
    return Stored(article, revision, article.status)


def store(
    article_id: int,
    typed: Typed,
    *,
    seen: Seen,
    by: Member | None,
    change: Change = Change.EDITED,
    reason: str = "",
    notice: str = "",
) -> Stored:
    """Store what was typed on top of what was seen, brought together with what came between.

    Raises Crossed where both sides changed the same, PlacementRefused and MoveRefused; then
    nothing is stored.
    """
    with transaction.atomic():
        crossing = crossing_of(article_id, typed, seen=seen)
        if crossing.is_disputed:
            raise Crossed(typed, seen)
        held, was = crossing.article, crossing.article.status
        _write(held, typed, seen, crossing.merged.copy, by=by)
        if crossing.others and change == Change.EDITED:
            change = Change.MERGED
        revision = words_stored(held, by=by, change=change, reason=reason, notice=notice)
    return Stored(held, revision, was, crossing)


@transaction.atomic
def crossing_of(article_id: int, typed: Typed, *, seen: Seen) -> Crossing:
    """Return how what was typed meets what is stored; the article is held.

    Words stored by a side door are kept as a revision first. Raises MoveRefused where the
    article is gone.
    """
    _hold_issues(article_id, typed.facts.get("page"))
    held = workflow.hold(Article(pk=article_id))
    theirs = revisions.as_it_stands(held)
    before = as_seen(held, seen, theirs)
    ground = before or theirs.copy
    mine = replace(typed.copy, **{name: getattr(ground, name) for name in typed.absent})
    since = held.revisions.filter(number__gt=seen.version or 1).order_by("number")
    makers = [row.made_by for row in since.select_related("made_by").defer("stored_copy")]
    return Crossing(
        article=held,
        before=before,
        mine=mine,
        theirs=theirs,
        merged=merge(before=before, mine=mine, theirs=theirs.copy),
        facts=_disputed_facts(facts_of(held), typed, seen, is_known=before is not None),
        others=tuple(dict.fromkeys(makers)),
    )


class MovedOn(Exception):  # noqa: N818 (it reads as what happened)
    """The words are no longer those that the editor has seen."""


@transaction.atomic
def restore(
    revision: Revision, *, seen: int | None, by: Member, reason: str = "", notice: str = ""
) -> Stored:
    """Make the words of an earlier revision those of the article, as a new revision.

    `seen` is the number of the revision that the editor saw as the latest. Raises MovedOn where
    it is not that any more, and MoveRefused.
    """
    _hold_issues(revision.article_id, None)
    held = workflow.hold(Article(pk=revision.article_id))
    if revisions.as_it_stands(held).number != seen:
        raise MovedOn
    was = held.status
    revisions.write(held, revision.copy)
    said = {"reason": reason, "notice": notice}
    return Stored(held, words_stored(held, by=by, change=Change.RESTORED, **said), was)


def words_stored(
    article: Article,
    *,
    by: Member | None,
    change: Change = Change.EDITED,
    reason: str = "",
    notice: str = "",
) -> Revision | None:
    """Keep the words as they now stand; None where they are as they were.

    Readings of the earlier words are void. Published words stay public: `reason` says why
    they change, and `notice`, where given, tells readers (`Correction`). Raises MoveRefused,
    and then the transaction must not be committed.
    """
    if change == Change.EDITED and workflow.is_public(article):
        change = Change.CORRECTED
    revision = revisions.record(article, by=by, change=change, reason=reason)
    if revision is None and notice:
        raise workflow.MoveRefused(_("No word was changed: there is nothing to correct."))
    if revision and revision.number > 1:
        workflow.words_changed(article, revision, by=by, reason=reason, notice=notice)
    return revision


def as_seen(article: Article, seen: Seen, now: Revision) -> Copy | None:
    """Return the words that a form showed; None where nobody can tell. One query at most.

    A form that shows no version is taken at its word only where nobody has ever saved the
    article: then the words, which nobody kept before, are those of revision 1.
    """
    number = seen.version or 1
    if number == now.number:
        is_known = bool(seen.version) or now.made_by_id is None
        return now.copy if is_known else None
    revision = article.revisions.filter(number=number).first()
    if revision is None or seen.version is None or (not seen.version and revision.made_by_id):
        return None
    return revision.copy


def _disputed_facts(stored: Facts, typed: Typed, seen: Seen, *, is_known: bool) -> dict:
    """Return the facts that both sides changed differently, or that nobody can tell about."""
    if seen.facts is None and is_known:
        return {}
    opened = seen.facts or {}
    return {
        name: (opened.get(name), mine, stored[name])
        for name, mine in typed.facts.items()
        if mine != stored[name] and (name not in opened or opened[name] not in (mine, stored[name]))
    }


def _write(held: Article, typed: Typed, seen: Seen, copy: Copy, *, by: Member | None) -> None:
    """Write the words, and what this editor changed besides them since the form was opened."""
    opened = seen.facts or {}
    mine = {name: value for name, value in typed.facts.items() if opened.get(name, ...) != value}
    for name in mine.keys() - {"page"}:
        setattr(held, name, mine[name])
    links = {
        signed: contributor
        for signed, contributor in typed.links.items()
        if seen.links.get(signed, ...) != contributor
    }
    revisions.write(held, copy, links=links)
    if mine.get("page", held.page_id) != held.page_id:
        _place(held, mine["page"], by=by)


def _place(article: Article, page_id, *, by: Member | None) -> None:
    page = Page.objects.select_related("issue").get(pk=page_id) if page_id else None
    placement.place(article, page, by=by)


def _hold_issues(article_id: int, page_id) -> None:
    """Hold the issues that an article leaves and goes to, before its own row. Two queries."""
    issues = Issue.objects.filter(pages__articles=article_id).values_list("pk", flat=True)
    goes_to = Issue.objects.filter(pages=page_id).values_list("pk", flat=True)
    list(Issue.objects.locked({*issues, *goes_to}))
