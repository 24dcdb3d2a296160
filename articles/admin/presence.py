"""Who else has an article open, in words. It informs; it does not lock."""

from datetime import datetime

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles.models import Article, Member
from articles.working_copies import others_at

JUST_NOW = 60


def lines(article: Article | None, member: Member) -> list[dict[str, str]]:
    """Return a line for each other member at an article: who, and when they typed. One query."""
    if article is None:
        return []
    others = others_at(article, but=member)
    return [{"who": _who(other, at), "when": _when(at)} for other, at in others.items()]


def _who(member: Member, typed_at: datetime | None) -> str:
    words = _("%(name)s is editing") if typed_at else _("%(name)s has it open")
    return words % {"name": member}


def _when(typed_at: datetime | None) -> str:
    if typed_at is None:
        return _("nothing typed")
    if (timezone.now() - typed_at).total_seconds() < JUST_NOW:
        return _("typed just now")
    return _("typed %(time)s ago") % {"time": timesince(typed_at, depth=1)}
