"""Passwords are hashed as Django does, in a thread that leaves the processor to readers."""

import os
import sys
import threading

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password

from articles.accounts.hashing import NICENESS, PatientPasswordHasher, _thread


@pytest.fixture
def patient(settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["articles.accounts.hashing.PatientPasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    return PatientPasswordHasher()


def test_the_hashes_are_those_of_django(patient):
    plain = PBKDF2PasswordHasher().encode("horse", "salt")
    assert patient.encode("horse", "salt") == plain
    assert check_password("horse", plain) and not check_password("cow", plain)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_one_thread_of_low_priority_does_it():
    def describe():
        thread = threading.get_native_id()
        return thread, os.getpriority(os.PRIO_PROCESS, thread)

    told = {work.result() for work in [_thread().submit(describe) for _ in range(4)]}
    ((thread, priority),) = told
    assert thread != threading.get_native_id()
    assert priority >= NICENESS
