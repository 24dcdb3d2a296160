"""One page as it is kept: its compressed bytes, its headers, and what makes it old."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from .compression import DECODERS, ENCODERS, accepted_encoding

# What tells of the bytes rather than of the page.
OF_THE_BODY = {"content-length", "content-encoding", "content-type", "etag", "date"}
VERSION = 1
# Seconds by which the clocks of several machines may differ.
CLOCKS_DIFFER = 10


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page, with the numbers of its scopes and the instants (timestamps) that matter to it.

    `built_at` is when its building began, `checked_at` when it was last known to be right, and
    `until` from when on it is old, or None.
    """

    headers: Mapping[str, str]
    content_type: str
    etag: str
    numbers: Mapping[str, str]
    built_at: float
    checked_at: float
    until: float | None
    length: int
    bodies: Mapping[str, bytes]

    @classmethod
    def of(
        cls,
        response: HttpResponse,
        numbers: Mapping[str, str],
        *,
        built_at: float,
        until: float | None,
    ) -> "KeptPage":
        """Compress a response to keep it."""
        body = response.content
        headers = {k: v for k, v in response.items() if k.lower() not in OF_THE_BODY}
        return cls(
            headers=headers | {"Vary": "Accept-Encoding"},
            content_type=response["Content-Type"],
            etag=f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"',
            numbers=numbers,
            built_at=built_at,
            checked_at=built_at,
            until=until,
            length=len(body),
            bodies={name: encode(body) for name, encode in ENCODERS.items()},
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "KeptPage | None":
        """Read what `to_bytes` wrote; None for anything else."""
        line, _, rest = data.partition(b"\n")
        try:
            facts = json.loads(line)
            if facts.pop("version") != VERSION or len(rest) != sum(facts["bodies"].values()):
                return None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        bodies, start = {}, 0
        for name, size in facts.pop("bodies").items():
            bodies[name] = rest[start : start + size]
            start += size
        return cls(**facts, bodies=bodies)

    def to_bytes(self) -> bytes:
        """Write it as a line of JSON and the bodies."""
        facts = asdict(replace(self, bodies={})) | {"version": VERSION}
        facts["bodies"] = {name: len(body) for name, body in self.bodies.items()}
        return b"\n".join([json.dumps(facts).encode(), b"".join(self.bodies.values())])

    def is_ahead(self, now: float) -> bool:
        """Tell whether it was built later than now: by a clock that was set back since."""
        return self.built_at > now + CLOCKS_DIFFER

    @property
    def size(self) -> int:
        """How many bytes its bodies have."""
        return sum(map(len, self.bodies.values()))

    @property
    def text(self) -> bytes:
        """The page without compression."""
        return DECODERS["br"](self.bodies["br"])

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the response to a GET or HEAD request, with status 304 to one who has it."""
        meta = request.META
        if self.is_known(meta.get("HTTP_IF_NONE_MATCH")):
            return HttpResponseNotModified(headers={**self.headers, "ETag": self.etag})
        encoding = accepted_encoding(meta.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.bodies[encoding] if encoding else self.text
        facts = {"Content-Type": self.content_type, "Content-Length": str(len(body))}
        if encoding:
            facts["Content-Encoding"] = encoding
        is_head = request.method == "HEAD"
        headers = {**self.headers, **facts, "ETag": self.etag}
        return HttpResponse(b"" if is_head else body, headers=headers)

    def is_known(self, header: str | None) -> bool:
        """Tell whether If-None-Match names the page; no date tells of all that a page shows."""
        if header is None:
            return False
        etags = parse_etags(header)
        return etags == ["*"] or self.etag in (f"W/{each.removeprefix('W/')}" for each in etags)
