"""Freed memory is given back."""

import subprocess
import sys

SCRIPT = """
import re
from newsroom.memory import return_large_blocks
return_large_blocks()
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = resident()
# One that is freed makes glibc keep all that are smaller.
first = bytearray(b"x") * (16 * 1024 * 1024)
del first
blocks, kept = [], []
for _ in range(6):
    blocks.append(bytearray(b"x") * (15 * 1024 * 1024))
    kept.append(bytearray(b"x") * 100_000)  # What a program keeps lies between them.
blocks.clear()
print(resident() - before)
"""


def test_large_blocks_are_given_back_when_they_are_freed():
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True)
    assert int(done.stdout) < 20_000  # KB, of 92,000
