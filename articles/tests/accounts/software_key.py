"""A passkey in software: signs as a phone or a computer does, or wrongly where a test says so."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from articles.models import LedgerEntry
from articles.tests.form_helpers import fields, signed_in

HOST, ORIGIN = "testserver", "http://testserver"
LOGIN, ADD, RIGHT = "/admin/login/", "/admin/second-factor/passkey/", "correct horse battery"
# Flags of the authenticator: somebody is there, was recognised, and a key comes along.
PRESENT, RECOGNISED, NEW_KEY = 0x01, 0x04, 0x40


def to_text(data: bytes) -> str:
    """Return bytes in base64url."""
    return urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class SoftwareKey:
    """One key pair; `count` is the number of its last signature (0: it counts none).

    `attested` is what its maker says of it, to whoever asks.
    """

    host: str = HOST
    origin: str = ORIGIN
    count: int = 1
    attested: dict = field(default_factory=lambda: {"fmt": "none", "attStmt": {}})
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    private_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: str) -> str:
        """Return the answer to the options of a new passkey."""
        client = self._client("webauthn.create", options)
        length = len(self.credential_id).to_bytes(2, "big")
        key = bytes(16) + length + self.credential_id + cbor2.dumps(self._public_key())
        stated = self.attested | {"authData": self._facts(NEW_KEY) + key}
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(stated))

    def sign(self, options: str) -> str:
        """Return the answer to the options of a log-in."""
        self.count += bool(self.count)
        client, facts = self._client("webauthn.get", options), self._facts()
        signature = self.private_key.sign(
            facts + sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(clientDataJSON=client, authenticatorData=facts, signature=signature)

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"] if options.startswith("{") else options
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _facts(self, more: int = 0) -> bytes:
        flags = bytes([PRESENT | RECOGNISED | more])
        return sha256(self.host.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _public_key(self) -> dict:
        """Return the public half as COSE has it: kind, algorithm, curve, and the point."""
        point = self.private_key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        return {1: 2, 3: -7, -1: 1, -2: x, -3: y}

    def _answer(self, **parts: bytes) -> str:
        key = to_text(self.credential_id)
        response = {name: to_text(part) for name, part in parts.items()}
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": response})


def key_of(member) -> SoftwareKey:
    """Give a member a passkey; return it. Sessions of before are over."""
    key = SoftwareKey()
    assert register(signed_in(member), key).status_code == 200
    member.refresh_from_db()
    return key


def register(desk, key, *, password=RIGHT, name="办公室电脑", **more):
    """Add a passkey as the page says; return the answer."""
    page = desk.get(ADD)
    form = fields(page, "passkey_form") | {"name": name, "password": password}
    form["answer"] = form["answer"] or key.make(page.context["options"])
    return desk.post(ADD, form | more)


def half(browser, username="chief") -> tuple[dict, str]:
    """Type account and password; return the form of the code, and what a key is to sign."""
    page = browser.post(LOGIN, {"username": username, "password": RIGHT})
    return fields(page, "login-form") | {"next": "/admin/"}, page.context["form"].passkey_options


def log_in(key, browser=None, username="chief"):
    """Log in with password and passkey; return the answer."""
    browser = browser or Client()
    form, options = half(browser, username)
    return browser.post(LOGIN, form | {"passkey": key.sign(options)})


def entries() -> list[tuple]:
    """Return what the ledger tells, in order: kind, row and facts."""
    rows = LedgerEntry.objects.order_by("number")
    return [(row.kind, row.object_id, row.told) for row in rows]
