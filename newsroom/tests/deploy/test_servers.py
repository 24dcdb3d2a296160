"""Two servers behind a real nginx, by deploy/nginx/servers.conf and next_server.conf."""

import socket
import threading
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from .nginx_path import nginx_path
from .small_nginx import LINES, servers_lines, small_nginx

pytestmark = [
    pytest.mark.skipif(not nginx_path(), reason="no nginx with its Brotli module"),
    pytest.mark.no_database,
]
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
    inside = (LINES / "next_server.conf").read_text()
    inside += "location / { proxy_pass http://newsroom; }"
    servers = servers_lines([program.port for program in programs])
    try:
        with small_nginx(folder, inside, outside=servers) as port:
            yield port
    finally:
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
