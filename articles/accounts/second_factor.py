"""The second factor of a member: who must have one, who has, codes of it, and its removal."""

import re
from unicodedata import normalize

from django.conf import settings
from django.db.models import Exists, OuterRef

from articles import ledger
from articles.models import AuthenticatorApp, LedgerKind, Member, Passkey, RecoveryCode

from . import authenticator_app, recovery_codes
from .membership import end_sessions

# Who may do one of these publishes, or decides who does.
PERMISSIONS = ("articles.sign_article", "articles.release_issue", "articles.change_member")
LONGEST_CODE = 40


def is_required(member: Member) -> bool:
    """Tell whether a member must have one. Two queries at most, for the permissions."""
    return settings.SECOND_FACTOR and any(map(member.has_perm, PERMISSIONS))


def has_factor(member: Member) -> bool:
    """Tell whether a member has set one up: an app or a passkey. One query."""
    apps = AuthenticatorApp.objects.filter(member=OuterRef("pk"))
    passkeys = Passkey.objects.filter(member=OuterRef("pk"))
    return Member.objects.filter(Exists(apps) | Exists(passkeys), pk=member.pk).exists()


def check_code(member: Member, typed: str) -> bool:
    """Tell whether what is typed is a code of the app or a recovery code. Two queries."""
    code = plain(typed)
    if len(code) == 6 and code.isdecimal():
        return authenticator_app.take_code(member, code)
    return recovery_codes.use_code(member, code)


def plain(typed: str) -> str:
    """Return a code without spaces and dashes, in the letters and digits that it has."""
    return re.sub(r"[\W_]", "", normalize("NFKC", typed)).lower()


@ledger.atomic()
def remove_app(member: Member) -> None:
    """Remove one's own authenticator app, and enter it. Six queries at most."""
    ledger.record(LedgerKind.SECOND_FACTOR, member, by=member, removed=True)
    AuthenticatorApp.objects.filter(member=member).delete()
    _delete_codes_of_nothing(member)


@ledger.atomic()
def remove_passkey(passkey: Passkey) -> None:
    """Remove a passkey of one's own, and enter it. Seven queries at most."""
    member = passkey.member
    ledger.record(LedgerKind.SECOND_FACTOR, member, by=member, removed=True, passkey=passkey.pk)
    passkey.delete()
    _delete_codes_of_nothing(member)


@ledger.atomic()
def take_away(member: Member, *, by: Member, reason: str) -> None:
    """Take every factor from a member who has lost it, and log the member out. Eight queries."""
    ledger.record(LedgerKind.SECOND_FACTOR, member, by=by, removed=True, reason=reason)
    AuthenticatorApp.objects.filter(member=member).delete()
    Passkey.objects.filter(member=member).delete()
    RecoveryCode.objects.filter(member=member).delete()
    end_sessions(member)


def _delete_codes_of_nothing(member: Member) -> None:
    """Delete recovery codes where nothing is left that they stand for."""
    if not has_factor(member):
        RecoveryCode.objects.filter(member=member).delete()
