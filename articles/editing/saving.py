"""Create, update and restore articles, merging concurrent edits.

A caller says what its form was opened with (`BaseVersion`) and what it holds (`Submission`).
What somebody else saved in between is never overwritten: it is merged, or EditConflictError is
raised and a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from articles import ledger, publication, revisions
from articles.content.copy import Copy, changed_fields
from articles.content.merge import Merge, merge
from articles.lists.entries import follow_article
from articles.models import METADATA_FIELDS, Article, Change, Member, Page, Revision
from articles.revisions import BylineContributors
from articles.workflow import MoveRefusedError, transitions
from articles.workflow.permissions import UNDER_REVIEW

from . import placement
from .printed_facts import describe_change, printed_facts

# The values of METADATA_FIELDS by their names; of a page its id.
Metadata = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BaseVersion:
    """What a form showed when it was opened; None is what it does not say."""

    version: int | None
    metadata: Metadata | None = None
    links: BylineContributors = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """What one editor's form holds; `absent` are the fields of the copy that it does not."""

    copy: Copy
    metadata: Metadata
    links: BylineContributors = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MergeResult:
    """One editor's submission merged with what others have saved since its base version.

    `metadata` are the disputed ones: name → (before, mine, theirs); `merged` has the words.
    """

    article: Article
    before: Copy | None
    mine: Copy
    theirs: Revision
    merged: Merge
    metadata: Mapping[str, tuple]
    others: tuple[Member | None, ...]

    @property
    def from_others(self) -> tuple[str, ...]:
        """The fields in which others have changed what this editor had open."""
        if self.before is None or not self.others:
            return ()
        by_them = changed_fields(self.before, self.theirs.copy)
        return tuple(
            name for name in by_them if name in changed_fields(self.mine, self.theirs.copy)
        )


