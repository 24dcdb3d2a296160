"""What was acknowledged is on the disk before the answer, and there after a power cut."""

import os
import re
import shutil
import subprocess
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from articles.models import Member
from articles.tests.gunicorn_server import Server, until
from articles.tests.http_editors import (
    Editor,
    UnansweredError,
    Writer,
    assert_nothing_is_lost_or_torn,
    at_work,
    finish,
    make_articles,
    total,
)
from articles.tests.server import own_cluster

pytestmark = [pytest.mark.slow, pytest.mark.long]
CUTS, WRITERS, SAVES = 10, 3, 10
SYNCS = re.compile(r"\bf(?:data)?sync\(")
ANSWER = re.compile(r'\b(?:sendto|sendmsg|write)\(.*"HTTP/1\.1 302')


class PatientEditor(Editor):
    """An editor who takes 503 for what it says: it was not stored, or nobody knows."""

    def ask(self, path, **form):
        answer = super().ask(path, **form)
        if answer.status == 503:
            raise UnansweredError(path)
        return answer


@pytest.fixture
def cluster(django_db_blocker):
    """A PostgreSQL server of the test's own, at whose database the test looks."""
    found = own_cluster.Cluster()
    found.start()
    found.url = found.create_database()
    kept, own = connection.connection, dict(connection.settings_dict)
    connection.connection = None
    connection.settings_dict |= {"NAME": "paper", "PORT": found.port, "HOST": "127.0.0.1"}
    connection.settings_dict |= {"USER": "postgres", "PASSWORD": ""}
    ContentType.objects.clear_cache()
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        yield found
    connection.close()
    connection.connection = kept
    connection.settings_dict |= own
    ContentType.objects.clear_cache()
    found.remove()


@pytest.fixture
def server(cluster, tmp_path):
    """A server of the paper on that database."""
    found = Server(tmp_path, cluster.url)
    yield found
    found.stop()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="this is of PostgreSQL")
@pytest.mark.skipif(not own_cluster.is_there(), reason="no PostgreSQL server is installed here")
def test_ten_power_cuts_of_postgresql_under_saves_lose_nothing(cluster, server):
    articles = make_articles(WRITERS, with_rows=False)
    server.start()
    members = Member.objects.order_by("pk")
    writers = [
        Writer(PatientEditor(server, member), article, is_light=True)
        for member, article in zip(members, articles, strict=True)
    ]
    for writer in writers:
        writer.start()
    for _ in range(CUTS):
        before = total(writers, "saved")
        until(lambda before=before: total(writers, "saved") > before + 2, "some saves")
        cluster.cut_power()
        time.sleep(0.2)
        cluster.start()
    finish(writers)
    connection.close()
    for writer in writers:
        assert_nothing_is_lost_or_torn(writer)
    print(f"{CUTS} cuts: {total(writers, 'saved')} saved, {total(writers, 'cut')} unanswered")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this is of SQLite")
@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace")
def test_each_save_on_sqlite_is_synced_before_it_is_answered(served, tmp_path):
    writers = at_work(served, 1, is_light=True, pause=0.2)
    out = tmp_path / "calls"
    tracer = trace(served, out)
    try:
        enough = len(writers[0].saved) + SAVES
        until(lambda: len(writers[0].saved) > enough, "some saves")
    finally:
        finish(writers)
        tracer.terminate()
        tracer.wait()
    synced = syncs_before_answers(out.read_text().splitlines())
    print(f"syncs before each answer: {synced}")
    assert len(synced) >= SAVES
    assert min(synced[1:]) >= 1  # The first may have begun before strace did.


def trace(server, out) -> subprocess.Popen:
    """Write down the calls of a server's workers by which it syncs and answers."""
    calls = "trace=fsync,fdatasync,sendto,sendmsg,write"
    command = ["strace", "-f", "-q", "-s", "40", "-e", calls, "-o", str(out)]
    for pid in server.workers():
        command += ["-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: all(is_traced(pid) for pid in server.workers()), "strace", within=60)
    return tracer


def is_traced(pid: int) -> bool:
    """Tell whether a process is traced (Linux)."""
    if not os.path.exists(f"/proc/{pid}/status"):
        return True
    with open(f"/proc/{pid}/status") as status:
        return any(line.startswith("TracerPid:") and int(line.split()[1]) for line in status)


def syncs_before_answers(lines: list[str]) -> list[int]:
    """Return how often a thread synced before each answer to a save (302)."""
    counts: dict[str, int] = {}
    found = []
    for line in lines:
        thread = line.split()[0]
        if SYNCS.search(line):
            counts[thread] = counts.get(thread, 0) + 1
        elif ANSWER.search(line):
            found.append(counts.get(thread, 0))
            counts[thread] = 0
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="this is of PostgreSQL")
def test_postgresql_waits_for_the_disk_at_each_commit(db):
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == ("on",), name


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this is of SQLite")
def test_sqlite_waits_for_the_disk_at_each_commit(served):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
