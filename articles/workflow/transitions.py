"""Make workflow moves, the only way in which an article's status changes; and lock articles.

Different people review the same words, none of them its author; a change of the words sends the
article back to be read again (`permissions`). Every move adds a Review that names the revision
it was made on. Articles of back issues are signed by `sign_printed_articles`.
"""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import ledger, publication, revisions
from articles.lists.entries import follow_article
from articles.models import (
    Article,
    Caption,
    Correction,
    Issue,
    Member,
    Page,
    Review,
    Revision,
    Status,
)
from articles.search import entries

from .moves import MOVES, Move, MoveRefusedError, next_stage
from .permissions import UNDER_REVIEW, permissions_of, review_refusal, stage_after_change
from .printed_digest import printed_captions, printed_digest


def available_moves(article: Article, *, by: Member) -> dict[str, str]:
    """Return the moves from the article's status: name → why it is refused ("" if it is not).

    A move for which the member lacks the permission is left out. Four queries at most.
    """
    permissions = permissions_of(by)
    return {
        name: str(_refusal(article, step, by, permissions) or "")
        for name, step in MOVES.items()
        if article.status in step.sources and step.permission in permissions
    }


def move(
    article: Article,
    name: str,
    *,
    by: Member,
    version: int | None = None,
    status: str | None = None,
    note: str = "",
    public_note: str = "",
) -> Review:
    """Make a move and set the article's `status`; return the Review that was added.

    `version` and `status` are those the member has seen, None those of the article given;
    `public_note` is for readers and only kept by a withdrawal. Raises MoveRefusedError: by the
    table, permission, separation of duties, changed words, missing note. Sixteen queries at most.
    """
    if name not in MOVES:
        raise MoveRefusedError(_("There is no such step."))
    step, version, status = MOVES[name], *_seen(article, version, status)
    with ledger.atomic():
        locked = lock_article(article.pk)
        stored_version = locked.version
        revision = revisions.ensure_revision(locked)
        is_recorded = stored_version in (0, revision.number) or not step.is_review
        is_seen = is_recorded and stored_version == version
        if refusal := _find_refusal(locked, step, by=by, status=status, is_seen=is_seen, note=note):
            raise MoveRefusedError(refusal)
        target = step.target or next_stage(locked.status)
        notes = {"note": note, "public_note": public_note if name == "withdraw" else ""}
        review = _write_status(locked, name, target, revision=revision, by=by, **notes)
    article.status, article.version = locked.status, locked.version
    return review


def _seen(article: Article, version: int | None, status: str | None) -> tuple[int, str]:
    return (
        article.version if version is None else version,
        article.status if status is None else status,
    )


def sign_printed_articles(articles: Collection[Article], *, by: Member | None) -> list[Review]:
    """Sign articles of past issues, which were reviewed on paper; set their `status`.

    `by` must have the permission to release issues; None is the operator at the command line.
    All must be drafts, at the versions given, on pages of past days. Adds one Review each, of
    the current words. Raises MoveRefusedError. As many queries for one as for many.
    """
    if by is not None and "articles.release_issue" not in permissions_of(by):
        raise MoveRefusedError(_("You may not release issues."))
    with ledger.atomic():
        drafts = _lock_past_drafts(articles)
        latest = Revision.objects.filter(article__in=drafts, number=F("article__version"))
        revisions_of = {row.article_id: row for row in latest.only("article", "digest")}
        captions = printed_captions(articles)
        signed = drafts.update(status=Status.SIGNED)
        if not signed == len(revisions_of) == len(articles):
            raise MoveRefusedError(
                _("Only drafts of past issues, as they stand, count as printed.")
            )
        reviews = Review.objects.bulk_create(
            _print_review(each, revisions_of[each.pk], captions.get(each.pk, ()), by=by)
            for each in articles
        )
        ledger.record_rows(reviews)
        entries.list_articles(Article.objects.filter(pk__in=[each.pk for each in articles]))
    for article in articles:
        article.status = Status.SIGNED
    return reviews


