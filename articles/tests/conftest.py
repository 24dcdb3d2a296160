"""Fixtures of all tests, and the guard that keeps tests away from a real installation."""

import fcntl
import os
import secrets
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.live_server_helper import LiveServer
from whitenoise import WhiteNoise

from articles import publication
from articles.models import LedgerHead
from articles.search.entries import text_index

from .chromium import chromium, tab
from .factories import make_member
from .gunicorn_server import served
from .sqlite_lock import in_turn, turn
from .workflow_factories import member_who_may

__all__ = ["chromium", "served", "tab"]

# Playwright keeps an event loop in the thread in which a browser test also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

OUTSIDE = "outside_of_tests_"
SCRATCH = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))


def guard_installation() -> None:
    """Point database, media and cache away from the installation, for child processes too.

    Runs before the first test is imported. What a test reaches outside of the database made for
    tests is an empty file on SQLite, and a database that does not exist on PostgreSQL.
    """
    database = project.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["NAME"] = SCRATCH / "outside.sqlite3"
        url = f"sqlite:///{database['NAME']}"
    else:
        name = database["NAME"].removeprefix(OUTSIDE)
        database["NAME"] = OUTSIDE + name
        database.setdefault("TEST", {})["NAME"] = f"test_{name}"
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{OUTSIDE}{name}").geturl()
    project.VAR, project.MEDIA_ROOT = SCRATCH, SCRATCH / "media"
    project.STORAGES["default"] = {"BACKEND": "newsroom.storage.MediaStorage"}
    project.CACHES["default"]["LOCATION"] = SCRATCH / "cache"
    project.SECRET_KEY = secrets.token_urlsafe(60)
    os.environ |= {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(SCRATCH / "media"),
        "MEDIA_STORE": "",
        "STANDBY_URL": "",
        "CACHE_URL": f"filecache://{SCRATCH / 'cache'}",
        "SECRET_KEY": project.SECRET_KEY,
    }


