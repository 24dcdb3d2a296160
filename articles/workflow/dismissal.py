"""Dismiss findings of articles: somebody has looked, and says why it is right as it stands."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Finding, Member

from .moves import MoveRefusedError


def dismiss(finding: Finding, *, by: Member, reason: str) -> None:
    """Dismiss a finding; sets its fields. One query, besides those for permissions.

    Raises MoveRefusedError: without the permission to change articles, without a reason, or where
    somebody has dismissed it already.
    """
    if not by.has_perm("articles.change_article"):
        raise MoveRefusedError(_("You may not change articles."))
    if not reason.strip():
        raise MoveRefusedError(_("Please say why."))
    facts = {"dismissed_by": by, "dismissed_at": timezone.now(), "reason": reason.strip()}
    if not Finding.objects.filter(pk=finding.pk, dismissed_at=None).update(**facts):
        raise MoveRefusedError(_("Somebody else was quicker. Please look at the article again."))
    for name, value in facts.items():
        setattr(finding, name, value)
