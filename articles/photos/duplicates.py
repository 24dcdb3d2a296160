"""Find photos of the library that are the same file, or look almost the same."""

from collections.abc import Collection, Iterator
from functools import reduce
from itertools import combinations
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from articles.models import Photo
from articles.models.photo import BAND_BITS

from .files.perceptual_hash import BITS, distance, perceptual_hash, sha256

# Resized, recompressed, brighter or cropped by some hundredths differ in fewer bits; another photo
# of the same event in more (articles/tests/photos/test_duplicates.py).
NEAR = 10
BANDS = BITS // BAND_BITS
# Of two hashes that differ in NEAR bits at most, one band differs in so many at most.
BAND_DISTANCE = NEAR // BANDS
MOST = 12


class SimilarPhoto(NamedTuple):
    """A photo that is like another: `distance` is 0 to NEAR, and 0 for the same file."""

    photo: Photo
    is_same_file: bool
    distance: int


def set_hashes(photo: Photo, data: bytes) -> None:
    """Set the hashes of a photo, not saved here, to those of its validated file."""
    photo.sha256, photo.perceptual_hash = sha256(data), perceptual_hash(data)


def similar_photos(like: Photo | bytes) -> list[SimilarPhoto]:
    """Return the photos that are like a photo with hashes, or like a validated file.

    The same files first, then those nearest; MOST at most. Two queries, by indexes.
    """
    if not isinstance(like, Photo):
        like = Photo(sha256=sha256(like), perceptual_hash=perceptual_hash(like))
    rows = Photo.objects.filter(_is_candidate(like.sha256, like.perceptual_hash))
    rows = rows.exclude(pk=like.pk).values_list("pk", "sha256", "perceptual_hash")
    compared = ((_difference(like, *hashes), pk) for pk, *hashes in rows)
    found = sorted((bits, pk) for bits, pk in compared if bits is not None)[:MOST]
    photos = Photo.objects.in_bulk([pk for _, pk in found])
    return [SimilarPhoto(photos[pk], bits < 0, max(bits, 0)) for bits, pk in found]


def _difference(photo: Photo, digest: str, looks: int | None) -> int | None:
    """Return in how many bits hashes differ from a photo's: -1 is the same file, None too many."""
    if digest and digest == photo.sha256:
        return -1
    if looks is None or photo.perceptual_hash is None:
        return None
    bits = distance(looks, photo.perceptual_hash)
    return bits if bits <= NEAR else None


def _is_candidate(digest: str, looks: int | None) -> Q:
    """Return the condition that every photo that may be like these hashes meets."""
    conditions = [Q(sha256=digest)] if digest else [Q(pk__in=[])]
    for band in range(BANDS) if looks is not None else ():
        value = looks >> (BAND_BITS * band) & ((1 << BAND_BITS) - 1)
        conditions.append(Q(**{f"hash_band_{band}__in": list(_near(value))}))
    return reduce(or_, conditions)


def _near(value: int) -> Iterator[int]:
    """Iterate over the values of a band that differ in BAND_DISTANCE bits at most."""
    for count in range(BAND_DISTANCE + 1):
        for bits in combinations(range(BAND_BITS), count):
            yield value ^ sum(1 << bit for bit in bits)


def hash_stored_photos() -> Collection[int]:
    """Compute the hashes of stored photos that have none; return the ids of unreadable ones.

    One photo is in memory at a time. A query for each, and one for all.
    """
    unreadable = []
    for photo in Photo.objects.filter(sha256="").iterator(chunk_size=100):
        try:
            with photo.file.open() as file:
                set_hashes(photo, file.read())
        except Exception:  # a file that is gone or broken can make a decoder raise anything
            unreadable.append(photo.pk)
            continue
        hashes = {"sha256": photo.sha256, "perceptual_hash": photo.perceptual_hash}
        Photo.objects.filter(pk=photo.pk).update(**hashes)
    return unreadable
