"""An issue goes out: what bars it, the minute of its publication, and taking that back.

Nothing else writes `Issue.released_at`. From that minute readers see the issue as a whole.
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
from articles.workflow import MoveRefused


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of a release: a message, and the row where it is mended."""

    message: str
    about: models.Model


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
        held = _hold(issue)
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
        held = _hold(issue)
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


def _hold(issue: Issue) -> Issue:
    held = Issue.objects.locked([issue.pk]).first()
    if held is None:
        raise MoveRefused(_("The issue has been deleted."))
    return held


def _log(row: models.Model, by: Member, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, str(message), single_object=True)
