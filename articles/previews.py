"""Preview links: somebody without an account reads an unreleased issue for a set time.

The address holds the link's uid, signed: it can be neither guessed nor made up. The link itself
is looked up at every request, so that it ends, or is revoked, at once.
"""

from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.workflow import MoveRefusedError

from .models import Issue, Member, PreviewLink

DAY = 24
LONGEST = 7 * DAY
SIGNER = Signer(salt="articles.previews", sep=".")


def create_link(issue: Issue, *, by: Member, hours: int = DAY) -> PreviewLink:
    """Create a link to an unpublished issue, valid for 1 to 168 hours. Raises MoveRefusedError."""
    _check_may(by)
    if not 1 <= hours <= LONGEST:
        raise MoveRefusedError(
            _("A preview link is good for an hour at least, seven days at most.")
        )
    if issue.is_published():
        raise MoveRefusedError(_("The issue is published: give its address instead."))
    ends_at = timezone.now() + timedelta(hours=hours)
    with transaction.atomic():
        link = PreviewLink.objects.create(issue=issue, made_by=by, ends_at=ends_at)
        _log(link, by, gettext("Preview link made, good for %(hours)d hours.") % {"hours": hours})
    return link


def revoke(link: PreviewLink, *, by: Member) -> None:
    """End a link at once; one that has been revoked stays as it is. Raises MoveRefused."""
    _check_may(by)
    with transaction.atomic():
        now = timezone.now()
        still = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
        if still.update(revoked_at=now):
            link.revoked_at = now
            _log(link, by, gettext("Preview link revoked."))


def token(link: PreviewLink) -> str:
    """Return what stands in the address of a link."""
    return SIGNER.sign(link.uid.hex)


def open_link(token: str) -> PreviewLink | None:
    """Return the link of a token, with its issue, or None where it is none or does not work now.

    The signature is compared in constant time. One query; none for a token that was made up.
    """
    try:
        uid = SIGNER.unsign(token)
    except BadSignature:
        return None
    link = PreviewLink.objects.filter(uid=uid).select_related("issue").first()
    return link if link and link.is_open() else None


def links_of(issue: Issue) -> list[PreviewLink]:
    """Return the links to an issue that still work, the newest first, with makers. One query."""
    still = issue.preview_links.filter(revoked_at=None, ends_at__gt=timezone.now())
    return list(still.select_related("made_by"))


def _check_may(by: Member) -> None:
    if not by.has_perm("articles.change_issue"):
        raise MoveRefusedError(_("You may not change issues."))


def _log(link: PreviewLink, by: Member, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [link.issue], CHANGE, message, single_object=True)
