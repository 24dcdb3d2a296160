"""A server that is killed while editors save loses nothing it has acknowledged."""

import random
import time

import pytest

from articles.tests.gunicorn_server import assert_sound, until
from articles.tests.http_editors import assert_nothing_is_lost_or_torn, at_work, finish, total

pytestmark = [pytest.mark.slow, pytest.mark.long]
KILLS = 50


def test_fifty_kills_during_saves_lose_and_tear_nothing(served):
    writers, chance = at_work(served, 4), random.Random(20240727)
    kills = during = 0
    while during < KILLS:
        wait_for_a_save(writers)
        until(lambda: any(writer.is_sending for writer in writers), "a save on its way")
        time.sleep(chance.uniform(0, 0.1))
        cut, kills = total(writers, "cut"), kills + 1
        kill(served, kills % 3)
        wait_for_a_save(writers)
        during += total(writers, "cut") > cut
        assert kills < 4 * KILLS, "the kills do not meet the saves"
    finish(writers)
    served.kill()
    assert_sound()
    for writer in writers:
        assert_nothing_is_lost_or_torn(writer)
    assert served.faults() == []
    print(
        f"{kills} kills, {during} of them during saves: {total(writers, 'saved')} saves"
        f" acknowledged, {total(writers, 'cut')} cut off"
    )


def wait_for_a_save(writers) -> None:
    """Return when a save has been acknowledged."""
    before = total(writers, "saved")
    until(lambda: total(writers, "saved") > before, "a save")


def kill(server, workers: int) -> None:
    """Kill one worker or two; with none, the whole server, which is then started again."""
    if workers:
        server.kill_workers(workers)
    else:
        server.kill()
        server.start()
