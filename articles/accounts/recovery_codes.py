"""Recovery codes: each lets its member in once, in place of a code of the app."""

import secrets

from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles import ledger
from articles.models import LedgerKind, Member, RecoveryCode

SALT = "articles.accounts.recovery_codes"
COUNT, LENGTH = 10, 10
# Without those that are taken for one another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@ledger.atomic()
def make_codes(member: Member) -> list[str]:
    """Return ten new codes, of which only digests are stored; those of before are worth nothing.

    The ledger tells that there are new ones.
    """
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(COUNT)]
    RecoveryCode.objects.filter(member=member).delete()
    rows = (RecoveryCode(member=member, digest=_digest(code)) for code in codes)
    RecoveryCode.objects.bulk_create(rows)
    ledger.record(LedgerKind.SECOND_FACTOR, member, by=member, codes=COUNT)
    half = LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def use_code(member: Member, code: str) -> bool:
    """Tell whether a code is right, and use it up. One query."""
    rows = RecoveryCode.objects.filter(member=member, digest=_digest(code), used_at=None)
    return bool(rows.update(used_at=timezone.now()))


def _digest(code: str) -> str:
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()
