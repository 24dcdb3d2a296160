"""Read and validate settings from environment variables.

Each function takes the name of a variable; an unset and an empty variable are the same. Each
raises ImproperlyConfigured for an invalid value, naming the variable and what to write.
"""

import os
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

BOOLEANS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
NAME = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
HOST = re.compile(rf"(?:\.?{NAME}|\[[0-9a-f:.]+\])", re.I)
ORIGIN = re.compile(rf"(https?)://(?:(?:\*\.)?{NAME}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.I)
WEB_ADDRESS = re.compile(rf"https?://(?:{NAME}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?/[!-~]*", re.I)
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
# With the port of each.
MAIL_SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "filemail": 0, "dummymail": 0}
# Seconds that one word to Redis may take, unless CACHE_URL says so itself (?socket_timeout=2).
REDIS_WAIT = 0.5
SHARED_CACHES = ("filecache", "redis", "rediss", "dbcache", "dummycache")


def read(name: str) -> str:
    """Return the variable without the white space around it."""
    return os.environ.get(name, "").strip()


def reject(name: str, value: str, hint: str):
    """Raise ImproperlyConfigured for a value, with a hint at what to write instead."""
    raise ImproperlyConfigured(f"{name}={value!r}: {hint}")


def boolean(name: str, *, default: bool) -> bool:
    """Return True or False."""
    value = read(name).lower()
    if not value:
        return default
    if value not in BOOLEANS:
        reject(name, value, "write true or false.")
    return BOOLEANS[value]


def integer(name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole number from low to high."""
    value = read(name) or str(default)
    digits = value.isascii() and value.isdigit() and len(value) <= 12
    if not digits or not low <= int(value) <= high:
        reject(name, value, f"write a whole number from {low} to {high}.")
    return int(value)


def strings(name: str, *, default: list[str]) -> list[str]:
    """Return a comma-separated list without blanks."""
    return [part.strip() for part in read(name).split(",") if part.strip()] or default


def hosts(name: str, *, default: list[str]) -> list[str]:
    """Return host names: no scheme, port or path, and no * for all of them."""
    found = strings(name, default=default)
    for host in found:
        if not HOST.fullmatch(host):
            reject(name, host, "write host names alone, such as news.example,www.news.example.")
    return found


def origins(name: str) -> list[str]:
    """Return origins such as https://news.example, all of one scheme."""
    found = strings(name, default=[])
    for origin in found:
        if not ORIGIN.fullmatch(origin):
            reject(name, origin, "write origins such as https://news.example.")
    if len({origin.partition(":")[0].lower() for origin in found}) > 1:
        reject(name, ",".join(found), "write all origins with https://, or all with http://.")
    return found


def web_address(name: str) -> str:
    """Return an address to which something is posted, or nothing; what it holds may be secret."""
    value = read(name)
    if value and not WEB_ADDRESS.fullmatch(value):
        reject(name, f"{value[:8]}…", "write an address such as https://archive.example/heads.")
    return value


def time_zone(name: str, *, default: str) -> str:
    """Return a place of the tz database, which has its history; a fixed offset is rejected."""
    value = read(name) or default
    is_place = "/" in value and not value.startswith("Etc/")
    if not is_place or value not in available_timezones():
        reject(name, value, "write a place of the tz database such as Asia/Shanghai.")
    return value


def choice(name: str, choices: list[str], *, default: str) -> str:
    """Return one of the choices."""
    value = read(name) or default
    if value not in choices:
        reject(name, value, f"write one of {', '.join(choices)}.")
    return value


def directory(name: str, *, default: Path) -> Path:
    """Return the full path of a directory; it need not exist."""
    value = Path(read(name) or default)
    if not value.is_absolute() or value == Path(value.anchor) or value.is_file():
        reject(name, str(value), "write the full path of a folder such as /srv/paper/media.")
    return value


def file(name: str) -> str:
    """Return the full path of a file that exists, or an empty one."""
    value = read(name)
    if value and not (Path(value).is_absolute() and Path(value).is_file()):
        reject(name, value, "write the full path of a file, or leave it empty.")
    return value


def url_path(name: str) -> str:
    """Return a path within the site such as /protected/, or an empty one."""
    value = read(name)
    if value and not re.fullmatch(r"/(?:[A-Za-z0-9_-]+/)+", value):
        reject(name, value, "write an address such as /protected/, or leave it empty.")
    return value


def database(name: str, *, default: str) -> dict:
    """Return Django's settings for a database URL; no message shows its password."""
    value = read(name) or default
    hint = "write sqlite:////full/path/of/a.sqlite3 or postgres://user:password@host:5432/name."
    scheme = value.partition("://")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        reject(name, f"{scheme}…", hint)
    try:
        found = environ.Env.db_url_config(value)
    except ValueError:
        reject(name, f"{scheme}://…", hint)
    if scheme == "sqlite":
        _check_sqlite(name, found["NAME"], hint)
    elif not found["NAME"] or "/" in found["NAME"]:
        reject(name, f"{scheme}://…/{found['NAME']}", hint)
    return found


def standby(name: str, *, primary: dict) -> dict:
    """Return Django's settings for a standby of PostgreSQL, which nobody waits for; {} for none."""
    if not read(name):
        return {}
    found = database(name, default="")
    if not all(each["ENGINE"].endswith("postgresql") for each in (found, primary)):
        reject(name, "…", "write postgres://…, as DATABASE_URL does: only PostgreSQL has standbys.")
    options = found.get("OPTIONS", {})
    # Read committed rows at once; who asks for more than ten seconds is not a page.
    told = "-c jit=off -c default_transaction_read_only=on -c statement_timeout=10s"
    waits = {"connect_timeout": 1, "options": told}
    facts = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    return found | facts | {"OPTIONS": waits | options}


def _check_sqlite(name: str, path: str, hint: str) -> None:
    if not Path(path).is_absolute() or Path(path).is_dir():
        reject(name, f"sqlite:///{path}", hint)
    if not Path(path).parent.is_dir():
        reject(name, f"sqlite:///{path}", f"make the folder {Path(path).parent} first.")


def cache(name: str, *, default: str) -> dict:
    """Return Django's settings for a cache that all workers share.

    A cache inside one process is rejected: a withdrawn article would stay in it.
    """
    value = read(name) or default
    scheme, _, rest = value.partition("://")
    hint = "write filecache:///full/path, redis://host:6379/1, dbcache://table or dummycache://"
    if scheme not in SHARED_CACHES or "://" not in value:
        reject(name, f"{scheme}…", f"{hint} (the workers must share it).")
    if scheme == "filecache" and not rest.startswith("/") or scheme == "dbcache" and not rest:
        reject(name, value, f"{hint}.")
    if scheme.startswith("redis") and not find_spec("redis"):
        reject(name, f"{scheme}…", "install the Python package redis first.")
    found = environ.Env.cache_url_config(value)
    if scheme == "filecache":  # Django would delete a third of 300 at random.
        found["OPTIONS"] = {"MAX_ENTRIES": 10_000}
    if scheme.startswith("redis"):  # One that hangs would hold every request for ever.
        waits = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), REDIS_WAIT)
        found["OPTIONS"] = waits | found.get("OPTIONS", {})
    return found


