"""The digests of the ledger: of a row, and of an entry that follows another. No Django.

What is computed here never changes: every digest that was ever stored is computed again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

# Made once: json.dumps makes one for each value. What is no value of an entry, such as bytes that
# somebody put into SQLite, has a digest too, which is none of theirs.
ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), default=lambda value: [repr(value)]
)
# Values as they are digested.
Value = str | int | None


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: object) -> str:
    """Return the JSON by which a value is digested: sorted, without spaces, ASCII alone."""
    return ENCODER.encode(value)


def clock(instant: datetime) -> str:
    """Write an instant as it is digested, in UTC: 2026-11-30 06:00:00.000001."""
    return str(instant.astimezone(UTC).replace(tzinfo=None))


def row_digest(values: Mapping[str, Value]) -> str:
    """Return the digest of a row: its columns by their names.

    Those that are empty are given as None and left out: a column that a table is given later
    leaves the digests of older rows as they are.
    """
    return digest(canonical({name: value for name, value in values.items() if value is not None}))


def entry_digest(previous: str, values: Sequence[Value]) -> str:
    """Return the digest of an entry with these values in their order, after another's digest."""
    return digest(f"{previous}{canonical(values)}")
