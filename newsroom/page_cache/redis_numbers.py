"""Read a few keys of Redis at the cost of one system call or two.

Django's way of asking, through the client's pool, pipelines and retries, takes longer than all the
rest of a kept page. Here each thread keeps a connection of its own to where CACHE_URL says.
"""

import os
import threading
from collections.abc import Collection, Mapping
from importlib import import_module

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient, RedisSerializer


class _Held(threading.local):
    """The connection of a thread, the cache settings that made it, and the process it is of."""

    connection = place = process = None


_held = _Held()
_loads = RedisSerializer().loads


def get_many(keys: Collection[str]) -> dict[str, object]:
    """Return what Redis has under some keys, as `cache.get_many` does; raise what that raises."""
    place = settings.CACHES["default"]
    if not isinstance(place["LOCATION"], str) or {*",;"} & {*place["LOCATION"]}:
        return cache.get_many(keys)  # Several servers: each time another one is read from.
    try:
        values = _ask(place, _command(keys))
    except import_module("redis").ConnectionError:  # The server has closed it.
        return cache.get_many(keys)
    return {
        key: _loads(value) for key, value in zip(keys, values, strict=True) if value is not None
    }


def _command(keys: Collection[str]) -> bytes:
    """Return MGET as Redis reads it."""
    parts = [b"MGET", *(cache.make_key(key).encode() for key in keys)]
    words = (b"$%d\r\n%b\r\n" % (len(part), part) for part in parts)
    return b"*%d\r\n%b" % (len(parts), b"".join(words))


def _ask(place: Mapping, command: bytes) -> list[bytes | None]:
    """Send a command and return the answer; a connection on which anything failed is not kept.

    Else the next one who asks would read the answer to this.
    """
    if _held.place is not place or _held.process != os.getpid():
        _held.connection, _held.place, _held.process = _connect(place), place, os.getpid()
    connection = _held.connection
    try:
        connection.send_packed_command([command])
        return connection.read_response()
    except BaseException:
        _held.place = None
        connection.disconnect()
        raise


def _connect(place: Mapping):
    """Return a connection, which opens when it is used first."""
    client = RedisCacheClient([place["LOCATION"]], **place.get("OPTIONS", {}))
    return client.get_client().connection_pool.make_connection()