def mail(name: str, *, default: str) -> dict:
    """Return Django's settings for the URL of a mail server; no message shows its password."""
    value = read(name) or default
    scheme = value.partition("://")[0]
    hint = "write smtp+tls://user:password@host:587, smtp+ssl://…:465, smtp://… or dummymail://."
    if scheme not in MAIL_SCHEMES or "://" not in value:
        reject(name, f"{scheme}…", hint)
    try:
        found = environ.Env.email_url_config(value)
    except ValueError:
        reject(name, f"{scheme}://…", hint)
    if scheme.startswith("smtp") and not found["EMAIL_HOST"]:
        reject(name, f"{scheme}://…", hint)
    port = found["EMAIL_PORT"] or MAIL_SCHEMES[scheme]
    return {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False} | found | {"EMAIL_PORT": port}


def mail_address(name: str, *, default: str) -> str:
    """Return an address such as desk@news.example, without a name."""
    value = read(name) or default
    if not MAIL_ADDRESS.fullmatch(value):
        reject(name, value, "write an address such as desk@news.example.")
    return value


def mail_addresses(name: str) -> list[str]:
    """Return a comma-separated list of addresses without names; none where it is unset."""
    found = strings(name, default=[])
    for address in found:
        if not MAIL_ADDRESS.fullmatch(address):
            reject(name, address, "write addresses such as admin@news.example, with commas.")
    return found


def secret_key(name: str, *, stored_in: Path) -> str:
    """Return the key from the environment, or one generated once and stored in a private file."""
    if value := read(name):
        if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
            reject(name, f"{value[:3]}…", "write at least 50 random characters.")
        return value
    if not stored_in.exists():
        _create(secrets.token_urlsafe(60), stored_in)
    if len(key := stored_in.read_text().strip()) < 50:
        reject(name, "", f"{stored_in} is damaged; remove it, and everybody logs in again.")
    return key


def _create(key: str, path: Path) -> None:
    """Write a key atomically; where two processes start at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text(key)
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
