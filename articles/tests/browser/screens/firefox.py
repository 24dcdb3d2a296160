"""A fixture of a real Firefox: the machine's own, headless, spoken to by its Marionette protocol.

Imports no Django, so that the entry point of all tests can ask where Firefox is.
"""

import json
import os
import shutil
import socket
import subprocess
import time

import pytest

NAMES = ("firefox-esr", "firefox")
PATIENCE = 120  # seconds
PREFERENCES = """\
user_pref("marionette.port", %d);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
"""


def firefox_path() -> str | None:
    """Return where the machine's own Firefox is, or None; FIREFOX names another."""
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window of Firefox; each message is its length, a colon and JSON."""

    def __init__(self, port: int):
        self.number, self.stream = 0, connect(port).makefile("rwb")
        self.receive()
        self.send("WebDriver:NewSession")

    def send(self, command: str, **given):
        """Give a command; return its result, or raise what Firefox answered."""
        self.number += 1
        text = json.dumps([0, self.number, command, given]).encode()
        self.stream.write(b"%d:%s" % (len(text), text))
        self.stream.flush()
        _, _, error, result = self.receive()
        assert error is None, error
        return result

    def receive(self):
        """Return the next message."""
        length = b""
        while (digit := self.stream.read(1)) != b":":
            assert digit, "Firefox has ended"
            length += digit
        return json.loads(self.stream.read(int(length)))

    def open(self, url: str, width: int):
        """Open an address in a window of a width, in CSS pixels."""
        self.send("WebDriver:SetWindowRect", width=width, height=900)
        self.send("WebDriver:Navigate", url=url)

    def evaluate(self, expression: str):
        """Return the value of an expression of JavaScript."""
        script = {"script": f"return {expression}", "args": []}
        return self.send("WebDriver:ExecuteScript", **script)["value"]


def connect(port: int) -> socket.socket:
    """Return a connection to Firefox as soon as it listens."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    """One headless Firefox with a profile of its own."""
    path = firefox_path()
    if path is None:
        # `make test` names these tests in its last line, and fails where CI is set.
        pytest.skip("needs Firefox: install it, or name it in FIREFOX")
    profile = tmp_path_factory.mktemp("firefox")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text(PREFERENCES % port)
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Firefox(port)
    finally:
        process.terminate()
        process.wait(30)