class EditConflictError(Exception):
    """Two people changed the same: nothing was saved, and `compute_merge` tells what.

    `article_id` names the article where the form that was posted did not know it.
    """

    def __init__(self, submission: Submission, base: BaseVersion, *, article_id: int | None = None):
        super().__init__(submission, base)
        self.submission, self.base, self.article_id = submission, base, article_id


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What was saved: the article, its new revision if the words changed, its former status.

    `merge` tells with whose changes it was merged.
    """

    article: Article
    revision: Revision | None
    former_status: str
    merge: MergeResult | None = None


def metadata_of(article: Article) -> dict[str, object]:
    """Return what the article form holds besides the words. No query."""
    return {name: article.serializable_value(name) for name in METADATA_FIELDS}


def create(
    article: Article, submission: Submission, *, by: Member | None, change: Change = Change.EDITED
) -> SaveResult:
    """Save a new article with revision 1, at the end of its page; `by` None is the operator.

    Raises PlacementError. Eleven queries, two for captions, three for tags and four for each.
    """
    with ledger.atomic():
        placement.append(article, submission.metadata["page"], by=by)
        words, links = submission.copy, submission.links
        revision = revisions.create(article, words, links=links, by=by, change=change)
    return SaveResult(article, revision, article.status)


def save(
    article_id: int,
    submission: Submission,
    *,
    base: BaseVersion,
    by: Member | None,
    change: Change = Change.EDITED,
    reason: str = "",
    notice: str = "",
) -> SaveResult:
    """Save what was submitted, merged with what others saved since its base version.

    Published words stay public: `reason` says why they change, and `notice`, where given, tells
    readers (`Correction`). Raises EditConflictError where both sides changed the same,
    PlacementError and MoveRefusedError; then nothing is saved.
    """
    with ledger.atomic():
        result = compute_merge(article_id, submission, base=base)
        if result.merged.disputed or result.metadata:
            raise EditConflictError(submission, base)
        article, former_status = result.article, result.article.status
        if result.others and change == Change.EDITED:
            change = Change.MERGED
        printed = printed_facts(article)
        _set_metadata(article, submission, base, by=by)
        facts = describe_change(printed, printed_facts(article))
        links = submission.links.items()
        changed = {byline: key for byline, key in links if base.links.get(byline, ...) != key}
        why = {"by": by, "change": change, "reason": reason, "notice": notice}
        why |= {"latest": result.theirs, "facts": facts}
        revision = _update(article, result.merged.copy, links=changed, **why)
        follow_article(article)
        publication.article_changed(article)
    return SaveResult(article, revision, former_status, result)


@ledger.atomic()
def compute_merge(article_id: int, submission: Submission, *, base: BaseVersion) -> MergeResult:
    """Return how a submission merges with what is saved; the article is locked.

    Words written past this module are recorded as a revision first. Raises MoveRefusedError
    where the article was deleted.
    """
    article = transitions.lock_article(article_id, page_id=submission.metadata.get("page"))
    theirs = revisions.ensure_revision(article)
    before = base_content(article, base, theirs)
    ground = before or theirs.copy
    mine = replace(submission.copy, **{name: getattr(ground, name) for name in submission.absent})
    merged = Merge(mine, mine, ())  # Where nobody else changed the words.
    if before != theirs.copy:
        merged = merge(before=before, mine=mine, theirs=theirs.copy)
    since = article.revisions.filter(number__gt=base.version or 1).order_by("number")
    makers = [row.made_by for row in since.select_related("made_by").defer("stored_copy")]
    return MergeResult(
        article=article,
        before=before,
        mine=mine,
        theirs=theirs,
        merged=merged,
        metadata=disputed_metadata(
            metadata_of(article), submission, base, is_known=before is not None
        ),
        others=tuple(dict.fromkeys(makers)),
    )


class StaleVersionError(Exception):
    """The words are no longer those that the editor has seen."""


@ledger.atomic()
def restore(
    revision: Revision, *, version: int | None, by: Member, reason: str = "", notice: str = ""
) -> SaveResult:
    """Make the words of an earlier revision those of the article, as a new revision.

    `version` is the number of the revision that the editor saw as the latest. Raises
    StaleVersionError where it is not that any more, and MoveRefusedError.
    """
    article = transitions.lock_article(revision.article_id)
    latest = revisions.ensure_revision(article)
    if latest.number != version:
        raise StaleVersionError
    former_status = article.status
    change = {"change": Change.RESTORED, "reason": reason, "notice": notice}
    restored = _update(article, revision.copy, latest=latest, by=by, **change)
    follow_article(article)
    publication.article_changed(article)
    return SaveResult(article, restored, former_status)


def base_content(article: Article, base: BaseVersion, latest: Revision) -> Copy | None:
    """Return the words that a form was opened with; None where they are not known.

    A form without a version is believed only where nobody has ever saved the article: then
    revision 1, recorded by nobody, has those words. One query at most.
    """
    number = base.version or 1
    if number == latest.number:
        is_known = bool(base.version) or latest.made_by_id is None
        return latest.copy if is_known else None
    revision = article.revisions.filter(number=number).first()
    if revision is None or base.version is None or (not base.version and revision.made_by_id):
        return None
    return revision.copy


def disputed_metadata(
    stored: Metadata, submission: Submission, base: BaseVersion, *, is_known: bool
) -> dict[str, tuple]:
    """Return the metadata that both sides changed differently, or whose base is not known.

    Name → (before, mine, theirs). `is_known` tells whether the words of the base are known. No
    query.
    """
    if base.metadata is None and is_known:
        return {}
    opened = base.metadata or {}
    return {
        name: (opened.get(name), mine, stored[name])
        for name, mine in submission.metadata.items()
        if mine != stored[name] and (name not in opened or opened[name] not in (mine, stored[name]))
    }


def _set_metadata(
    article: Article, submission: Submission, base: BaseVersion, *, by: Member | None
) -> None:
    """Set what this editor changed besides the words, and move the article to its page."""
    opened = base.metadata or {}
    mine = {
        name: value for name, value in submission.metadata.items() if opened.get(name, ...) != value
    }
    page_id = mine.pop("page", article.page_id)
    for name, value in mine.items():
        setattr(article, name, value)
    if page_id != article.page_id:
        page = Page.objects.select_related("issue").get(pk=page_id) if page_id else None
        placement.place(article, page, by=by)


def _update(
    article: Article,
    copy: Copy,
    *,
    latest: Revision,
    by: Member | None,
    notice: str,
    facts: str = "",
    **change,
) -> Revision | None:
    """Store words of a locked article and void the reviews of the former ones.

    `facts` tells what else has changed of what is printed: where reviewers have passed it, it is
    a change as of the words, and a revision of the same words keeps it.
    """
    is_forced = bool(facts) and article.status in UNDER_REVIEW
    if change["change"] == Change.EDITED and transitions.is_public(article):
        change["change"] = Change.CORRECTED
    typed_reason = change["reason"]
    if is_forced:
        change |= {"reason": "；".join(filter(None, (typed_reason, facts))), "is_forced": True}
    revision = revisions.update(article, copy, latest=latest, by=by, **change)
    if revision is None and notice:
        raise MoveRefusedError(_("No word was changed: there is nothing to correct."))
    if revision:
        transitions.void_reviews(article, revision, by=by, reason=typed_reason, notice=notice)
    return revision
