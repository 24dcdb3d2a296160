"""Measure pages of readers and lists of the desk in a small and in a large archive.

    python -m newsroom.dev.bench.flat_pages SMALL_DATABASE_URL LARGE_DATABASE_URL

Both databases were filled by `manage.py large_archive`, with 4,400 and 440,000 articles, say, and
`rebuild_lists` and `rebuild_search` were run. Each page is asked for in one process, without a
server and a cache: its queries must be as many, its time at most 1.3 times as long.
"""

import json
import os
import subprocess
import sys

LIMIT = 1.3
# A page that takes less than this is as fast as one can measure.
LEAST_MS = 5


def measure(url: str) -> dict[str, list]:
    """Measure in a process of its own with a database; return what `page_costs` prints."""
    own = os.environ | {
        "DATABASE_URL": url,
        "CACHE_URL": "dummycache://",
        "PAGE_CACHE_MB": "0",
        "ALLOWED_HOSTS": "testserver",
    }
    command = [sys.executable, "manage.py", "page_costs"]
    run = subprocess.run(command, env=own, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def report(small: dict[str, list], large: dict[str, list]) -> bool:
    """Print the table; return whether every page is flat."""
    print(f"{'':<28}{'queries':>12}{'ms, small':>11}{'ms, large':>11}{'ratio':>8}")
    is_flat = True
    for name, (status, queries, clock, _cpu) in large.items():
        _status, before, small_clock, _small_cpu = small[name]
        ratio = clock / max(small_clock, LEAST_MS)
        bad = status != 200 or ratio > LIMIT or queries != before
        is_flat &= not bad
        mark = f"  {status}" if status != 200 else "  *" if bad else ""
        counts = f"{before}/{queries}"
        print(f"{name:<28}{counts:>12}{small_clock:>11.1f}{clock:>11.1f}{ratio:>8.2f}{mark}")
    return is_flat


def main() -> int:
    """Measure both, print the table; the exit status is 1 where a page is not flat."""
    return 0 if report(*map(measure, sys.argv[1:3])) else 1


if __name__ == "__main__":
    sys.exit(main())
