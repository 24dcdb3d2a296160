"""Memory that large pictures took is given back to the system as soon as they are done."""

import ctypes
from contextlib import suppress

M_MMAP_THRESHOLD = -3  # mallopt(3)
LARGE = 1024 * 1024  # bytes


def return_large_blocks() -> None:
    """Let this process, and those that it forks, give freed blocks over a megabyte back at once.

    By itself glibc keeps blocks of up to 32 MB for later, up to a hundred megabytes a worker after
    a large photo, and then grows beyond. Nothing happens with another C library.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
