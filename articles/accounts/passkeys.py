"""Passkeys (WebAuthn): making one, and checking what it signs; each challenge is answered once.

A challenge waits in the session of the browser that is asked. What a browser answers is checked
by `webauthn`: the challenge, the address of this page, the host, the signature, and the counter
of signatures, which only rises (it stays 0 for keys that are shared between devices).
"""

import secrets
from urllib.parse import urlsplit

import webauthn
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
)

from articles import ledger
from articles.models import LedgerKind, Member, Passkey

SALT = "articles.accounts.passkeys"
# Where the challenge waits in a session, and what it is for.
SESSION_KEY, MAKE, SIGN = "passkey_challenge", "make", "sign"
ANSWER_WITHIN = 30 * 60
# The longest answer of a browser that is read.
LONGEST = 20_000
LONGEST_ID = 1023  # bytes, by the standard
# What reading a damaged signature may raise.
DAMAGED = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def creation_options(request: HttpRequest, site_name: str) -> str:
    """Return what a browser needs to make a passkey for who asks, as JSON. One query."""
    member, host = request.user, _host(request)
    options = webauthn.generate_registration_options(
        rp_id=host,
        rp_name=site_name,
        user_id=salted_hmac(SALT, str(member.pk), algorithm="sha256").digest(),
        user_name=member.get_username(),
        user_display_name=str(member),
        challenge=_challenge(request, MAKE, member),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED
        ),
        exclude_credentials=_descriptors(member, host),
    )
    return options_to_json(options)


def request_options(request: HttpRequest, member: Member) -> str:
    """Return what a browser needs to sign as a member, as JSON. One query.

    Empty where the member has no passkey of this host.
    """
    host = _host(request)
    keys = _descriptors(member, host)
    if not keys:
        return ""
    challenge = _challenge(request, SIGN, member)
    options = webauthn.generate_authentication_options(
        rp_id=host, challenge=challenge, allow_credentials=keys
    )
    return options_to_json(options)


def add(request: HttpRequest, answer: str, *, name: str) -> Passkey | None:
    """Store the passkey that a browser has made for who asks, and enter that. Five queries.

    None where the answer is not one to the challenge, or its key is stored already.
    """
    challenge = _take_challenge(request, MAKE, request.user)
    if not challenge:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, **_expected(request)
        )
    except Exception:  # Whatever the certificates that may come along make their reader raise.
        return None
    if len(made.credential_id) > LONGEST_ID:
        return None
    facts = {
        "member": request.user,
        "name": name,
        "host": _host(request),
        "public_key": bytes_to_base64url(made.credential_public_key),
        "sign_count": made.sign_count,
    }
    with ledger.atomic():
        passkey, is_new = Passkey.objects.get_or_create(
            credential_id=bytes_to_base64url(made.credential_id), defaults=facts
        )
        if not is_new:
            return None
        told = {"removed": False, "passkey": passkey.pk}
        ledger.record(LedgerKind.SECOND_FACTOR, request.user, by=request.user, **told)
    return passkey


@transaction.atomic
def check(request: HttpRequest, member: Member, answer: str) -> Passkey | None:
    """Return the passkey of a member that has signed the challenge; None where none has.

    Two queries. Locks the row: of two answers at once one is right.
    """
    challenge = _take_challenge(request, SIGN, member)
    if not challenge:
        return None
    try:
        signed = parse_authentication_credential_json(answer)
        key = bytes_to_base64url(signed.raw_id)
        passkey = Passkey.objects.select_for_update().get(member=member, credential_id=key)
        verified = webauthn.verify_authentication_response(
            credential=signed,
            expected_challenge=challenge,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            **_expected(request),
        )
    except (*DAMAGED, Passkey.DoesNotExist):
        return None
    if passkey.last_challenge == bytes_to_base64url(challenge):
        return None
    passkey.last_challenge = bytes_to_base64url(challenge)
    passkey.sign_count, passkey.used_at = verified.new_sign_count, timezone.now()
    passkey.save(update_fields=["last_challenge", "sign_count", "used_at"])
    return passkey


def _descriptors(member: Member, host: str) -> list[PublicKeyCredentialDescriptor]:
    keys = Passkey.objects.filter(member=member, host=host).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key)) for key in keys]


def _expected(request: HttpRequest) -> dict[str, str]:
    """Return by what a browser names this site: its host, and the address without its path."""
    origin = f"{request.scheme}://{request.get_host()}"
    return {"expected_rp_id": _host(request), "expected_origin": origin}


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname


def _challenge(request: HttpRequest, purpose: str, member: Member) -> bytes:
    """Return the challenge that waits for an answer of a member, or a new one."""
    if challenge := _waiting(request, purpose, member):
        return challenge
    challenge, until = secrets.token_bytes(32), timezone.now().timestamp() + ANSWER_WITHIN
    stored = [purpose, member.pk, bytes_to_base64url(challenge), until]
    request.session[SESSION_KEY] = stored
    return challenge


def _take_challenge(request: HttpRequest, purpose: str, member: Member) -> bytes:
    """Return the challenge that waits, and forget it; empty where none does."""
    challenge = _waiting(request, purpose, member)
    request.session.pop(SESSION_KEY, None)
    return challenge


def _waiting(request: HttpRequest, purpose: str, member: Member) -> bytes:
    stored = request.session.get(SESSION_KEY, ["", 0, "", 0])
    is_due = stored[:2] == [purpose, member.pk] and timezone.now().timestamp() < stored[3]
    return base64url_to_bytes(stored[2]) if is_due else b""
