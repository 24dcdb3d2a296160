"""三审: the procedure. MOVES is the table; `move` is the one door for a change of status.

    draft 草稿 → first_review 待一审 → second_review 待二审 → final_review 待三审 → signed 已签发

A status says what the article waits for. Three different people read the same words, none of
them its author; a change of the words sends the article back to where it must be read again.
Every move appends a Review that names the revision it was made on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.models import Article, Correction, Issue, Member, Review, Revision, Status


class MoveRefused(Exception):  # noqa: N818 (it reads as what happened)
    """A step is not open to this member, or no longer; its text tells why."""


REVIEWING = (Status.FIRST_REVIEW, Status.SECOND_REVIEW, Status.FINAL_REVIEW)
LIVE = (Status.DRAFT, *REVIEWING, Status.SIGNED)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the procedure: from which statuses to which, and who may take it.

    `target` None means the next stage of reading.
    """

    label: str
    done: str
    sources: tuple[Status, ...]
    target: Status | None
    permission: str
    needs_note: bool = False
    is_reading: bool = False


MOVES = {
    "submit": Move(
        label=_("Submit for review"),
        done=_("Submitted for review."),
        sources=(Status.DRAFT, Status.HELD, Status.WITHDRAWN),
        target=None,
        permission="articles.submit_article",
    ),
    "pass_first": Move(
        label=_("Pass first review"),
        done=_("Passed first review."),
        sources=(Status.FIRST_REVIEW,),
        target=None,
        permission="articles.pass_first_review",
        is_reading=True,
    ),
    "pass_second": Move(
        label=_("Pass second review"),
        done=_("Passed second review."),
        sources=(Status.SECOND_REVIEW,),
        target=None,
        permission="articles.pass_second_review",
        is_reading=True,
    ),
    "sign": Move(
        label=_("Sign off"),
        done=_("Signed off."),
        sources=(Status.FINAL_REVIEW,),
        target=Status.SIGNED,
        permission="articles.sign_article",
        is_reading=True,
    ),
    "return": Move(
        label=_("Return to the author"),
        done=_("Returned."),
        sources=(*REVIEWING, Status.SIGNED, Status.SPIKED),
        target=Status.DRAFT,
        permission="articles.return_article",
        needs_note=True,
    ),
    "hold": Move(
        label=_("Hold"),
        done=_("Held."),
        sources=LIVE,
        target=Status.HELD,
        permission="articles.return_article",
    ),
    "spike": Move(
        label=_("Spike"),
        done=_("Spiked."),
        sources=(Status.DRAFT, *REVIEWING, Status.HELD),
        target=Status.SPIKED,
        permission="articles.spike_article",
        needs_note=True,
    ),
    "withdraw": Move(
        label=_("Withdraw"),
        done=_("Withdrawn: readers no longer see it."),
        sources=(Status.SIGNED,),
        target=Status.WITHDRAWN,
        permission="articles.withdraw_article",
        needs_note=True,
    ),
}


def stages() -> tuple[Status, ...]:
    """Return the stages of reading that this newsroom has, in order (REVIEW_STAGES, 1 to 3)."""
    return {
        1: (Status.FINAL_REVIEW,),
        2: (Status.FIRST_REVIEW, Status.FINAL_REVIEW),
        3: REVIEWING,
    }[settings.REVIEW_STAGES]


def next_stage(status: str) -> Status:
    """Return the stage that follows a status: the first one for any status before it."""
    order = stages()
    return order[order.index(status) + 1] if status in order else order[0]


def open_moves(article: Article, *, by: Member) -> dict[str, str]:
    """Return the moves on the table for an article and a member: name → refusal ("" if none).

    A move for which the member lacks the permission is left out. Three queries at most.
    """
    offered = {
        name: step
        for name, step in MOVES.items()
        if article.status in step.sources and by.has_perm(step.permission)
    }
    return {name: str(_barred(article, step, by) or "") for name, step in offered.items()}


def move(
    article: Article, name: str, *, by: Member, version: int | None = None, note: str = ""
) -> Review:
    """Take an article one step on; sets its `status`. Returns the Review that was appended.

    `version` is the one the member has read; None means the one on the article given.
    Raises MoveRefused where the table, a right, the separation of duties, changed words, a
    missing note or somebody quicker forbids it.
    """
    step = MOVES.get(name)
    if step is None:
        raise MoveRefused(_("There is no such step."))
    seen = article.version if version is None else version
    with transaction.atomic():
        held = hold(article)
        if refusal := _refused(held, step, by=by, seen=seen, note=note):
            raise MoveRefused(refusal)
        target = step.target or next_stage(held.status)
        review = _write(held, name, target, by=by, note=note)
    article.status = held.status
    return review


