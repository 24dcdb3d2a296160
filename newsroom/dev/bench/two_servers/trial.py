"""The trial itself: people work while servers die; what must not happen is counted."""

import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

from django.core.management import call_command

from articles.models import Member
from articles.tests import factories, http_editors
from articles.tests.server.own_cluster import connected

from . import machines, people

EDITORS, READERS, PAUSE = 8, 200, 1
# Seconds for which a killed server is away, and after it is back.
AWAY, BACK = 3, 4
# The standby is killed with every so many servers.
STANDBY_EVERY = 3


def trial(folder: Path, places: dict[str, str], seconds: float) -> int:
    """Set everything up, let it run, and print what was counted; return the exit status."""
    with ExitStack() as stack:
        primary, standby = stack.enter_context(machines.clusters(places["DATABASE_URL"]))
        stack.enter_context(machines.object_store(places["S3_ENDPOINT"]))
        stack.enter_context(machines.redis(folder, places["CACHE_URL"]))
        call_command("migrate", verbosity=0)
        behind = places["DATABASE_URL"].replace(f":{primary.port}/", f":{standby.port}/")
        settings = places | {"STANDBY_URL": behind}
        servers = [machines.application(folder, name, settings) for name in ("one", "two")]
        ports = [server.port for server in servers]
        proxy = stack.enter_context(machines.proxy(folder, ports, places["S3_ENDPOINT"]))
        for server in servers:
            stack.callback(server.stop)
            server.start()
        return run(servers, standby, proxy, seconds)


def run(servers, standby, proxy: str, seconds: float) -> int:
    """Let people work while servers die; return the exit status."""
    factories.make_masthead()
    articles, news = http_editors.make_articles(EDITORS), people.News()
    members = Member.objects.filter(username__startswith="editor-").order_by("pk")
    desk = SimpleNamespace(address=proxy)
    pairs = zip(members, articles, strict=True)
    editors = [(people.ProxiedEditor(desk, member), article) for member, article in pairs]
    writers = [http_editors.Writer(*each, pause=PAUSE) for each in editors]
    publisher, readers = people.Publisher(news), people.Readers(proxy, READERS, news)
    for each in (publisher, readers, *writers):
        each.start()
    kills = kill_in_turn(servers, standby, time.monotonic() + seconds)
    readers.is_told_to_stop = publisher.is_told_to_stop = True
    http_editors.finish(writers)
    readers.join()
    publisher.join()
    return report(kills, writers, readers, publisher, standby)


def kill_in_turn(servers, standby, end: float) -> dict[str, int]:
    """Kill a server, start it again, kill the other one; return how often."""
    kills = {"servers": 0, "standby": 0}
    while time.monotonic() < end:
        time.sleep(BACK)
        server = servers[kills["servers"] % len(servers)]
        server.kill()
        kills["servers"] += 1
        if is_standby := kills["servers"] % STANDBY_EVERY == 0:
            standby.cut_power()
            kills["standby"] += 1
        time.sleep(AWAY)
        server.start()
        if is_standby:
            standby.start()
    return kills


def report(kills, writers, readers, publisher, standby) -> int:
    """Print what was counted; return 1 where anything is not as it must be."""
    lost = []
    for writer in writers:
        try:
            assert not writer.faults, writer.faults[0]
            http_editors.assert_nothing_is_lost_or_torn(writer)
        except AssertionError as error:
            lost.append(str(error)[:500])
    seconds = sorted(readers.seconds)
    saved, cut = (sum(len(getattr(each, kind)) for each in writers) for kind in ("saved", "cut"))
    say(f"killed: {kills['servers']} servers, {kills['standby']} times the standby")
    say(f"saves: {saved} acknowledged, {cut} without an answer; editors with losses: {len(lost)}")
    say(f"  answers of the proxy without a server: {dict(writers[0].editor.unanswered)}")
    say(f"published: {publisher.count} numbers; since the standby was last started it has")
    say(f"  answered {read_in(standby)} transactions")
    say(f"reads: {dict(readers.told)}; p50 {statistics.median(seconds) * 1000:.0f} ms, ", end="")
    say(f"p99 {seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms, longest {seconds[-1]:.1f} s")
    say(f"  5xx or no answer: {len(readers.failed)} {readers.failed[:5]}")
    say(f"  cut off in the middle: {len(readers.torn)}")
    say(f"  steps backwards: {len(readers.backwards)} {readers.backwards[:5]}")
    for each in lost:
        say(each)
    return 1 if lost or readers.failed or readers.backwards else 0


def read_in(standby) -> int:
    """Return how many transactions of the paper the standby has answered."""
    asked = {"host": "127.0.0.1", "dbname": "paper", "user": "postgres"}
    with connected(standby, **asked) as database:
        counted = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'paper'"
        return database.execute(counted).fetchone()[0]


def say(text: str, end: str = "\n") -> None:
    """Print a line."""
    sys.stdout.write(text + end)
    sys.stdout.flush()