def _lock_past_drafts(articles: Collection[Article]) -> QuerySet[Article]:
    """Lock articles and their issues; select those that are drafts of past days as given."""
    ids = [article.pk for article in articles]
    given = Q(pk__in=())
    for version in {article.version for article in articles}:
        given |= Q(
            version=version, pk__in=[each.pk for each in articles if each.version == version]
        )
    issues = Issue.objects.filter(pages__articles__in=ids).values_list("pk", flat=True)
    publication.issues_changed(Issue.objects.locked(set(issues)))
    list(Article.objects.select_for_update().filter(pk__in=ids).order_by("pk").only("pk"))
    past = Issue.objects.filter(issued_on__lt=timezone.localdate())
    return Article.objects.filter(given, status=Status.DRAFT, page__issue__in=past)


def _print_review(
    article: Article, revision: Revision, captions: Collection[Caption], *, by: Member | None
) -> Review:
    """Return the Review of a printed article. No query."""
    return Review(
        article=article,
        revision=revision,
        move="print",
        from_status=Status.DRAFT,
        to_status=Status.SIGNED,
        printed_digest=printed_digest(article, revision.digest, captions),
        made_by=by,
    )


def lock_issues(article_id: int | None, page_id: int | None) -> dict[int, Issue]:
    """Lock, until the transaction ends, the issues of an article and of a page. One query.

    Issues are locked before articles everywhere, and in one order, so that those who edit,
    arrange and release never wait for each other in a circle.
    """
    page_of_article = Article.objects.filter(pk=article_id).values("page")
    pages = Page.objects.filter(Q(pk=page_id) | Q(pk=Subquery(page_of_article)))
    return {issue.pk: issue for issue in Issue.objects.locked(pages.values("issue"))}


def lock_article(article_id: int, *, page_id: int | None = None) -> Article:
    """Return an article as it is now, locked with its issue until the transaction ends.

    `page_id` is a page to which it may go: the issue of that page is locked too. Raises
    MoveRefusedError where the article was deleted, or moved to another issue meanwhile. Two
    queries.
    """
    issues = lock_issues(article_id, page_id)
    rows = Article.objects.select_for_update(of=["self"]).select_related("page__issue")
    article = rows.filter(pk=article_id).first()
    if article is None:
        raise MoveRefusedError(_("The article has been deleted."))
    if article.page and article.page.issue_id not in issues:
        raise MoveRefusedError(_("Somebody else has just moved the article. Please look again."))
    return article


def may_change_words(article: Article, *, by: Member) -> bool:
    """Tell whether a member may change the words of an article as it stands.

    Published words are changed only by who may sign, and with a reason. One query at most.
    """
    return not is_public(article) or "articles.sign_article" in permissions_of(by)


def is_public(article: Article) -> bool:
    """Tell whether readers see an article now. See also `ArticleQuerySet.published`."""
    page = article.page
    return article.status == Status.SIGNED and page is not None and page.issue.is_published()


def void_reviews(
    article: Article, revision: Revision, *, by: Member | None, reason: str = "", notice: str = ""
) -> None:
    """Void the reviews of earlier words, in the transaction that stored them as `revision`.

    The article must be locked (`lock_article`). It goes back to the stage at which its words are
    to be read again (`stage_after_change`), and its `status` is set. Published words stay public:
    the change needs the right to sign and a reason, and becomes a Correction where a notice to
    readers is given. Raises MoveRefusedError.
    """
    if is_public(article):
        _correct(article, revision, by=by, reason=reason, notice=notice)
    elif article.status in UNDER_REVIEW:
        stage = stage_after_change(article, by=by)
        if stage != article.status:
            _write_status(article, "void", stage, revision=revision, by=by, note=reason)