def hold(article: Article) -> Article:
    """Return the article as it stands, held with its issue until the transaction ends.

    The issue is held first, as everywhere, so that nobody waits in a circle.
    """
    place = Article.objects.filter(pk=article.pk).values_list("page__issue", flat=True).first()
    if place:
        list(Issue.objects.locked([place]))
    held = Article.objects.select_for_update(of=["self"]).select_related("page__issue")
    return held.get(pk=article.pk)


def may_change_words(article: Article, *, by: Member) -> bool:
    """Tell whether a member may change the words of an article as it stands.

    Published words are changed only by who may sign, and with a reason. One query at most.
    """
    return not is_public(article) or by.has_perm("articles.sign_article")


def is_public(article: Article) -> bool:
    """Tell whether readers see an article now. See also `ArticleQuerySet.published`."""
    page = article.page
    return article.status == Status.SIGNED and page is not None and page.issue.is_published()


def words_changed(
    article: Article, revision: Revision, *, by: Member, reason: str = "", notice: str = ""
) -> None:
    """Follow up a change of words, in the transaction that stored them as `revision`.

    Readings of earlier words are void: the article goes back to the first stage. Published
    words stay public: the change needs the right to sign and a reason, and becomes a
    Correction where a notice to readers is given. Raises MoveRefused.
    """
    if is_public(article):
        _correct(article, revision, by=by, reason=reason, notice=notice)
    elif article.status in (*REVIEWING, Status.SIGNED) and article.status != stages()[0]:
        note = reason or str(_("The words were changed."))
        _write(article, "void", stages()[0], by=by, note=note)


def _correct(article, revision, *, by: Member, reason: str, notice: str) -> None:
    if not may_change_words(article, by=by):
        raise MoveRefused(_("It is published: only who may sign may change it."))
    if not reason.strip():
        raise MoveRefused(_("It is published: please say why you change it."))
    _write(article, "correct", Status.SIGNED, by=by, note=reason)
    if notice.strip():
        Correction.objects.create(article=article, revision=revision, notice=notice, made_by=by)


def _refused(held: Article, step: Move, *, by: Member, seen: int, note: str):
    """Return why a step may not be taken now, or None."""
    if not by.is_active or not by.has_perm(step.permission):
        return _("You may not take this step.")
    if held.status not in step.sources:
        return _("The article has moved on in the meantime. Please look at it again.")
    if held.version != seen:
        return _("The words have changed since you read them. Please read them again.")
    if step.needs_note and not note.strip():
        return _("Please say why.")
    return _barred(held, step, by)


def _barred(held: Article, step: Move, by: Member):
    """Return what the separation of duties or publication bars here, or None."""
    if step.is_reading:
        return _reading_barred(held, by)
    if step.target == Status.WITHDRAWN and not is_public(held):
        return _("It is not published: hold or return it instead.")
    if step.target != Status.WITHDRAWN and is_public(held):
        return _("It is published: it can be corrected or withdrawn.")
    return None


def _reading_barred(held: Article, by: Member):
    if by.pk in writers(held):
        return _("You wrote or last changed these words: somebody else must read them.")
    if by.pk in {review.made_by_id for review in readings(held)}:
        return _("You have read these words at an earlier stage: somebody else must read them.")
    return None


def writers(article: Article) -> set[int]:
    """Return the ids of the members who wrote or last changed the words. One query."""
    makers = list(article.revisions.order_by("number").values_list("made_by", flat=True))
    return {maker for maker in (*makers[:1], *makers[-1:]) if maker}


def readings(article: Article) -> Sequence[Review]:
    """Return the readings that still count: those since the article last left the path.

    One query.
    """
    counted: list[Review] = []
    for review in article.reviews.order_by("-pk"):
        if not (review.move in MOVES and MOVES[review.move].is_reading):
            break
        counted.insert(0, review)
    return counted


def _write(held: Article, name: str, target: Status, *, by: Member, note: str) -> Review:
    """Write the status if nobody was quicker, and append the Review that tells of it."""
    before = Status(held.status)
    revision = revisions.current(held)
    seen = Article.objects.filter(pk=held.pk, status=before, version=held.version)
    if not seen.update(status=target):
        raise MoveRefused(_("Somebody else was quicker. Please look at the article again."))
    held.status = target
    return Review.objects.create(
        article=held,
        revision=revision,
        move=name,
        from_status=before,
        to_status=target,
        note=note,
        made_by=by,
    )
