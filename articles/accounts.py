"""Accounts of members: leaving, and coming back.

What a member did stays as it is: reviews, revisions, bylines and the name on them.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from .models import Member, NoticeSettings


@transaction.atomic
def leave(member: Member) -> str:
    """End an account; return the names of the roles that it had.

    Its sessions end with its password, which they are bound to. What was signed keeps the roles.
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
    return member.former_roles


@transaction.atomic
def come_back(member: Member, *, roles: Iterable[Group], password: str) -> None:
    """Open an account again, with roles and a password to be changed at the first log-in."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    member.set_password(password)
    member.must_change_password = member.is_active = member.is_staff = True
    member.former_roles = ""
    member.save()
    member.groups.set(roles)
