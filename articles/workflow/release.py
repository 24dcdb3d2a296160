"""Release an issue for a minute, and recall a release.

Nothing else writes `Issue.released_at`. From that minute readers see the issue as a whole: the
articles that are signed off then. A change of words after the release leaves an article out until
it is signed again: `missing` lists those.
"""

from collections.abc import Collection
from datetime import datetime, time

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import ledger, publication
from articles.lists.entries import follow_issue
from articles.models import Article, Issue, Member, Release, ReleaseAction, Status
from articles.search import entries

from .moves import REVIEWING, MoveRefusedError
from .preflight import Inspection

# The statuses of articles that may still be signed.
UNSIGNED = (Status.DRAFT, *REVIEWING)
# The time of day at which a paper of a past day counts as published.
MORNING = time(6)
# Findings that forbid the release of a new issue, but not of one that was printed so.
AS_PRINTED = {"empty_page", "two_leads", "no_credit"}


class StaleInspectionError(MoveRefusedError):
    """There is a finding that the person has not been shown, or not as it is now."""


def missing(issue: Issue) -> list[Article]:
    """Return the articles that a released issue will lack unless they are signed.

    Those on its pages that wait for a review: changed or added after the release. None where
    the issue is not released. In print order; one query.
    """
    if issue.released_at is None:
        return []
    unsigned = Article.objects.filter(page__issue=issue, status__in=UNSIGNED)
    return list(unsigned.select_related("page", "column").in_print_order())


def release(
    issue: Issue, *, by: Member, at: datetime | None = None, shown: Collection[str] | None = None
) -> Release:
    """Let readers see an issue as a whole from a minute on (aware), or from now on (None).

    `shown` are the keys (`Inspection.keys`) of what the person has been shown; None where the
    caller answers for that. Sets its `released_at`. Raises MoveRefusedError without the
    permission, at a past minute, with a barring finding, or when it is released already; and
    StaleInspectionError.
    """
    _check_may_release(by)
    now = timezone.now()
    if at is not None and at <= now:
        raise MoveRefusedError(_("This minute is past. Choose a later one, or release now."))
    with ledger.atomic():
        locked = _lock(issue)
        if locked.released_at:
            raise MoveRefusedError(_("The issue is released already."))
        found = Inspection.of(locked)
        _check_ready(found, shown)
        issue.released_at = locked.released_at = at or now
        _write_release(locked)
        _log(locked, by, _("Released from %(at)s on.") % {"at": clock(at or now)})
        return _add_release(locked, ReleaseAction.RELEASED, by, found)


def release_printed(issue: Issue, *, by: Member | None) -> Release:
    """Let readers see an issue of a past day under its own date: from six in its morning on.

    `by` None is the operator at the command line. Sets its `released_at`. Raises
    MoveRefusedError without the permission, on its own day or before, with a barring finding that
    was not printed so, or when it is released already.
    """
    if by is not None:
        _check_may_release(by)
    if issue.issued_on >= timezone.localdate():
        raise MoveRefusedError(_("Its day is not past: release it on the desk."))
    with ledger.atomic():
        locked = _lock(issue)
        if locked.released_at:
            raise MoveRefusedError(_("The issue is released already."))
        found = Inspection.of(locked)
        for finding in found.barring:
            if finding.code not in AS_PRINTED:
                raise MoveRefusedError(finding.message)
        morning = timezone.make_aware(datetime.combine(locked.issued_on, MORNING))
        issue.released_at = locked.released_at = morning
        _write_release(locked)
        _log(locked, by, _("Released from %(at)s on.") % {"at": clock(morning)})
        return _add_release(locked, ReleaseAction.RELEASED, by, found)


def _check_recallable(issue: Issue) -> None:
    if issue.released_at is None:
        raise MoveRefusedError(_("The issue is not released."))
    if issue.is_published():
        raise MoveRefusedError(_("The issue is published already; it cannot be recalled."))


def recall(issue: Issue, *, by: Member) -> Release:
    """Take back the release of an issue that readers do not see yet; sets its `released_at`.

    Raises MoveRefusedError: without the permission, or when it is published or not released at all.
    """
    _check_may_release(by)
    with ledger.atomic():
        locked = _lock(issue)
        _check_recallable(locked)
        event = _add_release(locked, ReleaseAction.RECALLED, by, None)
        issue.released_at = locked.released_at = None
        _write_release(locked)
        _log(locked, by, _("Release recalled."))
        return event


def clock(instant: datetime) -> str:
    """Write an instant by the newsroom's clock: 2024年7月27日 06:00."""
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def _check_ready(found: Inspection, shown: Collection[str] | None) -> None:
    if found.barring:
        raise MoveRefusedError(_("The issue is not ready: see what is missing."))
    if shown is not None and not found.keys <= set(shown):
        raise StaleInspectionError(
            _("The issue has changed since you looked. Please look once more.")
        )


def _write_release(locked: Issue) -> None:
    """Store `released_at`; the search, the lists and the kept pages follow.

    In this order everywhere, for they lock rows: the years of the search before those of lists.
    """
    locked.save(update_fields=["released_at"])
    entries.list_issue(locked)
    follow_issue(locked)
    publication.release_changed(locked)


def _add_release(
    locked: Issue, act: ReleaseAction, by: Member | None, found: Inspection | None
) -> Release:
    row = Release.objects.create(
        issue=locked,
        act=act,
        goes_out_at=locked.released_at,
        pages=len(found.pages) if found else 0,
        articles=len(found.articles) if found else 0,
        shown="\n".join(notice.message for notice in found.notices) if found else "",
        made_by=by,
    )
    ledger.record_rows([row])
    return row


def _check_may_release(by: Member) -> None:
    if not by.has_perm("articles.release_issue"):
        raise MoveRefusedError(_("You may not release issues."))


def _lock(issue: Issue) -> Issue:
    locked = Issue.objects.locked([issue.pk]).first()
    if locked is None:
        raise MoveRefusedError(_("The issue has been deleted."))
    return locked


def _log(row: models.Model, by: Member | None, message: str) -> None:
    """Enter it in the log of the desk, which knows members only."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [row], CHANGE, str(message), single_object=True)
