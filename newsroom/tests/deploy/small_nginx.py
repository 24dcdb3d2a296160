"""An nginx of one's own, with lines of deploy/nginx, whose files are all in one folder."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from articles.tests.gunicorn_server import free_port, until

from .nginx_path import nginx_path

LINES = Path(__file__).resolve().parents[3] / "deploy" / "nginx"
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {outside}
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        {inside}
    }}
}}
"""


@contextmanager
def small_nginx(folder: Path, inside: str, *, outside: str = "") -> Iterator[int]:
    """Run nginx with lines inside and outside of its one server; give its port. Needs nginx."""
    port, user = free_port(), "" if os.getuid() else "user root;"
    words = {"user": user, "folder": folder, "port": port, "inside": inside, "outside": outside}
    file = folder / "nginx.conf"
    file.write_text(MAIN.format(**words))
    command = [nginx_path() or "nginx", "-c", str(file), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: (folder / "nginx.pid").exists(), "nginx", within=30)
            yield port
        finally:
            process.terminate()


def servers_lines(ports: Sequence[int]) -> str:
    """Return deploy/nginx/servers.conf with the ports of servers here."""
    lines = (LINES / "servers.conf").read_text()
    for number, port in enumerate(ports, 1):
        lines = lines.replace(f"app{number}.internal:8000", f"127.0.0.1:{port}")
    return lines


def store_lines(store: str) -> str:
    """Return deploy/nginx/store.conf with the address of a store here, as http://host:port."""
    lines, host = (LINES / "store.conf").read_text(), store.removeprefix("http://")
    return lines.replace("https://s3.example:9000", store).replace("s3.example:9000", host)
