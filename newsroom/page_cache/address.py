"""Under which key the page at an address is kept, and whether it is at all."""

import hashlib
import json
import re
from functools import cache
from operator import itemgetter
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from articles.sharing.fonts import card_font
from articles.views.freshness import PARAMETERS
from newsroom.middleware import DESK

from .compression import is_text

# The desk, previews, and files, which are not built.
APART = (DESK, "/health/", "/preview/", "/photos/", "/cards/", settings.STATIC_URL)
# What services that pass on links add to them: it changes no page.
IGNORED = {"isappinstalled", "nsukey", "fbclid", "gclid", "spm"}
SHARED_FROM = {"singlemessage", "groupmessage", "timeline"}
LONGEST, LARGEST = 1_000, 4_000_000
# How the keys of addresses with parameters begin: there may be any number, so they have folders
# of their own, and do not push out others.
ASKED = "q"
HANT = "hant_"
# What pages are made by, besides the words.
SOURCES = (("articles", "*.py"), ("newsroom", "*.py"), ("templates", "*"), ("articles", "*.mo"))
NO_WORDS = re.compile("SECRET_KEY|EMAIL|PORT$|PAGE_CACHE_MB")


def key_of(request: HttpRequest) -> str:
    """Return the key of the page that a request asks for; "" where none can be kept.

    The page holds its own address, so that scheme and host are part of it.
    """
    path = request.path
    if path.startswith(APART) or request.method not in ("GET", "HEAD"):
        return ""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    query = request.META.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST or not _is_usual(request, host):
        return ""
    asked = parameters(request) if query else []
    parts = [release_digest(), request.scheme, host, path, asked]
    key = hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
    return f"{ASKED}{key[1:]}" if asked else key


def _is_usual(request: HttpRequest, host: str) -> bool:
    """Tell whether a host is written as usual: nobody fills the cache with ports and capitals."""
    name, _, port = host.rpartition(":") if host[-1] != "]" else (host, "", "")
    is_with_port = bool(name) and port.isdigit()
    return host == host.lower() and (not is_with_port or port == request.META.get("SERVER_PORT"))


def parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters of an address as views read them, without those that change no page.

    In the order of their names; the values of one name stay as they were asked for, since a view
    takes the last one.
    """
    found = ((name, value) for name, values in request.GET.lists() for value in values)
    return sorted((pair for pair in found if not _is_ignored(*pair)), key=itemgetter(0))


def _is_ignored(name: str, value: str) -> bool:
    is_shared = name == "from" and value in SHARED_FROM
    return name in IGNORED or name.startswith("utm_") or is_shared


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a response may be kept for everybody.

    A page that a view of readers gave, for all alike, without parameters that its view does not
    know (`PARAMETERS`): those would fill the cache.
    """
    policy = response.get("Content-Security-Policy", "")
    is_public = response.get("Cache-Control", "").startswith("public") and not response.cookies
    is_same = "nonce-" not in policy and response.get("Vary", "") in ("", "Accept-Encoding")
    if response.status_code != 200 or not (is_public and is_same and is_text(response)):
        return False
    name = request.resolver_match.url_name.removeprefix(HANT) if request.resolver_match else ""
    known = PARAMETERS.get(name, set())
    is_known = {name for name, _ in parameters(request)} <= known
    # A view that reads what is ignored here may have answered something else.
    is_read = any(_is_ignored(name, each) for name in known for each in request.GET.getlist(name))
    return is_known and not is_read and len(response.content) <= LARGEST


@cache
def release_digest() -> str:
    """Return a digest of all that pages are made by: code, templates, static files, settings.

    Computed once in a process. Pages that another release of the site kept are not found.
    """
    digest = hashlib.blake2b(digest_size=16)
    for folder, pattern in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if path.is_file() and "tests" not in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    digest.update(manifest.read_bytes() if manifest.is_file() else b"")
    values = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    plain = {name: each for name, each in values.items() if isinstance(each, str | int)}
    facts = sorted(pair for pair in plain.items() if not NO_WORDS.search(pair[0]))
    digest.update(repr([facts, settings.CONTENT_SECURITY_POLICY]).encode())
    digest.update(repr([django.__version__, card_font()]).encode())
    return digest.hexdigest()
