"""The hashing of passwords: one at a time in a process, and after the work for readers."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

from django.contrib.auth.hashers import PBKDF2PasswordHasher

# Between the usual 0 and 19: where readers want the processor, a log-in takes a few seconds more.
NICENESS = 10


class PatientPasswordHasher(PBKDF2PasswordHasher):
    """Django's own hasher, in a thread of low priority: the same hashes, and nothing else."""

    def encode(self, password, salt, iterations=None):
        work = _thread().submit(super().encode, password, salt, iterations)
        return work.result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_lower_priority)


def _lower_priority() -> None:
    """Lower the priority of this thread; only Linux has one for each."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
