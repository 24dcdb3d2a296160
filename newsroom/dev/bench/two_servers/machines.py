"""What stands on several servers: here each is a process of this machine."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.core.files.storage import default_storage

from articles.tests.gunicorn_server import Server, until
from articles.tests.server.own_cluster import Cluster
from newsroom.tests.deploy.small_nginx import LINES, servers_lines, small_nginx, store_lines

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
INSIDE = """
    client_max_body_size 110m;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_buffers 16 16k;
    proxy_buffer_size 16k;
    location / { proxy_pass http://newsroom; }
"""


@contextmanager
def running(*command: object, **options) -> Iterator[subprocess.Popen]:
    """Run a program until the block ends."""
    process = subprocess.Popen([*map(str, command)], **{**QUIET, **options})
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def clusters(address: str) -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with the database of an address, and its standby."""
    primary = Cluster()
    primary.port = port_of(address)
    try:
        primary.start()
        primary.create_database()
        standby = Cluster(of=primary)
        try:
            standby.start()
            yield primary, standby
        finally:
            standby.remove()
    finally:
        primary.remove()


def port_of(address: str) -> int:
    """Return the port of an address."""
    return urlsplit(address).port


@contextmanager
def object_store(address: str) -> Iterator[None]:
    """A server of object storage with a bucket, by the settings of this process."""
    host = ("-H", "127.0.0.1", "-p", port_of(address))
    with running(sys.executable, "-m", "moto.server", *host):
        until(lambda: answers(address), "the object storage", within=60)
        default_storage.connection.create_bucket(Bucket=default_storage.bucket_name)
        yield


def answers(address: str) -> bool:
    """Tell whether anything answers at an address."""
    try:
        return bool(urlopen(address, timeout=5).status)
    except OSError:
        return False


@contextmanager
def redis(folder: Path, address: str) -> Iterator[None]:
    """A Redis server that keeps nothing on disk."""
    options = ("--bind", "127.0.0.1", "--save", "", "--dir", folder)
    with running("redis-server", "--port", port_of(address), *options):
        yield


def application(folder: Path, name: str, settings: dict[str, str]) -> Server:
    """Return an application server, not started yet, with no state but a folder of its own."""
    (folder / name).mkdir()
    server = Server(folder / name, settings["DATABASE_URL"])
    server.environment |= settings | {"VAR_ROOT": str(folder / name)}
    return server


@contextmanager
def proxy(folder: Path, ports: list[int], store: str) -> Iterator[str]:
    """nginx before the application servers, with the lines of deploy/; gives its address."""
    pages = f"location ^~ /newsroom-pages/ {{ internal; alias {LINES}/pages/; }}"
    lines = (INSIDE, (LINES / "next_server.conf").read_text(), pages, store_lines(store))
    with small_nginx(folder, "\n".join(lines), outside=servers_lines(ports)) as port:
        yield f"http://127.0.0.1:{port}"
