"""The sessions of a member: in which browsers somebody is logged in, and the end of one."""

from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY
from django.db.models import F
from django.utils import timezone

from articles.models import LoginSession, Member

# However busy a session is, it ends after a day.
LONGEST = timedelta(hours=24)


def sessions_of(member: Member) -> list[LoginSession]:
    """Return the sessions in which a member is logged in, the last used one first. One query.

    Not those that another password or another role has ended.
    """
    now = timezone.now()
    rows = LoginSession.objects.filter(member=member, expire_date__gt=now)
    rows = rows.order_by(F("seen_at").desc(nulls_last=True), "pk")
    return [row for row in rows if _is_live(row, member) and not _is_over(row, now)]


def end_session(member: Member, token: str) -> bool:
    """End one session of a member; tell whether there was one. Two queries."""
    keys = [row.pk for row in sessions_of(member) if row.token == token]
    return bool(LoginSession.objects.filter(pk__in=keys).delete()[0])


def end_other_sessions(member: Member, *, kept: str) -> int:
    """End all sessions of a member but that of a key; return how many. One query."""
    return LoginSession.objects.filter(member=member).exclude(pk=kept).delete()[0]


def _is_live(row: LoginSession, member: Member) -> bool:
    """Tell whether a session still lets in, as Django does, by a key of before too."""
    bound_to = row.get_decoded().get(HASH_SESSION_KEY)
    hashes = (member.get_session_auth_hash(), *member.get_session_auth_fallback_hash())
    return member.is_active and bound_to in hashes


def _is_over(row: LoginSession, now) -> bool:
    return row.began_at is not None and now - row.began_at > LONGEST
