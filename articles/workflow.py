"""三审: the procedure. MOVES is the table; `move` is the one door for a change of status.

Different people read the same words, none of them its author (`duties`); a change of the words
sends the article back to where it must be read again. Every move appends a Review that names
the revision it was made on. What was printed before there was a desk is signed by `printed`.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.duties import readings, rights, writers
from articles.models import Article, Correction, Issue, Member, Review, Revision, Status
from articles.procedure import (
    FOLLOWED,
    LABELS,
    LIVE,
    MOVES,
    REVIEWING,
    Move,
    MoveRefused,
    next_stage,
    stages,
)

__all__ = ["FOLLOWED", "LABELS", "LIVE", "MOVES", "REVIEWING", "Move", "MoveRefused", "hold",
           "is_public", "may_change_words", "move", "next_stage", "open_moves", "printed",
           "stages", "words_changed"]  # fmt: skip


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


def printed(articles: Collection[Article], *, by: Member | None) -> list[Review]:
    """Sign articles of past issues whose three readings happened on paper; sets their `status`.

    `by` must have the right to release issues; None is the operator at the command line. All
    must be drafts, at the versions given, on pages of past days. Appends one Review each, of
    the words as they stand. Raises MoveRefused. As many queries for one as for many.
    """
    if by is not None and "articles.release_issue" not in rights(by):
        raise MoveRefused(_("You may not release issues."))
    with transaction.atomic():
        drafts = _hold_past_drafts(articles)
        latest = Revision.objects.filter(article__in=drafts, number=F("article__version"))
        read = dict(latest.values_list("article", "pk"))
        signed = drafts.update(status=Status.SIGNED)
        if not signed == len(read) == len(articles):
            raise MoveRefused(_("Only drafts of past issues, as they stand, count as printed."))
        reviews = Review.objects.bulk_create(_printing(each, read, by=by) for each in articles)
    for article in articles:
        article.status = Status.SIGNED
    return reviews


def _hold_past_drafts(articles: Collection[Article]) -> QuerySet[Article]:
    """Hold articles and their issues; select those that are drafts of past days as given."""
    ids = [article.pk for article in articles]
    seen = Q(pk__in=())
    for version in {article.version for article in articles}:
        seen |= Q(version=version, pk__in=[each.pk for each in articles if each.version == version])
    issues = Issue.objects.filter(pages__articles__in=ids).values_list("pk", flat=True)
    list(Issue.objects.locked(set(issues)))
    list(Article.objects.select_for_update().filter(pk__in=ids).order_by("pk").only("pk"))
    past = Issue.objects.filter(issued_on__lt=timezone.localdate())
    return Article.objects.filter(seen, status=Status.DRAFT, page__issue__in=past)


def _printing(article: Article, read: Mapping[int, int], *, by: Member | None) -> Review:
    """Return the Review of a printed article; `read` has the revision of each."""
    return Review(
        article=article,
        revision_id=read[article.pk],
        move="print",
        from_status=Status.DRAFT,
        to_status=Status.SIGNED,
        made_by=by,
    )


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
