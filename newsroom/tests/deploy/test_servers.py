"""Two servers behind a real nginx, by deploy/nginx/servers.conf and next_server.conf."""

import socket
import subprocess
import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from os import getuid

import pytest

from articles.tests.gunicorn_server import free_port, until

from .nginx_path import nginx_path
from .nginx_server import DEPLOY

pytestmark = [
    pytest.mark.skipif(not nginx_path(), reason="no nginx with its Brotli module"),
    pytest.mark.no_database,
]
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
    server {{
        listen 127.0.0.1:{port};
        {next_server}
        location / {{ proxy_pass http://newsroom; }}
    }}
}}
"""
ANSWERS = {
    "well": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    "busy": b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "dying": b"",
}


class Program:
    """A server that answers each request in one way, or not at all; it counts them."""

    def __init__(self, way: str):
        self.way, self.asked = way, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        if way == "gone":
            self.socket.close()
        else:
            threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                asking, _address = self.socket.accept()
            except OSError:
                return
            with asking:
                self.asked.append(asking.recv(10_000).split()[0].decode())
                asking.sendall(ANSWERS[self.way])


@contextmanager
def nginx(folder, *programs: Program):
    """A real nginx before two programs; gives its port."""
    port, servers = free_port(), (DEPLOY / "nginx/servers.conf").read_text()
    for number, program in enumerate(programs, 1):
        servers = servers.replace(f"app{number}.internal:8000", f"127.0.0.1:{program.port}")
    words = {"folder": folder, "port": port, "servers": servers}
    words["next_server"] = (DEPLOY / "nginx/next_server.conf").read_text()
    user = "" if getuid() else "user root;"
    (folder / "nginx.conf").write_text(MAIN.format(**words, user=user))
    command = [nginx_path(), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: (folder / "nginx.pid").exists(), "nginx", within=30)
            yield port
        finally:
            process.terminate()
            for program in programs:
                program.socket.close()


def statuses(port: int, method: str, count: int = 4) -> set[int]:
    found = set()
    for _ in range(count):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, "/", body=b"words=1" if method == "POST" else None)
        found.add(connection.getresponse().status)
        connection.close()
    return found


@pytest.mark.parametrize("way", ["gone", "dying", "busy"])
def test_a_reader_gets_the_page_from_the_other_server(tmp_path, way):
    with nginx(tmp_path, Program(way), Program("well")) as port:
        assert statuses(port, "GET") == {200}


def test_a_form_goes_to_the_other_server_where_one_is_gone(tmp_path):
    with nginx(tmp_path, Program("gone"), Program("well")) as port:
        assert statuses(port, "POST") == {200}


def test_a_form_that_was_sent_is_never_sent_twice(tmp_path):
    dying, well = Program("dying"), Program("well")
    with nginx(tmp_path, dying, well) as port:
        assert statuses(port, "POST", count=6) == {200, 502}
    assert len(dying.asked) + len(well.asked) == 6
