"""Pictures in object storage through a real nginx, by the lines of deploy/nginx/store.conf."""

import subprocess
import threading
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import getuid

import pytest
from django.core.files.base import ContentFile

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
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{program}; }}
        location ^~ /newsroom-pages/ {{ internal; alias {deploy}/nginx/pages/; }}
        include {folder}/store.conf;
    }}
}}
"""
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


@contextmanager
def nginx(folder, store: str, program_port: int):
    """A real nginx before the program; gives its port."""
    port, user = free_port(), "" if getuid() else "user root;"
    host = store.removeprefix("http://")
    lines = (DEPLOY / "nginx/store.conf").read_text()
    lines = lines.replace("https://s3.example:9000", store).replace("s3.example:9000", host)
    (folder / "store.conf").write_text(lines)
    words = {"user": user, "folder": folder, "port": port, "program": program_port}
    (folder / "nginx.conf").write_text(MAIN.format(**words, deploy=DEPLOY))
    command = [nginx_path(), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: (folder / "nginx.pid").exists(), "nginx", within=30)
            yield port
        finally:
            process.terminate()


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