def void_for_photo(article_ids: Collection[int], *, by: Member, reason: str) -> None:
    """Void the reviews of articles that print a photo of which the description has changed.

    What a reviewer passed, or readers see, is no longer what is printed; see `void_reviews`. Each
    gets a revision with the reason. Raises MoveRefusedError. At most nine queries, and
    twenty-eight for each.
    """
    with ledger.atomic():
        # All issues first and in their order, as everybody locks them (`lock_issues`).
        pages = Page.objects.filter(articles__in=article_ids)
        list(Issue.objects.locked(pages.values("issue")))
        for pk in sorted(article_ids):
            article = lock_article(pk)
            if article.status in UNDER_REVIEW:
                revision = revisions.repeat(article, by=by, reason=reason)
                void_reviews(article, revision, by=by, reason=reason)


def _correct(
    article: Article, revision: Revision, *, by: Member | None, reason: str, notice: str
) -> None:
    if not may_change_words(article, by=by):
        raise MoveRefusedError(_("It is published: only who may sign may change it."))
    if not reason.strip():
        raise MoveRefusedError(_("It is published: please say why you change it."))
    _write_status(article, "correct", Status.SIGNED, revision=revision, by=by, note=reason)
    if notice.strip():
        facts = {"article": article, "revision": revision, "made_by": by}
        ledger.record_rows([Correction.objects.create(notice=notice, **facts)])


def _find_refusal(
    article: Article, step: Move, *, by: Member, status: str, is_seen: bool, note: str
):
    """Return why a move may not be made now, or None."""
    permissions = permissions_of(by)
    if step.permission not in permissions:
        return _("You may not take this step.")
    if article.status != status or article.status not in step.sources:
        return _("The article has moved on in the meantime. Please look at it again.")
    if not is_seen:
        return _("The words have changed since you read them. Please read them again.")
    if step.needs_note and not note.strip():
        return _("Please say why.")
    return _refusal(article, step, by, permissions)


def _refusal(article: Article, step: Move, by: Member, permissions: set[str]):
    """Return why separation of duties or publication forbids a move, or None."""
    if step.is_review:
        return review_refusal(article, by=by)
    if article.is_discarded:
        return _("It is in the bin: take it out first.")
    if is_public(article):
        is_open = step.target == Status.WITHDRAWN
        return None if is_open else _("It is published: it can be corrected or withdrawn.")
    if step.target == Status.WITHDRAWN:
        return _("It is not published: hold or return it instead.")
    if _is_scheduled(article) and "articles.release_issue" not in permissions:
        return _("Its issue is released: only who may release it may take an article out.")
    return None


def _is_scheduled(article: Article) -> bool:
    """Tell whether an article will be published with its issue at a later minute."""
    page = article.page
    return article.status == Status.SIGNED and page is not None and bool(page.issue.released_at)


def _write_status(
    article: Article, name: str, target: Status, *, revision: Revision, by: Member | None, **notes
) -> Review:
    """Write the status unless it changed meanwhile, and add the Review of it."""
    before = Status(article.status)
    unchanged = Article.objects.filter(pk=article.pk, status=before, version=article.version)
    if not unchanged.update(status=target):
        raise MoveRefusedError(_("Somebody else was quicker. Please look at the article again."))
    article.status = target
    if Status.SIGNED in (before, target) and before != target:
        entries.list_articles(Article.objects.filter(pk=article.pk))
    follow_article(article)
    if name == "withdraw":
        publication.article_withdrawn(article)
    else:
        publication.article_changed(article)
    statuses = {"from_status": before, "to_status": target}
    facts = {"article": article, "revision": revision, "made_by": by, **notes}
    if target == Status.SIGNED:
        captions = printed_captions([article]).get(article.pk, ())
        facts["printed_digest"] = printed_digest(article, revision.digest, captions)
    review = Review.objects.create(move=name, **statuses, **facts)
    ledger.record_rows([review])
    return review
