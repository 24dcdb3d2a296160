"""Ask the site itself for its pages, in this process, as a server does (PEP 3333).

The WSGI application answers with all its middleware: what the file of a page holds is what a
reader is sent. There is no second way of rendering that could differ, and no server to start.
"""

import io
import sys
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application

# How the warning of a page begins that is shown unchecked, with a notice, while the database is
# out of reach: an edition would keep that notice.
STALE, UNAVAILABLE = "110", 503


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers to a GET."""

    status: int
    content_type: str
    body: bytes

    @property
    def is_html(self) -> bool:
        """Whether it is a page."""
        return self.content_type.startswith("text/html")

    @property
    def is_text(self) -> bool:
        """Whether links may stand in it."""
        kinds = ("text/", "application/json", "application/manifest+json", "application/feed+json")
        return self.content_type.startswith(kinds) or "xml" in self.content_type


class Site:
    """The site at an origin such as https://news.example."""

    def __init__(self, origin: str):
        self.origin = urlsplit(origin)
        self._application = get_wsgi_application()

    def get(self, path: str, query: str = "") -> Answer:
        """Return what a path answers, 503 for a page that is out of date; raise what it raises."""
        told: dict = {}

        def start_response(status, headers, exc_info=None):
            told["status"], told["headers"] = int(status.split()[0]), dict(headers)

        response = self._application(self._environ(path, query), start_response)
        try:
            body = b"".join(response)
        finally:
            response.close()
        headers = told["headers"]
        if headers.get("Warning", "").startswith(STALE):
            told["status"] = UNAVAILABLE
        if where := headers.get("X-Accel-Redirect"):
            body = _proxied(where)
        return Answer(told["status"], headers.get("Content-Type", ""), body)

    def _environ(self, path: str, query: str) -> dict:
        """Return what a server tells of a request."""
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": quote(query, safe="=&"),
            "SERVER_NAME": self.origin.hostname,
            "SERVER_PORT": str(self.origin.port or (443 if self.origin.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.origin.netloc,
            "HTTP_X_FORWARDED_PROTO": self.origin.scheme,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.origin.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _proxied(where: str) -> bytes:
    """Return the file that a proxy would send in the place of a body (ACCEL_REDIRECT)."""
    name = default_storage.name_at(where.removeprefix(settings.ACCEL_REDIRECT))
    with default_storage.open(name) as file:
        return file.read()
