"""The site served from a scratch folder by gunicorn, as it is measured."""

import argparse
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path


class Site:
    """The site on a port of this machine; `process` is that of gunicorn."""

    def __init__(self, port: int, process: int):
        self.port, self.process = port, process

    def get(self, path: str) -> bytes:
        """Return the body of an answer; raise where it is not a success."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
        return body

    def cpu(self, path: str, times: int) -> float:
        """Return the worker's processor time, in ms, for one of so many requests."""
        before = float(self.get("/cpu"))
        for _ in range(times):
            self.get(path)
        return (float(self.get("/cpu")) - before) / times * 1000

    def wait(self) -> None:
        """Return when the site answers."""
        for _ in range(200):
            try:
                self.get("/cpu")
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the site does not answer")


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a site that lives in a scratch folder and caches nothing."""
    names = ("CSRF_TRUSTED_ORIGINS", "ALLOWED_HOSTS", "SECRET_KEY", "LANGUAGE_CODE", "TIME_ZONE")
    names += ("MEDIA_STORE", "STANDBY_URL")
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "CACHE_URL": "dummycache://",
        "PAGE_CACHE_MB": "0",
        "DEBUG": "0",
        "BENCH_PAGES": str(folder),
    }


@contextmanager
def served(folder: Path, *more: str):
    """Serve the site from one worker, or with more options; end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--workers=1",
        "--no-control-socket",
        "--log-level=error",
        f"--bind=127.0.0.1:{port}",
        *more,
    ]
    command = [sys.executable, "-m", "gunicorn", "newsroom.dev.bench.wsgi", *options]
    process = subprocess.Popen(command, env=environment(folder))
    try:
        site = Site(port, process.pid)
        site.wait()
        yield site
    finally:
        process.terminate()
        process.wait()


def existing(name: str) -> Path:
    """Return the path of a file that is there, before minutes are spent on the rest."""
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return Path(name)
