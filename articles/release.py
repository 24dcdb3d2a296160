"""An issue goes out: the minute of its publication, and taking that back.

Nothing else writes `Issue.released_at`. From that minute readers see the issue as a whole:
the articles that are signed off then, so that a change of words after the release leaves an
article out until it is signed again. Whoever may release is told (`missing`) and can recall.
"""

from collections.abc import Collection
from datetime import datetime, time

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles.models import Act, Article, Issue, Member, Release, Status
from articles.preflight import Inspection
from articles.workflow import REVIEWING, MoveRefused

# What an article waits in that was meant for the paper and may still make it.
UNREAD = (Status.DRAFT, *REVIEWING)
# When a paper of a past day counts as having come out, by the newsroom's clock of that day.
MORNING = time(6)
# What bars a paper that is still to be printed, and cannot be mended in one that was.
AS_PRINTED = {"empty_page", "two_leads", "no_credit"}


class NotShown(MoveRefused):
    """Something deserves a look that the person has not been shown, or not as it is now."""


def missing(issue: Issue) -> list[Article]:
    """Return the articles that a released issue goes out without, unless they are signed again.

    Those on its pages that wait for a reading: their words were changed, or they came, after
    the release. Whoever may release decides: have them signed, or recall. None where the issue
    is not released. In print order; one query.
    """
    if issue.released_at is None:
        return []
    unsigned = Article.objects.filter(page__issue=issue, status__in=UNREAD)
    return list(unsigned.select_related("page", "column").in_print_order())


def release(
    issue: Issue, *, by: Member, at: datetime | None = None, shown: Collection[str] | None = None
) -> Release:
    """Let readers see an issue as a whole from a minute on (aware), or from now on (None).

    `shown` are the keys (`Inspection.keys`) of what the person has been shown; None where the
    caller answers for that. Sets its `released_at`. Raises MoveRefused: without the right, at a
    past minute, with anything barring, or when it is released already; NotShown.
    """
    _check_may_release(by)
    now = timezone.now()
    if at is not None and at <= now:
        raise MoveRefused(_("This minute is past. Choose a later one, or release now."))
    with transaction.atomic():
        held = _hold(issue)
        if held.released_at:
            raise MoveRefused(_("The issue is released already."))
        found = Inspection.of(held)
        _check_fit(found, shown)
        issue.released_at = held.released_at = at or now
        held.save(update_fields=["released_at"])
        _log(held, by, _("Released from %(at)s on.") % {"at": clock(at or now)})
        return _event(held, Act.RELEASED, by, found)


def release_printed(issue: Issue, *, by: Member | None) -> Release:
    """Let readers see an issue of a past day under its own date: from six in its morning on.

    `by` None is the operator at the command line. Sets its `released_at`. Raises MoveRefused:
    without the right, on its own day or before, with anything barring but what was printed so,
    or when it is released already.
    """
    if by is not None:
        _check_may_release(by)
    if issue.issued_on >= timezone.localdate():
        raise MoveRefused(_("Its day is not past: release it on the desk."))
    with transaction.atomic():
        held = _hold(issue)
        if held.released_at:
            raise MoveRefused(_("The issue is released already."))
        found = Inspection.of(held)
        for finding in found.barring:
            if finding.code not in AS_PRINTED:
                raise MoveRefused(finding.message)
        morning = timezone.make_aware(datetime.combine(held.issued_on, MORNING))
        issue.released_at = held.released_at = morning
        held.save(update_fields=["released_at"])
        _log(held, by, _("Released from %(at)s on.") % {"at": clock(morning)})
        return _event(held, Act.RELEASED, by, found)


def recall(issue: Issue, *, by: Member) -> Release:
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
        event = _event(held, Act.RECALLED, by, None)
        issue.released_at = held.released_at = None
        held.save(update_fields=["released_at"])
        _log(held, by, _("Release recalled."))
        return event


def clock(instant: datetime) -> str:
    """Write an instant by the newsroom's clock: 2024年7月27日 06:00."""
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def _check_fit(found: Inspection, shown: Collection[str] | None) -> None:
    if found.barring:
        raise MoveRefused(_("The issue is not ready: see what is missing."))
    if shown is not None and not found.keys <= set(shown):
        raise NotShown(_("The issue has changed since you looked. Please look once more."))


def _event(held: Issue, act: Act, by: Member | None, found: Inspection | None) -> Release:
    return Release.objects.create(
        issue=held,
        act=act,
        goes_out_at=held.released_at,
        pages=len(found.pages) if found else 0,
        articles=len(found.articles) if found else 0,
        shown="\n".join(notice.message for notice in found.notices) if found else "",
        made_by=by,
    )


def _check_may_release(by: Member) -> None:
    if not by.has_perm("articles.release_issue"):
        raise MoveRefused(_("You may not release issues."))


def _hold(issue: Issue) -> Issue:
    held = Issue.objects.locked([issue.pk]).first()
    if held is None:
        raise MoveRefused(_("The issue has been deleted."))
    return held


def _log(row: models.Model, by: Member | None, message: str) -> None:
    """Enter it in the log of the desk, which knows members only."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [row], CHANGE, str(message), single_object=True)
