"""Typed readers of the environment that refuse nonsense with a message an operator can act on."""

import os
import secrets
from pathlib import Path
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

WORDS = {"1": True, "true": True, "yes": True, "on": True,
         "0": False, "false": False, "no": False, "off": False}  # fmt: skip


def flag(name: str, *, default: bool) -> bool:
    """Return True or False; raise ImproperlyConfigured on any other word."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in WORDS:
        raise ImproperlyConfigured(f"{name}={value!r}: write true or false.")
    return WORDS[value]


def one_line(name: str, *, default: str) -> str:
    """Return the text as it stands, or the default where it is empty."""
    return os.environ.get(name, "").strip() or default


def whole_number(name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole number from low to high; raise ImproperlyConfigured otherwise."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from {low} to {high}.")
    return int(value)


def words(name: str, *, default: list[str]) -> list[str]:
    """Return a comma-separated list without blanks."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or default


def hosts(name: str, *, default: list[str]) -> list[str]:
    """Return host names; a scheme, a path or a bare * is refused."""
    found = words(name, default=default)
    for host in found:
        if "/" in host or host == "*":
            raise ImproperlyConfigured(f"{name}: {host!r} is not a host name such as news.example.")
    return found


def origins(name: str) -> list[str]:
    """Return origins such as https://news.example; all of one scheme."""
    found = words(name, default=[])
    for origin in found:
        scheme, _, rest = origin.partition("://")
        if scheme not in ("http", "https") or not rest or "/" in rest:
            raise ImproperlyConfigured(
                f"{name}: {origin!r} is not an origin such as https://news.example."
            )
    if len({origin.partition("://")[0] for origin in found}) > 1:
        raise ImproperlyConfigured(f"{name}: write all origins with https://, or all with http://.")
    return found


def time_zone(name: str, *, default: str) -> str:
    """Return a zone of the tz database, with its history; a fixed offset is refused."""
    value = os.environ.get(name, "").strip() or default
    fixed = value.startswith("Etc/") or value in ("UTC", "GMT", "PRC+8")
    if value not in available_timezones() or fixed:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write a place of the tz database such as Asia/Shanghai."
        )
    return value


def one_of(name: str, choices: list[str], *, default: str) -> str:
    """Return one of the choices; raise ImproperlyConfigured otherwise."""
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(choices)}.")
    return value


def database(name: str, *, default: str) -> dict:
    """Return Django's settings for one database given as an address."""
    value = os.environ.get(name, "").strip() or default
    if not value.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            f"{name}: write sqlite:///path/to/file or postgres://user:password@host:5432/name."
        )
    return environ.Env.db_url_config(value)


def cache(name: str, *, default: str) -> dict:
    """Return Django's settings for a cache that all workers share.

    A cache of one process's own is refused: a withdrawn article would live on in it.
    """
    value = os.environ.get(name, "").strip() or default
    if not value.startswith(("filecache://", "rediscache://", "redis://", "rediss://",
                             "dbcache://", "dummycache://")):  # fmt: skip
        raise ImproperlyConfigured(
            f"{name}: write filecache:///folder, redis://host:6379/1, dbcache://table "
            "or dummycache:// (a cache inside one process is not shared by the workers)."
        )
    return environ.Env.cache_url_config(value)


def secret_key(name: str, *, kept_in: Path) -> str:
    """Return the key given in the environment, or the one generated once into a private file."""
    if value := os.environ.get(name, "").strip():
        if len(value) < 50 or len(set(value)) < 5:
            raise ImproperlyConfigured(f"{name}: write at least 50 random characters.")
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(60))
        fresh.rename(kept_in)
    return kept_in.read_text().strip()
