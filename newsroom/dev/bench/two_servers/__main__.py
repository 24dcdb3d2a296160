"""Kill two application servers in turn: `python -m newsroom.dev.bench.two_servers --minutes 10`.

Behind a real nginx two gunicorns share a PostgreSQL primary with a standby, Redis and a server of
object storage. Eight editors save, two hundred readers read, an issue or a change is published
every second, and servers are killed and started again in turn, the standby now and then. The exit
status is 1 where an acknowledged save is lost, a reader is answered 5xx or not at all, or news goes
backwards.
"""

import argparse
import os
import secrets
import socket
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

KEY = "bench-of-two-servers"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def places() -> dict[str, str]:
    """Return the settings that all servers have, with the places where nothing is yet."""
    database, cache, store = (free_port() for _ in range(3))
    return {
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{database}/paper",
        "CACHE_URL": f"redis://127.0.0.1:{cache}/0",
        "MEDIA_STORE": "s3://paper/media",
        "S3_ENDPOINT": f"http://127.0.0.1:{store}",
        "S3_ACCESS_KEY": KEY,
        "S3_SECRET_KEY": KEY,
        "PAGE_CACHE_MB": "64",
        "ACCEL_REDIRECT": "/store/",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "TRUSTED_PROXIES": "1",
        "DEBUG": "0",
    }


def main() -> int:
    """Let this process be of the paper too, which makes rows and publishes, and run the trial."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="two-servers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "bench").mkdir()
        shared = places()
        own = {"VAR_ROOT": str(folder / "bench"), "STANDBY_URL": ""}
        os.environ |= shared | own | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        django.setup()
        return import_module("newsroom.dev.bench.two_servers.trial").trial(
            folder, shared, minutes * 60
        )


if __name__ == "__main__":
    sys.exit(main())
