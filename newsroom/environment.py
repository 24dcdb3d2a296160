"""Typed readers of the environment that refuse nonsense with a message an operator can act on.

Each takes the name of a variable; an unset and an empty variable are the same. Each raises
ImproperlyConfigured, naming the variable and what to write.
"""

import os
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

WORDS = {"1": True, "true": True, "yes": True, "on": True,
         "0": False, "false": False, "no": False, "off": False}  # fmt: skip
NAME = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
HOST = re.compile(rf"(?:\.?{NAME}|\[[0-9a-f:.]+\])", re.I)
ORIGIN = re.compile(rf"(https?)://(?:(?:\*\.)?{NAME}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.I)
SHARED_CACHES = ("filecache", "redis", "rediss", "dbcache", "dummycache")


def given(name: str) -> str:
    """Return the variable without the white space around it."""
    return os.environ.get(name, "").strip()


def refuse(name: str, value: str, hint: str):
    """Raise: this value of this variable, and what to write instead."""
    raise ImproperlyConfigured(f"{name}={value!r}: {hint}")


def flag(name: str, *, default: bool) -> bool:
    """Return True or False."""
    value = given(name).lower()
    if not value:
        return default
    if value not in WORDS:
        refuse(name, value, "write true or false.")
    return WORDS[value]


def whole_number(name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole number from low to high."""
    value = given(name) or str(default)
    digits = value.isascii() and value.isdigit() and len(value) <= 12
    if not digits or not low <= int(value) <= high:
        refuse(name, value, f"write a whole number from {low} to {high}.")
    return int(value)


def words(name: str, *, default: list[str]) -> list[str]:
    """Return a comma-separated list without blanks."""
    return [word.strip() for word in given(name).split(",") if word.strip()] or default


def hosts(name: str, *, default: list[str]) -> list[str]:
    """Return host names: no scheme, port or path, and no * for all of them."""
    found = words(name, default=default)
    for host in found:
        if not HOST.fullmatch(host):
            refuse(name, host, "write host names alone, such as news.example,www.news.example.")
    return found


def origins(name: str) -> list[str]:
    """Return origins such as https://news.example, all of one scheme."""
    found = words(name, default=[])
    for origin in found:
        if not ORIGIN.fullmatch(origin):
            refuse(name, origin, "write origins such as https://news.example.")
    if len({origin.partition(":")[0].lower() for origin in found}) > 1:
        refuse(name, ",".join(found), "write all origins with https://, or all with http://.")
    return found


def time_zone(name: str, *, default: str) -> str:
    """Return a place of the tz database, which knows its history; no fixed offset."""
    value = given(name) or default
    is_place = "/" in value and not value.startswith("Etc/")
    if not is_place or value not in available_timezones():
        refuse(name, value, "write a place of the tz database such as Asia/Shanghai.")
    return value


def one_of(name: str, choices: list[str], *, default: str) -> str:
    """Return one of the choices."""
    value = given(name) or default
    if value not in choices:
        refuse(name, value, f"write one of {', '.join(choices)}.")
    return value


def folder(name: str, *, default: Path) -> Path:
    """Return a folder by its full path; it need not be there yet."""
    value = Path(given(name) or default)
    if not value.is_absolute() or value == Path(value.anchor) or value.is_file():
        refuse(name, str(value), "write the full path of a folder such as /srv/paper/media.")
    return value


def address(name: str) -> str:
    """Return an address within the site such as /protected/, or nothing."""
    value = given(name)
    if value and not re.fullmatch(r"/(?:[A-Za-z0-9_-]+/)+", value):
        refuse(name, value, "write an address such as /protected/, or leave it empty.")
    return value


def database(name: str, *, default: str) -> dict:
    """Return Django's settings for one database given as an address; its password is never told."""
    value = given(name) or default
    hint = "write sqlite:////full/path/of/a.sqlite3 or postgres://user:password@host:5432/name."
    scheme = value.partition("://")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        refuse(name, f"{scheme}…", hint)
    try:
        found = environ.Env.db_url_config(value)
    except ValueError:
        refuse(name, f"{scheme}://…", hint)
    if scheme == "sqlite":
        _check_sqlite(name, found["NAME"], hint)
    elif not found["NAME"] or "/" in found["NAME"]:
        refuse(name, f"{scheme}://…/{found['NAME']}", hint)
    return found


def _check_sqlite(name: str, path: str, hint: str) -> None:
    if not Path(path).is_absolute() or Path(path).is_dir():
        refuse(name, f"sqlite:///{path}", hint)
    if not Path(path).parent.is_dir():
        refuse(name, f"sqlite:///{path}", f"make the folder {Path(path).parent} first.")


def cache(name: str, *, default: str) -> dict:
    """Return Django's settings for a cache that all workers share.

    A cache of one process's own is refused: a withdrawn article would live on in it.
    """
    value = given(name) or default
    scheme, _, rest = value.partition("://")
    hint = "write filecache:///full/path, redis://host:6379/1, dbcache://table or dummycache://"
    if scheme not in SHARED_CACHES or "://" not in value:
        refuse(name, f"{scheme}…", f"{hint} (the workers must share it).")
    if scheme == "filecache" and not rest.startswith("/") or scheme == "dbcache" and not rest:
        refuse(name, value, f"{hint}.")
    if scheme.startswith("redis") and not find_spec("redis"):
        refuse(name, f"{scheme}…", "install the Python package redis first.")
    return environ.Env.cache_url_config(value)


def secret_key(name: str, *, kept_in: Path) -> str:
    """Return the key given in the environment, or the one generated once into a private file."""
    if value := given(name):
        if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
            refuse(name, f"{value[:3]}…", "write at least 50 random characters.")
        return value
    if not kept_in.exists():
        _keep(secrets.token_urlsafe(60), kept_in)
    if len(key := kept_in.read_text().strip()) < 50:
        refuse(name, "", f"{kept_in} is damaged; remove it, and everybody logs in again.")
    return key


def _keep(key: str, place: Path) -> None:
    """Write a key whole or not at all; where two processes begin at once, the first one's stays."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(key)
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
