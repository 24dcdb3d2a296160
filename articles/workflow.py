"""The procedure: the only door through which articles are signed and issues released.

Nothing else writes `Article.status` or `Issue.released_at`. A step of the procedure is a row
of MOVES. Everything here holds the issue it concerns, so that of two people who press at
once one is told that it is done already, and no article changes while its issue is released.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Member, Page, Status


class MoveRefused(Exception):  # noqa: N818 (it reads as what happened)
    """A step is not open to this member, or no longer; its text tells why."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: its name on a button, from which status to which, and who may take it."""

    label: str
    old: Status
    new: Status
    permission: str
    done: str


MOVES = {
    "sign": Move(
        _("Sign off"), Status.DRAFT, Status.SIGNED, "articles.sign_article", _("Signed off.")
    ),
    "return": Move(
        _("Return to draft"),
        Status.SIGNED,
        Status.DRAFT,
        "articles.sign_article",
        _("Returned to draft."),
    ),
}


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of a release: a message, and the row where it is mended."""

    message: str
    about: models.Model


# Articles


def open_moves(article: Article, *, by: Member) -> list[str]:
    """Return the names of the moves that a member may make with an article now. No query."""
    return [
        name
        for name, step in MOVES.items()
        if step.old == article.status and by.has_perm(step.permission)
    ]


def move(article: Article, name: str, *, by: Member) -> str:
    """Take a saved article one step on and return what to tell; sets its `status`.

    Raises MoveRefused where the table, the member's rights or somebody quicker forbids it.
    """
    step = MOVES.get(name)
    if step is None:
        raise MoveRefused(_("There is no such step."))
    if not by.has_perm(step.permission):
        raise MoveRefused(_("You may not take this step."))
    with transaction.atomic():
        issue = _hold_issue_of(article)
        if step.new != Status.SIGNED and issue and issue.released_at:
            raise MoveRefused(_("Its issue is released: recall the issue first."))
        _write_status(article, step.old, step.new)
        _log(article, by, step.done)
    return str(step.done)


def may_change_words(article: Article, *, by: Member) -> bool:
    """Tell whether a member may change the words of an article now.

    Signed words of a released issue are changed only by who may sign. One query at most.
    """
    if article.status != Status.SIGNED or by.has_perm("articles.sign_article"):
        return True
    return not Issue.objects.filter(pages__articles=article, released_at__isnull=False).exists()


def words_changed(article: Article, *, by: Member) -> bool:
    """Void the sign-off of an article whose words have just changed; True if one was voided.

    In a released issue it stays signed: whoever may sign has changed it, and nobody else may
    (MoveRefused). To be called in the transaction that stores the words.
    """
    with transaction.atomic():
        issue = _hold_issue_of(article)
        article.refresh_from_db(fields=["status"])
        if article.status != Status.SIGNED:
            return False
        if issue and issue.released_at:
            if not may_change_words(article, by=by):
                raise MoveRefused(_("The issue is released; only who may sign may change it."))
            return False
        _write_status(article, Status.SIGNED, Status.DRAFT)
        _log(article, by, _("Words changed after sign-off: a draft again."))
    return True


# Issues


def blockers(issue: Issue) -> list[Blocker]:
    """Return what must be mended before an issue can be released, in page order. Two queries."""
    pages = list(issue.pages.in_order().annotate(holds=models.Count("articles")))
    if not pages:
        return [Blocker(gettext("The issue has no pages."), issue)]
    found = [_empty(page) for page in pages if not page.holds]
    unsigned = Article.objects.filter(page__issue=issue).exclude(status=Status.SIGNED)
    unsigned = unsigned.select_related("page", "column").in_print_order()
    return found + [_unsigned(article) for article in unsigned]


def release(issue: Issue, *, by: Member, at: datetime | None = None) -> None:
    """Let readers see an issue as a whole from a minute on (aware), or from now on (None).

    Sets its `released_at`. Raises MoveRefused: without the right, at a past minute, with
    blockers, or when it is released already.
    """
    _check_may_release(by)
    now = timezone.now()
    if at is not None and at <= now:
        raise MoveRefused(_("This minute is past. Choose a later one, or release now."))
    with transaction.atomic():
        held = _hold_issue(issue)
        if held.released_at:
            raise MoveRefused(_("The issue is released already."))
        if blockers(held):
            raise MoveRefused(_("The issue is not ready: see what is missing."))
        issue.released_at = held.released_at = at or now
        held.save(update_fields=["released_at"])
        _log(held, by, _("Released from %(at)s on.") % {"at": clock(at or now)})


def recall(issue: Issue, *, by: Member) -> None:
    """Take back the release of an issue that readers do not see yet; sets its `released_at`.

    Raises MoveRefused: without the right, or when it is published or not released at all.
    """
    _check_may_release(by)
    with transaction.atomic():
        held = _hold_issue(issue)
        if held.released_at is None:
            raise MoveRefused(_("The issue is not released."))
        if held.is_published():
            raise MoveRefused(_("The issue is published already; it cannot be recalled."))
        issue.released_at = held.released_at = None
        held.save(update_fields=["released_at"])
        _log(held, by, _("Release recalled."))


def clock(instant: datetime) -> str:
    """Write an instant by the newsroom's clock: 2024年7月27日 06:00."""
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def _empty(page: Page) -> Blocker:
    return Blocker(gettext("%(page)s has no articles.") % {"page": page.title}, page)


def _unsigned(article: Article) -> Blocker:
    facts = {"page": article.page.label, "article": article.display_title}
    return Blocker(gettext("%(page)s “%(article)s” is not signed off.") % facts, article)


def _check_may_release(by: Member) -> None:
    if not by.has_perm("articles.release_issue"):
        raise MoveRefused(_("You may not release issues."))


def _hold_issue(issue: Issue) -> Issue:
    held = Issue.objects.locked([issue.pk]).first()
    if held is None:
        raise MoveRefused(_("The issue has been deleted."))
    return held


def _hold_issue_of(article: Article) -> Issue | None:
    """Hold the issue in which an article stands now; brings its `page` up to date."""
    article.refresh_from_db(fields=["page"])
    if article.page_id is None:
        return None
    return Issue.objects.locked([article.page.issue_id]).first()


def _write_status(article: Article, old: Status, new: Status) -> None:
    """Write a status if the row still has the old one and stands where it was seen."""
    seen = Article.objects.filter(pk=article.pk, status=old, page=article.page_id)
    if not seen.update(status=new):
        raise MoveRefused(_("Somebody else was quicker. Please look at the article again."))
    article.status = new


def _log(row: models.Model, by: Member, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, str(message), single_object=True)
