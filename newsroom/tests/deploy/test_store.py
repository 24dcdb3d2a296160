"""Pictures in object storage through a real nginx, by the lines of deploy/nginx/store.conf."""

import threading
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.base import ContentFile

from .nginx_path import nginx_path
from .small_nginx import LINES, small_nginx, store_lines

pytestmark = [
    pytest.mark.skipif(not nginx_path(), reason="no nginx with its Brotli module"),
    pytest.mark.no_database,
]
SAID = {"ETag": '"of-the-program"', "Cache-Control": "private", "X-Frame-Options": "DENY"}


@contextmanager
def program(address: str):
    """What answers every request with the address of a picture; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            headers = SAID | {"Content-Type": "image/jpeg", "X-Accel-Redirect": f"/store/{address}"}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def nginx(folder, store: str, program_port: int):
    """A real nginx before the program; gives its port."""
    inside = (
        f"location / {{ proxy_pass http://127.0.0.1:{program_port}; }}"
        f"location ^~ /newsroom-pages/ {{ internal; alias {LINES}/pages/; }}"
    )
    return small_nginx(folder, inside + store_lines(store))


def get(port: int, path: str, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_nginx_fetches_what_the_program_allows_and_keeps_what_it_says(storage, tmp_path):
    name, data = f"photos/ab/{uuid.uuid4().hex}.jpg", b"\xff\xd8" + bytes(200_000)
    storage.save(name, ContentFile(data))
    with (
        program(storage.internal_address(name)) as behind,
        nginx(tmp_path, storage.endpoint_url, behind) as port,
    ):
        status, headers, body = get(
            port, "/photos/1/small.jpg", Cookie="session=1", Range="bytes=0-9"
        )
        assert (status, body) == (200, data)
        assert SAID.items() <= headers.items()
        assert headers["Content-Type"] == "image/jpeg"
        assert not [each for each in headers if each.lower() in ("x-amz-request-id", "x-amz-id-2")]
        assert (
            get(port, f"/store/{storage.internal_address(name)}")[0] == 503
        )  # as for what is missing
        storage.delete(name)
        status, headers, body = get(port, "/photos/1/small.jpg")
        assert (status, storage.bucket_name.encode() in body) == (503, False)
