"""The paper as deploy/ sets it up: real nginx, real gunicorn on an inherited socket, a release."""

import os
import shlex
import signal
import socket
import ssl
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from django.conf import settings

from articles.tests.gunicorn_server import PATIENCE, free_port, until

from .nginx_path import MODULES, nginx_path

DEPLOY = settings.BASE_DIR / "deploy"
HOST = "news.example"
# The first file descriptor that systemd hands to a program.
INHERITED = 3
INHERIT = (
    f"import os, sys; os.dup2(int(sys.argv[1]), {INHERITED});"
    "os.environ |= {'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())};"
    "os.execv(sys.argv[2], sys.argv[2:])"
)
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/logs/nginx.log;
include {modules}/*.conf;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    gzip on;
    client_body_temp_path {folder}/temp/body;
    proxy_temp_path {folder}/temp/proxy;
    fastcgi_temp_path {folder}/temp/fastcgi;
    uwsgi_temp_path {folder}/temp/uwsgi;
    scgi_temp_path {folder}/temp/scgi;
    include {folder}/newsroom.conf;
}}
"""


@dataclass
class Answer:
    """What a client was answered."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class TrustingConnection(HTTPConnection):
    """A connection over TLS to a server of this machine that has the name of another one."""

    def __init__(self, port: int, certificate: Path, *, name: str = HOST):
        super().__init__("127.0.0.1", port, timeout=PATIENCE)
        self.context, self.name = ssl.create_default_context(cafile=certificate), name

    def connect(self):
        """Connect, and check the certificate."""
        super().connect()
        self.sock = self.context.wrap_socket(self.sock, server_hostname=self.name)


class Paper:
    """nginx with the shipped configuration before gunicorn as the shipped unit starts it."""

    def __init__(self, folder: Path, database: str):
        self.folder, self.database = folder, database
        self.http, self.https = free_port(), free_port()
        self.program: subprocess.Popen | None = None
        self.nginx: subprocess.Popen | None = None
        for name in ("logs", "temp", "media", "cache", "srv", "etc", "backups"):
            (folder / name).mkdir()
        self.link_to(settings.BASE_DIR)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(folder / "web.sock"))
        self.socket.listen(512)

    @property
    def places(self) -> dict[str, str]:
        """The variables of deploy/steps.sh."""
        names = {
            "STATE": "",
            "LOGS": "logs",
            "CACHE": "cache",
            "PAPER": "srv",
            "BACKUPS": "backups",
        }
        names |= {"CONFIGURATION": "etc", "SOCKET": "web.sock", "CHALLENGES": "srv"}
        ports = {"HTTP_PORT": str(self.http), "HTTPS_PORT": str(self.https), "HOSTS": HOST}
        return ports | {name: str(self.folder / place) for name, place in names.items()}

    def shell(self, words: str) -> None:
        """Run steps of deploy/steps.sh."""
        script = f". {shlex.quote(str(DEPLOY / 'steps.sh'))}; {words}"
        subprocess.run(
            ["sh", "-euc", script], env=os.environ | self.places, check=True, capture_output=True
        )

    def link_to(self, release: Path) -> None:
        """Let the link `current` lead to a version, in one step."""
        new = self.folder / "srv" / "new"
        new.symlink_to(release)
        new.rename(self.folder / "srv" / "current")

    def start(self) -> None:
        """Render and start everything; return when it answers."""
        (self.folder / "srv" / "static").symlink_to(settings.STATIC_ROOT)
        self.shell(f"render {DEPLOY}/nginx/newsroom.conf {self.folder}/newsroom.conf")
        self.shell(f"render {DEPLOY}/systemd/newsroom.service {self.folder}/newsroom.service")
        self.shell(f"self_signed {HOST}")
        user = "" if os.getuid() else "user root;"
        main = MAIN.format(user=user, folder=self.folder, modules=MODULES)
        (self.folder / "nginx.conf").write_text(main)
        command = [nginx_path(), "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        subprocess.run([*command[:3], "-t"], check=True, capture_output=True)
        self.nginx = subprocess.Popen(command)
        self.start_program()

    def start_program(self) -> None:
        """Start gunicorn by the line of the unit; return when it answers through nginx."""
        unit = (self.folder / "newsroom.service").read_text()
        (line,) = [each for each in unit.splitlines() if each.startswith("ExecStart=")]
        words = shlex.split(line.removeprefix("ExecStart="))
        words[0] = sys.executable
        launcher = [sys.executable, "-c", INHERIT, str(self.socket.fileno()), *words]
        with open(self.folder / "logs" / "program.log", "ab") as log:
            self.program = subprocess.Popen(
                launcher,
                env=self.environment,
                cwd=self.folder / "srv",
                pass_fds=[self.socket.fileno()],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self.is_well, "the paper to answer")

    def is_well(self) -> bool:
        """Tell whether nginx answers, and the program behind it; fail where one has ended."""
        assert self.program.poll() is None, self.log("program.log")
        assert self.nginx.poll() is None, self.log("nginx.log")
        try:
            return self.get("/health/").status == 200
        except OSError:
            return False

    @property
    def environment(self) -> dict[str, str]:
        """The settings, as install.sh writes them."""
        return os.environ | {
            "ALLOWED_HOSTS": HOST,
            "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
            "DATABASE_URL": self.database,
            "VAR_ROOT": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "CACHE_URL": f"filecache://{self.folder / 'kept'}",
            "ACCEL_REDIRECT": "/protected/",
            "PAGE_CACHE_MB": "16",
            "WEB_CONCURRENCY": "2",
            "DEBUG": "0",
            "LANGUAGE_CODE": "zh-hans",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }

    def connection(self) -> TrustingConnection:
        """Return a connection to nginx."""
        return TrustingConnection(self.https, self.folder / "etc" / "certificate.pem")

    def ask(self, path: str, *, method: str = "GET", body=None, **headers: str) -> Answer:
        """Ask over TLS; underscores in names of headers stand for hyphens."""
        named = {"Host": HOST} | {name.replace("_", "-"): text for name, text in headers.items()}
        connection = self.connection()
        try:
            connection.request(method, path, body, named)
            return read(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for an address."""
        return self.ask(path, **headers)

    def reload(self) -> None:
        """Do what `systemctl reload` does."""
        self.program.send_signal(signal.SIGHUP)

    def stop_program(self) -> None:
        """End gunicorn with all its workers at once, as a crash does."""
        os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()

    def refuse(self) -> None:
        """Let nobody answer on the socket any more, not even later."""
        self.stop_program()
        self.socket.close()

    def stop(self) -> None:
        """End everything."""
        if self.program and self.program.poll() is None:
            self.stop_program()
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait()
        self.socket.close()

    def log(self, name: str) -> str:
        """Return what stands in a log."""
        return (self.folder / "logs" / name).read_text()


def read(response: HTTPResponse) -> Answer:
    """Return an answer, read to its end."""
    return Answer(response.status, dict(response.headers), response.read())
