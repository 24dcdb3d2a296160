"""Auditors: who reads what happened, and is appointed by no administrator.

Whoever hands out roles could otherwise read the ledger, or take it from those who do.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from articles.models import Member

READS_LEDGER = Q(content_type__app_label="articles", codename="view_ledgerentry") | Q(
    content_type__app_label="admin", codename="view_logentry"
)


def is_auditor(member: Member) -> bool:
    """Tell whether a member reads the ledger, or the log of all forms; also one who is disabled.

    Two queries at most.
    """
    own = member.user_permissions.filter(READS_LEDGER)
    return member.groups.filter(pk__in=audit_roles()).exists() or own.exists()


def roles_given_by(member: Member):
    """Return the roles that a member may hand out: only superusers appoint auditors. No query."""
    roles = Group.objects.order_by("pk")
    return roles if member.is_superuser else roles.exclude(pk__in=audit_roles())


def audit_roles():
    """Return the roles that read the ledger, or the log of all forms. No query."""
    permissions = Permission.objects.filter(READS_LEDGER)
    return Group.objects.filter(permissions__in=permissions)
