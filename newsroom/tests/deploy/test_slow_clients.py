"""Clients that send a byte now and then, and programs that run wild."""

import ssl
from contextlib import suppress

import pytest

from .nginx_server import HOST

pytestmark = [pytest.mark.slow, pytest.mark.no_database]
HALF_OPEN = 200


HALF_A_HEAD = f"POST /admin/login/ HTTP/1.1\r\nHost: {HOST}\r\n".encode()
HALF_A_BODY = HALF_A_HEAD + b"Content-Length: 50000\r\nContent-Type: text/plain\r\n\r\nslow"


def opened(paper, words: bytes) -> ssl.SSLSocket:
    """Return a connection over which so much was sent, and no more."""
    connection = paper.connection()
    connection.connect()
    connection.sock.sendall(words)
    return connection.sock


@pytest.mark.parametrize("words", [b"", HALF_A_HEAD, HALF_A_BODY], ids=["none", "head", "body"])
def test_two_hundred_half_open_requests_keep_no_reader_waiting(paper, words):
    slow = [opened(paper, words) for _ in range(HALF_OPEN)]
    try:
        # The program has eight threads; it sees none of them.
        assert {paper.get("/").status for _ in range(20)} == {200}
        assert "POST" not in paper.log("program.log")
    finally:
        for line in slow:
            line.close()


def test_a_request_that_does_not_come_is_cut_off(paper):
    line = opened(paper, HALF_A_HEAD)
    line.settimeout(40)
    with suppress(ConnectionResetError, ssl.SSLError):
        assert line.recv(1_000) == b""


@pytest.mark.parametrize("path", ["/search/?q=", "/hant/search/?q="])
def test_a_program_that_runs_wild_is_told_to_wait(paper, path):
    refused = 0
    connection = paper.connection()
    for _ in range(400):
        connection.request("GET", path, headers={"Host": HOST})
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status == 429:
            refused += 1
            assert "请求过于频繁" in text
    connection.close()
    assert refused
    assert paper.get("/").status == 200
