"""三审: the procedure. MOVES is the table; `move` is the one door for a change of status.

    draft 草稿 → first_review 待一审 → second_review 待二审 → final_review 待三审 → signed 已签发

A status says what the article waits for. Different people read the same words, none of them
its author (`duties`); a change of the words sends the article back to where it must be read
again. Every move appends a Review that names the revision it was made on.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.duties import readings, rights, writers
from articles.models import Article, Correction, Issue, Member, Review, Revision, Status


class MoveRefused(Exception):  # noqa: N818 (it reads as what happened)
    """A step is not open to this member, or no longer; its text tells why."""


REVIEWING = (Status.FIRST_REVIEW, Status.SECOND_REVIEW, Status.FINAL_REVIEW)
LIVE = (Status.DRAFT, *REVIEWING, Status.SIGNED)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the procedure: from which statuses to which, and the right it takes.

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
        sources=(*REVIEWING, Status.SIGNED, Status.HELD, Status.SPIKED),
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
# What a Review may name besides: what follows from a change of words.
FOLLOWED = {"void": _("Words changed: to be read again"), "correct": _("Changed after publication")}
LABELS = {name: step.label for name, step in MOVES.items()} | FOLLOWED


def stages() -> tuple[Status, ...]:
    """Return the stages of reading that this newsroom has, in order (REVIEW_STAGES, 1 to 3)."""
    return {
        1: (Status.FINAL_REVIEW,),
        2: (Status.FIRST_REVIEW, Status.FINAL_REVIEW),
        3: REVIEWING,
    }[settings.REVIEW_STAGES]


def next_stage(status: str) -> Status:
    """Return the stage that follows a status: the first one for any status before it."""
    passed = REVIEWING.index(status) + 1 if status in REVIEWING else 0
    return next(stage for stage in REVIEWING[passed:] if stage in stages())


def open_moves(article: Article, *, by: Member) -> dict[str, str]:
    """Return the moves on the table for an article and a member: name → refusal ("" if none).

    A move for which the member lacks the right is left out. Four queries at most.
    """
    held_rights = rights(by)
    return {
        name: str(_barred(article, step, by, held_rights) or "")
        for name, step in MOVES.items()
        if article.status in step.sources and step.permission in held_rights
    }


def move(
    article: Article,
    name: str,
    *,
    by: Member,
    version: int | None = None,
    status: str | None = None,
    note: str = "",
) -> Review:
    """Take an article one step on; sets its `status`. Returns the Review that was appended.

    `version` and `status` are those the member has seen; None means those of the article given.
    Raises MoveRefused where the table, a right, the separation of duties, changed words, a
    missing note or somebody quicker forbids it.
    """
    step = MOVES.get(name)
    if step is None:
        raise MoveRefused(_("There is no such step."))
    seen = (
        article.version if version is None else version,
        article.status if status is None else status,
    )
    with transaction.atomic():
        held = hold(article)
        if refusal := _refused(held, step, by=by, seen=seen, note=note):
            raise MoveRefused(refusal)
        target = step.target or next_stage(held.status)
        review = _write(held, name, target, by=by, note=note)
    article.status, article.version = held.status, held.version
    return review


def hold(article: Article) -> Article:
    """Return the article as it stands, held with its issue until the transaction ends.

    The issue is held first, as everywhere, so that nobody waits in a circle. Raises
    MoveRefused where the article is gone, or goes to another issue meanwhile. Three queries.
    """
    place = Article.objects.filter(pk=article.pk).values_list("page__issue", flat=True).first()
    if place:
        list(Issue.objects.locked([place]))
    rows = Article.objects.select_for_update(of=["self"]).select_related("page__issue")
    held = rows.filter(pk=article.pk).first()
    if held is None:
        raise MoveRefused(_("The article has been deleted."))
    if held.page and held.page.issue_id != place:
        raise MoveRefused(_("Somebody else has just moved the article. Please look again."))
    return held


def may_change_words(article: Article, *, by: Member) -> bool:
    """Tell whether a member may change the words of an article as it stands.

    Published words are changed only by who may sign, and with a reason. One query at most.
    """
    return not is_public(article) or "articles.sign_article" in rights(by)


def is_public(article: Article) -> bool:
    """Tell whether readers see an article now. See also `ArticleQuerySet.published`."""
    page = article.page
    return article.status == Status.SIGNED and page is not None and page.issue.is_published()


def words_changed(
    article: Article, revision: Revision, *, by: Member, reason: str = "", notice: str = ""
) -> None:
    """Follow up a change of words, in the transaction that stored them as `revision`.

    Readings of earlier words are void: the article goes back to the first stage, and its
    `status` is set. Published words stay public: the change needs the right to sign and a
    reason, and becomes a Correction where a notice to readers is given. Raises MoveRefused.
    """
    held = hold(article)
    if is_public(held):
        _correct(held, revision, by=by, reason=reason, notice=notice)
    elif held.status in (*REVIEWING, Status.SIGNED) and held.status != stages()[0]:
        _write(held, "void", stages()[0], by=by, note=reason)
    article.status = held.status


def _correct(held: Article, revision: Revision, *, by: Member, reason: str, notice: str) -> None:
    if not may_change_words(held, by=by):
        raise MoveRefused(_("It is published: only who may sign may change it."))
    if not reason.strip():
        raise MoveRefused(_("It is published: please say why you change it."))
    _write(held, "correct", Status.SIGNED, by=by, note=reason)
    if notice.strip():
        Correction.objects.create(article=held, revision=revision, notice=notice, made_by=by)


def _refused(held: Article, step: Move, *, by: Member, seen: tuple[int, str], note: str):
    """Return why a step may not be taken now, or None."""
    held_rights = rights(by)
    if step.permission not in held_rights:
        return _("You may not take this step.")
    if held.status != seen[1] or held.status not in step.sources:
        return _("The article has moved on in the meantime. Please look at it again.")
    if held.version != seen[0] or (step.is_reading and revisions.is_unkept(held)):
        return _("The words have changed since you read them. Please read them again.")
    if step.needs_note and not note.strip():
        return _("Please say why.")
    return _barred(held, step, by, held_rights)


def _barred(held: Article, step: Move, by: Member, held_rights: set[str]):
    """Return what the separation of duties or publication bars here, or None."""
    if step.is_reading:
        return _reading_barred(held, by)
    if is_public(held):
        is_open = step.target == Status.WITHDRAWN
        return None if is_open else _("It is published: it can be corrected or withdrawn.")
    if step.target == Status.WITHDRAWN:
        return _("It is not published: hold or return it instead.")
    if _is_scheduled(held) and "articles.release_issue" not in held_rights:
        return _("Its issue is released: only who may release it may take an article out.")
    return None


def _is_scheduled(article: Article) -> bool:
    """Tell whether an article goes out with its issue at a minute to come."""
    page = article.page
    return article.status == Status.SIGNED and page is not None and bool(page.issue.released_at)


def _reading_barred(held: Article, by: Member):
    if by.pk in writers(held):
        return _("You wrote or last changed these words: somebody else must read them.")
    counted = readings(held)
    if by.pk in {review.made_by_id for review in counted}:
        return _("You have read these words at an earlier stage: somebody else must read them.")
    before = stages()[: stages().index(held.status)] if held.status in stages() else ()
    if not {*before} <= {review.from_status for review in counted}:
        return _("These words have not been read at every stage before: return them first.")
    return None


def _write(held: Article, name: str, target: Status, *, by: Member, note: str) -> Review:
    """Write the status if nobody was quicker, and append the Review that tells of it."""
    before = Status(held.status)
    revision = revisions.as_it_stands(held)
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
