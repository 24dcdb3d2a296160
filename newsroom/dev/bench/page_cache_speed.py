"""What a kept page costs beside a constant view: `python -m newsroom.dev.bench.page_cache_speed`.

The processor time of a request in this process, through the whole WSGI application, in rounds that
are interleaved; the middle one counts. The constant view returns the same bytes behind the same
middleware, which keeps nothing then. DATABASE_URL names an empty database to measure on; without
it SQLite in a scratch folder is filled.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

from .scratch_server import environment

ROUNDS, REQUESTS, LIMIT = 15, 60, 0.9


def request(application, path: str, encoding: str = "") -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of an answer; raise where it is not a success."""
    got = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": encoding,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = application(
        environ, lambda status, headers: got.update(status=status, headers=headers)
    )
    body = b"".join(answer)
    answer.close()
    if not got["status"].startswith("200"):
        raise RuntimeError(f"{path} answers {got['status']}")
    return body, dict(got["headers"])


def cpu(application, path: str, encoding: str = "") -> float:
    """Return the processor time of a request, in ms."""
    before = time.process_time()
    for _ in range(REQUESTS):
        request(application, path, encoding)
    return (time.process_time() - before) / REQUESTS * 1000


def measure(application, settings, folder: Path, pages: dict[str, str]) -> dict[str, list[tuple]]:
    """Return, for each page, rounds of (ms kept, ms as a constant), and its sizes."""
    found = {}
    for name, path in pages.items():
        body, _ = request(application, path)
        (folder / name).write_bytes(body)
        sent, headers = request(application, path, "br, gzip")
        assert headers["Content-Encoding"] == "br", path
        found[name] = [(len(body), len(sent))]
    for _ in range(ROUNDS):
        for name, path in pages.items():
            settings.PAGE_CACHE_MB = 64
            kept = cpu(application, path, "br, gzip")
            settings.PAGE_CACHE_MB = 0
            found[name].append((kept, cpu(application, f"/constant/{name}/")))
    return found


def report(found: dict[str, list[tuple]]) -> bool:
    """Print the table; return whether every page keeps to the limit."""
    print(f"{'CPU per request':<18}{'kept':>9}{'constant':>10}{'ratio':>7}{'limit':>7}{'bytes':>9}")
    holds = True
    for name, (sizes, *rounds) in found.items():
        ratio = statistics.median(kept / constant for kept, constant in rounds)
        kept, constant = (statistics.median(column) for column in zip(*rounds, strict=True))
        holds &= ratio <= LIMIT
        line = f"{name:<18}{kept:>6.3f} ms{constant:>7.3f} ms{ratio:>6.2f}×{LIMIT:>6}×"
        print(f"{line}{sizes[1]:>9,} of {sizes[0]:,}")
    return holds


def main() -> int:
    """Fill a scratch site, measure it, print the table; return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = {"CACHE_URL": f"filecache://{folder}/cache", "PAGE_CACHE_MB": "64"}
        database = {k: os.environ[k] for k in ("DATABASE_URL", "CACHE_URL") if k in os.environ}
        os.environ |= environment(folder) | own | database
        django.setup()
        # These need the settings.
        from django.conf import settings  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import transaction  # noqa: PLC0415

        from .paper import fill  # noqa: PLC0415
        from .wsgi import application  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        with transaction.atomic():
            article = fill()
        pages = {
            "front": "/",
            "issue": "/2024-07-28/",
            "article": article,
            "page": "/2024-07-28/A1/",
        }
        pages |= {"month": "/archive/2024/7/", "search": "/search/", "feed": "/feeds/paper.atom"}
        return 0 if report(measure(application, settings, folder, pages)) else 1


if __name__ == "__main__":
    sys.exit(main())
