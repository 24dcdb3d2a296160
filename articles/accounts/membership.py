"""Accounts of members: leaving, coming back, and the end of their sessions.

What a member did stays as it is: reviews, revisions, bylines and the name on them.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from articles import ledger
from articles.models import LedgerKind, LoginSession, Member, NoticeSettings
from articles.models.member import new_session_salt


def end_sessions(member: Member) -> None:
    """Log a member out everywhere, for good. Two queries."""
    member.session_salt = new_session_salt()
    LoginSession.objects.filter(member=member).delete()
    Member.objects.filter(pk=member.pk).update(session_salt=member.session_salt)


@ledger.atomic()
def leave(member: Member, *, by: Member | None = None) -> str:
    """End an account; return the names of the roles that it had.

    Its sessions end for good. What was signed keeps the roles.
    Locks the row.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    member.former_roles = member.role_names[:500]
    member.set_unusable_password()
    member.is_active = member.is_superuser = member.must_change_password = False
    member.save()
    member.groups.clear()
    member.user_permissions.clear()
    NoticeSettings.objects.filter(member=member).delete()
    ledger.record(LedgerKind.ACCOUNT, member, by=by, left=True)
    return member.former_roles


@ledger.atomic()
def come_back(
    member: Member, *, roles: Iterable[Group], password: str, by: Member | None = None
) -> None:
    """Open an account again, with roles and a password to be changed at the first log-in."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    member.set_password(password)
    member.must_change_password = member.is_active = member.is_staff = True
    member.former_roles = ""
    member.save()
    member.groups.set(roles)
    names = [role.name for role in roles]
    ledger.record(LedgerKind.ACCOUNT, member, by=by, left=False, roles=names)
