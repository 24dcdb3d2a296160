"""A real HTTP server that answers as a group robot does, or as one that fails."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from articles import notices
from articles.models import Channel, NoticeSettings
from articles.tests.workflow_factories import through, written

OK = (200, b'{"errcode": 0, "errmsg": "ok"}', {})
SECRET = "0c1f-secret-key-77aa"


class Robot:
    """What was sent to a server, and what it answers."""

    def __init__(self):
        self.answer, self.received, self.go_on = OK, [], Event()
        self.is_slow = False
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                robot.received.append((self.path, dict(self.headers), json.loads(body)))
                if robot.is_slow:
                    robot.go_on.wait(30)
                status, data, headers = robot.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.address = f"{self.origin}/cgi-bin/webhook/send?key={SECRET}"

    @property
    def texts(self) -> list[str]:
        """The texts of the messages."""
        return [body["text"]["content"] for _path, _headers, body in self.received]


@pytest.fixture
def robot(settings):
    """A robot whose host the settings allow."""
    robot = Robot()
    settings.NOTICES, settings.NOTICE_HOSTS = True, [robot.origin]
    yield robot
    robot.go_on.set()
    robot.server.shutdown()
    robot.server.server_close()


@pytest.fixture
def people(roles):
    return [roles("记者"), roles("责任编辑")]


def by_robot(member, robot) -> NoticeSettings:
    return notices.choose(member, channel=Channel.WEBHOOK, webhook=robot.address)


def submitted(by, **facts):
    return through(written(by=by, **facts), ("submit", by))


def later(minutes=5):
    """Let time pass for what waits to be sent."""
    for row in NoticeSettings.objects.all():
        row.next_at -= timedelta(minutes=minutes)
        row.save()


def run() -> tuple[int, int]:
    report = notices.send_due()
    return report.sent, report.failed