# The folders of packages that work without a database, but for the tests that ask for one.
WITHOUT_DATABASE = {"content", "documents", "intake", "layout", "photos", "traditional"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

guard_installation()
# A loaded machine makes an example slower, never wrong.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")


def pytest_unconfigure():
    """Remove the scratch places; at exit would be too late for the processes of xdist."""
    shutil.rmtree(SCRATCH, ignore_errors=True)


def pytest_itemcollected(item):
    """Mark what tests words, pictures and files alone: it is the same on every database."""
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    asks_none = DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
    if folder in WITHOUT_DATABASE and asks_none and not item.get_closest_marker("django_db"):
        item.add_marker("no_database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run the longest tests first, so that no process is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep uploads and the cache of a test to itself; keep no page."""
    settings.PAGE_CACHE_MB = 0
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_old_numbers_deleted(monkeypatch):
    """Never delete old numbers of public changes: now and then that costs a query more."""
    monkeypatch.setattr(publication, "MERGED_EVERY", sys.maxsize)


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """Collect static files that changed, so that pages carry the names that readers get."""
    project.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    with open(project.STATIC_ROOT / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Several processes test at once.
        manifest = project.STATIC_ROOT / "staticfiles.json"
        sources = [project.BASE_DIR / "static", project.BASE_DIR / "articles" / "static"]
        files = [path for source in sources for path in (source, *source.rglob("*"))]
        newest = max(path.stat().st_mtime for path in files if path.exists())
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            call_command("collectstatic", interactive=False, verbosity=0)
            manifest.touch()


@pytest.fixture(scope="session", autouse=True)
def static_files_listed_once(static_files):
    """List the static files once: every test client would, which took half the time of the tests.

    Another folder, which a test makes itself, is listed each time.
    """
    listed = {}
    list_files = WhiteNoise.update_files_dictionary

    def list_once(self, root, prefix):
        if root != str(project.STATIC_ROOT) + os.sep:
            list_files(self, root, prefix)
            return
        if not listed:
            list_files(self, root, prefix)
            listed.update(self.files)
        self.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", list_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def rows_deleted():
    """Empty PostgreSQL's tables by deletion where its user may: TRUNCATE takes a second or two.

    It makes new files for every table and index, after each test that commits.
    """
    truncate = PostgreSQL.sql_flush

    def delete(self, style, tables, **options):
        self.connection.ensure_connection()
        may = self.connection.connection.info.parameter_status("is_superuser") == "on"
        if not may or options.get("reset_sequences"):
            return truncate(self, style, tables, **options)
        rows = [f"DELETE FROM {self.quote_name(table)}" for table in tables]
        # In this transaction no foreign key is looked at.
        return ["SET LOCAL session_replication_role = replica", *rows]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgreSQL, "sql_flush", delete)
        yield


@pytest.fixture(scope="session")
def live_server(static_files, django_db_setup):
    """The whole site on a port, files included, as gunicorn serves it."""
    # A thread that ends late must not hold the database that is dropped after the tests.
    connections.databases["default"]["CONN_MAX_AGE"] = 0
    server = LiveServer("localhost", start=False)
    # Django's own live server looks for static files by the names that they have in the source.
    server.thread.static_handler = lambda application: _served()
    server.start()
    yield server
    server.stop()


def _served():
    application = get_wsgi_application()
    return in_turn(application) if connection.vendor == "sqlite" else application


@pytest.fixture(autouse=True)
def statements_in_turn(request):
    """Let a statement of a browser test wait for the request that is being answered.

    An open page asks of its own accord, and SQLite's database in memory waits for nobody.
    """
    if "live_server" not in request.fixturenames or connection.vendor != "sqlite":
        yield
        return
    with connection.execute_wrapper(_in_turn):
        yield


def _in_turn(execute, sql, params, many, context):
    with turn:
        return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def empty_search_index(request):
    """Empty what a flushed database leaves: Django does not know the index of SQLite."""
    marker = request.node.get_closest_marker("django_db")
    is_flushed = marker is not None and marker.kwargs.get("transaction")
    is_flushed = is_flushed or {"live_server", "transactional_db"} & {*request.fixturenames}
    if is_flushed:
        request.getfixturevalue("transactional_db")
    yield
    if is_flushed and connection.vendor == "sqlite":
        text_index.clear()


@pytest.fixture(autouse=True)
def ledger_head(request):
    """Make the head of the ledger, which a flushed database lacks: to miss it costs queries."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        is_flushed = "transactional_db" in request.fixturenames
        request.getfixturevalue("transactional_db" if is_flushed else "db")
        LedgerHead.objects.get_or_create(pk=1)


@pytest.fixture
def together(transactional_db, tmp_path):
    """Return a function that runs acts at once, each on a connection of its own.

    It raises what the first failed act raised. SQLite's database in memory takes no second
    writer, so there the acts, and the test from here on, work on a copy in a file.
    """
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.cursor().execute("VACUUM INTO %s", [str(tmp_path / "paper.sqlite3")])
        connection.connection = None
        connection.settings_dict["NAME"] = str(tmp_path / "paper.sqlite3")
    yield _run_together
    if connection.vendor == "sqlite":
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


def _run_together(acts):
    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def roles(db):
    """Return a function that makes a member of the desk in a role: roles("责任编辑")."""
    call_command("loaddata", "roles", verbosity=0)

    def in_role(name: str):
        member = make_member(username=f"member-{name}", name=name, is_staff=True)
        member.groups.add(Group.objects.get(name=name))
        return member

    return in_role


@pytest.fixture
def writer(db):
    """A reporter who may submit."""
    return member_who_may(username="jizhe")


@pytest.fixture
def readers(db):
    """Those who pass first and second review, and the one who signs."""
    return [member_who_may(username=name) for name in ("zebian", "zhuren", "zongbian")]


@pytest.fixture
def people(db):
    """Return one who writes and three who review."""
    return [member_who_may(username=name) for name in ("作者", "一读", "二读", "三读")]
