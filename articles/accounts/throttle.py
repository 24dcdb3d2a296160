"""How often a log-in may fail, by account, by address and by device, before others must wait.

A log-in counts as failed before its password is checked, and no longer if it was right: a hundred
at once are no more than one after the other. Workers share the counts in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import LoginCounter

# After so many failures of a kind there is a pause, twice as long with each further one.
ALLOWED = {"device": 5, "account here": 5, "account": 10, "address": 20}
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
# A success does not clear what others have failed at.
KEPT_AFTER_SUCCESS = {"account", "address"}
FORGOTTEN_AFTER = timedelta(hours=1)


class ThrottledError(Exception):
    """Too many log-ins have failed; `until` says when the next one is tried."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class Key:
    """What failures are counted by: a kind of `ALLOWED`, and the digest of what it is."""

    kind: str
    digest: str


def keys_of(username: str, address: str, device: str) -> list[Key]:
    """Return by what a log-in is counted, in the order in which rows are locked.

    A device from which this account has logged in is counted by itself: what others fail at does
    not touch it.
    """
    account = digest("account", username)
    if device:
        return [Key("device", digest("device", f"{device} {account}"))]
    found = [Key("account", account)]
    if network := network_of(address):
        found.append(Key("address", digest("address", network)))
        found.append(Key("account here", digest("account here", f"{network} {account}")))
    return sorted(found, key=lambda key: key.digest)


def digest(kind: str, value: str) -> str:
    """Return a digest of a value; of a name without regard to how it is written."""
    plain = normalize("NFKC", value).strip().casefold()
    return salted_hmac(f"articles.accounts.throttle {kind}", plain, algorithm="sha256").hexdigest()


def network_of(address: str) -> str:
    """Return an address of IPv4, or the network of one of IPv6, which has any number of others."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else str(ip_network(f"{found}/64", strict=False))


def check(keys: Iterable[Key]) -> None:
    """Raise ThrottledError where a pause is not over. One query; two where it is lengthened.

    Who tries in a pause waits the whole 15 minutes, from its beginning: so that many guesses are
    no way to hit upon its end. Those of a known device are not lengthened.
    """
    rows = list(LoginCounter.objects.filter(key__in=[key.digest for key in keys]))
    strangers = {key.digest for key in keys if key.kind != "device"}
    for row in rows:
        if row.key in strangers and _is_blocked(row) and row.blocked_until < _latest(row):
            row.blocked_until = _latest(row)
            row.save(update_fields=["blocked_until"])
    _check(rows)


def count(keys: list[Key]) -> None:
    """Count a log-in as failed. Seven queries, at most.

    Raises ThrottledError, and counts nothing, where a pause is not over.
    """
    now = timezone.now()
    _delete_forgotten(now)
    new = [LoginCounter(key=key.digest, counted_at=now) for key in keys]
    with transaction.atomic():
        LoginCounter.objects.bulk_create(new, ignore_conflicts=True)
        rows = _lock(keys)
        _check(rows)
        kinds = {key.digest: key.kind for key in keys}
        for row in rows:
            is_old = now - row.counted_at > FORGOTTEN_AFTER
            row.failures, row.counted_at = (1 if is_old else row.failures + 1), now
            pause = pause_after(row.failures, ALLOWED[kinds[row.key]])
            row.blocked_until = now + pause if pause else None
        _store(rows)


def uncount(keys: list[Key], *, is_half: bool = False) -> None:
    """Count a log-in no longer as failed: its password was right. Four queries, at most.

    Half of one, to which a code is missing, forgets no failure but itself: who has found out a
    password guesses no more codes with it.
    """
    kept = {key.digest for key in keys if is_half or key.kind in KEPT_AFTER_SUCCESS}
    with transaction.atomic():
        rows = _lock(keys)
        for row in rows:
            row.failures = max(0, row.failures - 1) if row.key in kept else 0
            row.blocked_until = None
        _store(rows)


def pause_after(failures: int, allowed: int) -> timedelta | None:
    """Return how long nothing is tried after so many failures; at most 15 minutes."""
    if failures < allowed:
        return None
    return min(FIRST_PAUSE * 2 ** min(failures - allowed, 10), LONGEST_PAUSE)


def _lock(keys: list[Key]) -> list[LoginCounter]:
    rows = LoginCounter.objects.select_for_update().order_by("key")
    return list(rows.filter(key__in=[key.digest for key in keys]))


def _store(rows: list[LoginCounter]) -> None:
    LoginCounter.objects.bulk_update(rows, ["failures", "counted_at", "blocked_until"])


def _latest(row: LoginCounter) -> datetime:
    return row.counted_at + LONGEST_PAUSE


def _is_blocked(row: LoginCounter) -> bool:
    return bool(row.blocked_until and row.blocked_until > timezone.now())


def _check(rows: Iterable[LoginCounter]) -> None:
    found = [row.blocked_until for row in rows if _is_blocked(row)]
    if found:
        raise ThrottledError(max(found))


def _delete_forgotten(now: datetime) -> None:
    """Delete rows that count for nothing, but for those that somebody is counting in."""
    old = LoginCounter.objects.filter(counted_at__lt=now - FORGOTTEN_AFTER)
    if not old.exists():
        return
    with transaction.atomic():
        ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:1000])
        if ids:
            LoginCounter.objects.filter(pk__in=ids).delete()
