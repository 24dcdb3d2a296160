"""Encrypts what must be read again, such as the secret of an authenticator app."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "articles.accounts.encryption"


class KeyChangedError(Exception):
    """`SECRET_KEY` is another one than when this was encrypted."""


def encrypt(text: str) -> str:
    """Return a text that only this installation can read."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return the text; raises KeyChangedError where no key of the settings fits."""
    try:
        return _keys().decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise KeyChangedError from error


def _keys() -> MultiFernet:
    """Return the keys made from `SECRET_KEY` and from those of before; the first one encrypts."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac(SALT, "key", secret, algorithm="sha256") for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(digest.digest())) for digest in digests])
