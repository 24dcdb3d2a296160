"""Codes of an authenticator app: setting one up, and taking each code once."""

import pyotp
import segno
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from articles import ledger
from articles.models import AuthenticatorApp, LedgerKind, Member

from .encryption import KeyChangedError, decrypt, encrypt

SALT = "articles.accounts.authenticator_app"
STEP, DRIFT = 30, 1  # Seconds of a code, and by how many steps a clock may be wrong.
SET_UP_WITHIN = 30 * 60


def new_secret(member: Member) -> str:
    """Return a secret for a member, signed, to come back with the first code. No query."""
    return signing.dumps([member.pk, pyotp.random_base32()], salt=SALT)


def read_secret(member: Member, signed: str) -> str:
    """Return the secret in it; empty where it is not of this member, or half an hour old."""
    try:
        owner, secret = signing.loads(signed, salt=SALT, max_age=SET_UP_WITHIN)
    except signing.BadSignature:
        return ""
    return secret if owner == member.pk else ""


def qr_code(member: Member, secret: str, issuer: str) -> str:
    """Return what an app scans, as SVG to stand in a page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=member.username, issuer_name=issuer)
    picture = segno.make(address, micro=False, error="m")
    return picture.svg_inline(scale=5, border=4, dark="#000", light="#fff")


def set_up(member: Member, secret: str, code: str) -> bool:
    """Store a secret in place of any before, if the code is one of it, and enter that.

    Six queries.
    """
    step = _step_of(secret, code)
    if not step:
        return False
    facts = {"secret": encrypt(secret), "last_step": step, "made_at": timezone.now()}
    with ledger.atomic():
        AuthenticatorApp.objects.update_or_create(member=member, defaults=facts)
        ledger.record(LedgerKind.SECOND_FACTOR, member, by=member, removed=False)
    return True


@transaction.atomic
def take_code(member: Member, code: str) -> bool:
    """Tell whether a code is right, and take it: it is right once. Two queries.

    Where `SECRET_KEY` is another one than at the set-up, no code is right. Locks the row.
    """
    app = AuthenticatorApp.objects.select_for_update().filter(member=member).first()
    try:
        step = _step_of(decrypt(app.secret), code) if app else 0
    except KeyChangedError:
        return False
    if not step or step <= app.last_step:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


def _step_of(secret: str, code: str) -> int:
    """Return the step of which a code is; 0 where it is of none near to now."""
    now = int(timezone.now().timestamp()) // STEP
    app = pyotp.TOTP(secret)
    near = range(now - DRIFT, now + DRIFT + 1)
    found = [step for step in near if constant_time_compare(app.generate_otp(step), code)]
    return max(found, default=0)
