"""The numbers of scopes as they are now: from Redis for a second, else from the database."""

import time
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache

from articles import publication
from articles.publication import MOVING, REDIS, number_key

from .redis_numbers import get_many

# Seconds for which a number is known, and within which it must have been read to be told.
KNOWN_FOR, FRESH = 1, 0.5


def current_numbers(scopes: Iterable[str]) -> dict[str, str]:
    """Return the number of each scope. One query, none where Redis knows them all.

    A number that moves is marked before the commit (`publication.change`) and is asked of the
    database until some seconds after it. Nobody can put an older one there meanwhile: a number is
    added only where there is neither a number nor a mark, and only at once.
    """
    if settings.CACHES["default"]["BACKEND"] != REDIS:
        return publication.numbers(scopes)
    keys = {scope: number_key(scope) for scope in scopes}
    try:
        known = get_many(keys.values())
    except Exception:  # Redis is away: `stores` logs that.
        return publication.numbers(scopes)
    if len(known) == len(keys) and MOVING not in known.values():
        return {scope: known[key] for scope, key in keys.items()}
    return _ask(keys, known)


def _ask(keys: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    began = time.monotonic()
    numbers = publication.numbers(keys)
    try:
        for scope, key in keys.items():
            if key not in known and time.monotonic() - began < FRESH:
                cache.add(key, numbers[scope], KNOWN_FOR)
    except Exception:  # as above
        return numbers
    return numbers
