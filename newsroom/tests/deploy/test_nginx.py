"""What nginx hands out, refuses, and tells the program: real nginx, the shipped configuration."""

import gzip
import json
import re
import socket
import ssl
from contextlib import contextmanager
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client

from articles.models import Status
from articles.tests.gunicorn_server import looking_at, until
from newsroom.body_limits import LIMITS, MB, MULTIPART, OTHER

from .nginx_server import DEPLOY, HOST

pytestmark = [pytest.mark.slow, pytest.mark.no_database]
OF_THE_PROGRAM = (
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Resource-Policy",
    "Content-Security-Policy",
)


@contextmanager
def changed(row, database: str, **values):
    """Change a row of the paper for a while."""
    with looking_at(database):
        before = {name: getattr(row, name) for name in values}
        type(row).objects.filter(pk=row.pk).update(**values)
        yield
        type(row).objects.filter(pk=row.pk).update(**before)


def policy(answer) -> dict[str, str]:
    """Return the headers that every answer has, the policy for content in any order."""
    found = {name: answer.headers.get(name) for name in OF_THE_PROGRAM}
    parts = (found["Content-Security-Policy"] or "").rstrip("; ").split("; ")
    return found | {"Content-Security-Policy": sorted(parts)}


def test_pages_static_files_pictures_and_errors_have_the_same_protection(paper):
    page = paper.get("/")
    name = re.search(r'href="(/static/css/[^"]+\.css)"', page.text)[1]
    style = paper.get(name)
    picture = paper.get(f"/photos/{paper.photo.uid}/wide.jpg")
    large = paper.ask("/", method="POST", body=b"x" * (3 * MB))
    assert [each.status for each in (page, style, picture, large)] == [200, 200, 200, 413]
    assert policy(style) == policy(large) == policy(page)
    # Other sites may show a photo.
    assert policy(picture) == policy(page) | {"Cross-Origin-Resource-Policy": "cross-origin"}


def test_static_files_are_as_the_program_would_send_them_and_never_change(paper):
    name = re.search(r'href="(/static/css/[^"]+\.css)"', paper.get("/").text)[1]
    plain = Path(settings.STATIC_ROOT / name.removeprefix("/static/")).read_bytes()
    for encoding, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = paper.get(name, Accept_Encoding=encoding)
        assert answer.headers["Content-Encoding"] == encoding
        assert read(answer.content) == plain
    answer, own = paper.get(name), Client().get(name)
    assert answer.content == plain
    for header in ("Cache-Control", "Access-Control-Allow-Origin"):
        assert answer.headers[header] == own.headers[header]
    assert answer.headers["Content-Type"].replace('"', "") == own["Content-Type"].replace('"', "")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert paper.get("/static/gone.css").status == 404


def test_pages_are_compressed_as_the_browser_takes_them(paper):
    for asked, given in (
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("identity", None),
    ):
        assert paper.get("/", Accept_Encoding=asked).headers.get("Content-Encoding") == given


def test_a_picture_is_handed_out_by_nginx_once_the_program_allows_it(paper):
    address = f"/photos/{paper.photo.uid}/wide.jpg"
    shown = paper.get(address)
    assert shown.content[:3] == b"\xff\xd8\xff"
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert paper.get(address, If_None_Match=shown.headers["ETag"]).status == 304
    assert paper.get(address, Accept="image/webp").headers["Content-Type"] == "image/webp"
    for path in ("", paper.photo.file.name):
        assert paper.get(f"/protected/{path}").status == 404
    with changed(paper.article, paper.database, status=Status.DRAFT):
        assert paper.get(address).status == 404


def test_the_desk_takes_what_the_program_takes_and_all_else_takes_little():
    text = (DEPLOY / "nginx" / "newsroom.conf").read_text()
    desk = re.search(r"location \^~ /admin/ \{[^}]*client_max_body_size (\d+)m;", text)[1]
    largest = max(member for _, member in [*LIMITS.values(), OTHER])
    assert int(desk) * MB == largest
    assert re.findall(r"client_max_body_size (\d+)m;", text) == ["2", desk]


def test_what_is_too_large_is_refused_in_chinese(paper):
    head = f"POST /admin/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {MULTIPART}; boundary=b\r\n"
    connection = paper.connection()
    connection.connect()
    connection.sock.sendall(f"{head}Content-Length: {111 * MB}\r\n\r\n".encode())
    said = connection.sock.recv(65_536).decode()
    connection.close()
    assert said.startswith("HTTP/1.1 413")
    assert "一次发送的内容太多" in said
    # Less than that reaches the program, which has words of its own.
    refused = paper.ask("/admin/", method="POST", body=b"x" * 3 * MB, Content_Type="text/plain")
    assert (refused.status, "您没有登录" in refused.text) == (413, True)


def test_who_asks_is_told_to_the_program_whatever_a_client_says(paper):
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http"}
    assert paper.get("/nowhere-at-all/", **forged, Forwarded="for=203.0.113.9").status == 404
    log = until(lambda: "nowhere-at-all" in (log := paper.log("program.log")) and log, "the log")
    (line,) = [line for line in log.splitlines() if "nowhere-at-all" in line]
    assert "127.0.0.1" in line
    assert "203.0.113.9" not in log


def test_the_log_is_json_without_queries_and_tokens(paper):
    paper.get("/search/?q=secret-words", Referer=f"https://{HOST}/preview/secret-referrer/")
    paper.get("/preview/secret-token/2024-07-27/", User_Agent='a "b"\n'.strip())
    rows = until(lambda: lines(paper)[-2:], "two lines")
    assert [row["path"] for row in rows] == ["/search/", "/preview/[hidden]/2024-07-27/"]
    assert (rows[-1]["agent"], rows[-1]["status"]) == ('a "b"', 404)
    assert "secret" not in paper.log("newsroom.access.log")


def lines(paper) -> list[dict]:
    return [json.loads(line) for line in paper.log("newsroom.access.log").splitlines()]


def test_without_tls_readers_are_led_to_it_and_a_load_balancer_is_answered(paper):
    def ask(path, host):
        connection = HTTPConnection("127.0.0.1", paper.http, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse()

    led = ask("/archive/?page=2", HOST)
    assert (led.status, led.headers["Location"]) == (301, f"https://{HOST}/archive/?page=2")
    assert ask("/health/", HOST).status == 200
    with pytest.raises(RemoteDisconnected):
        ask("/", "other.example")


def test_another_host_gets_no_certificate(paper):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", paper.https)) as line, pytest.raises(OSError):
        trusting.wrap_socket(line, server_hostname="other.example")
