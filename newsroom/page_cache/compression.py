"""Compress answers, and choose what a browser accepts."""

import gzip
from functools import lru_cache

import brotli
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

# Shorter ones gain nothing.
SHORTEST = 500
# As far as the time is worth it: brotli's 11 takes fifty times as long for a tenth less.
BROTLI, GZIP = 5, 6
TEXTS = (
    *("text/", "application/json", "application/xml"),
    *("application/x-bibtex", "application/x-research-info-systems"),
)
SUFFIXES = ("+json", "+xml")
ENCODERS = {
    "br": lambda data: brotli.compress(data, quality=BROTLI),
    "gzip": lambda data: gzip.compress(data, GZIP, mtime=0),
}
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


@lru_cache(maxsize=256)
def accepted_encoding(header: str) -> str:
    """Return the encoding to use for an Accept-Encoding header: br, gzip, or "" for neither.

    The one with the highest q-value; of equals brotli, then gzip.
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = _weight(parameters)
    rest = weights.get("*", 0.0)
    found = {name: weights.get(name, rest) for name in ENCODERS}
    best = max(found, key=found.get)
    return best if found[best] > 0 and found[best] >= weights.get("identity", 0.0) else ""


def _weight(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def is_text(response: HttpResponse) -> bool:
    """Tell whether a response is text of any kind, and not compressed yet."""
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    is_plain = not response.streaming and "Content-Encoding" not in response
    return is_plain and (kind.startswith(TEXTS) or kind.endswith(SUFFIXES))


def compress(response: HttpResponse, header: str) -> HttpResponse:
    """Compress a response for a browser that sent this Accept-Encoding header; return it."""
    if not is_text(response) or len(response.content) < SHORTEST:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if encoding := accepted_encoding(header):
        response.content = ENCODERS[encoding](response.content)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = len(response.content)
        etag = response.get("ETag", "")
        if etag.startswith('"'):  # The bytes differ by encoding, and the words do not.
            response.headers["ETag"] = f"W/{etag}"
    return response
